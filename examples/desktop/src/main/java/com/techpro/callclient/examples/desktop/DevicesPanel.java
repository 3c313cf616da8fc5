// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop;

import com.techpro.callclient.ports.audio.AudioDevice;
import java.awt.GridLayout;
import javax.swing.DefaultComboBoxModel;
import javax.swing.JComboBox;

/** Which microphone and speaker the next call has. */
final class DevicesPanel extends Form {
    private static final long serialVersionUID = 1L;

    private final transient Phone phone;

    DevicesPanel(Phone phone) {
        super(new GridLayout(0, 2, 8, 8));
        this.phone = phone;
        JComboBox<String> microphone = choice("microphone", AudioDevice.Direction.CAPTURE);
        JComboBox<String> speaker = choice("speaker", AudioDevice.Direction.PLAYBACK);
        add(label("Microphone", microphone));
        add(microphone);
        add(label("Speaker", speaker));
        add(speaker);
    }

    private JComboBox<String> choice(String name, AudioDevice.Direction direction) {
        JComboBox<String> box = named(name, new JComboBox<>());
        DefaultComboBoxModel<String> names = new DefaultComboBoxModel<>();
        phone.devices(direction).forEach(device -> names.addElement(device.name()));
        box.setModel(names);
        phone.devices(direction).stream()
                .filter(AudioDevice::systemDefault)
                .findFirst()
                .ifPresent(device -> box.setSelectedItem(device.name()));
        box.addActionListener(chosen -> phone.devices(direction).stream()
                .filter(device -> device.name().equals(box.getSelectedItem()))
                .findFirst()
                .ifPresent(phone::use));
        return box;
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop;

import com.techpro.callclient.ports.audio.AudioDevice;
import java.awt.GridLayout;
import java.util.List;
import javax.swing.JComboBox;

/** Which microphone and speaker the next call has. */
final class DevicesPanel extends Form {
    private static final long serialVersionUID = 1L;

    DevicesPanel(Phone phone) {
        super(new GridLayout(0, 2, 8, 8));
        JComboBox<String> microphone = choice("microphone", phone, AudioDevice.Direction.CAPTURE);
        JComboBox<String> speaker = choice("speaker", phone, AudioDevice.Direction.PLAYBACK);
        add(label("Microphone", microphone));
        add(microphone);
        add(label("Speaker", speaker));
        add(speaker);
    }

    private static JComboBox<String> choice(String name, Phone phone, AudioDevice.Direction direction) {
        List<AudioDevice> devices = phone.devices(direction);
        JComboBox<String> box = named(name, new JComboBox<>());
        for (AudioDevice device : devices) {
            box.addItem(device.name());
            if (device.systemDefault()) {
                box.setSelectedIndex(box.getItemCount() - 1);
            }
        }
        box.addActionListener(chosen -> {
            if (box.getSelectedIndex() >= 0) {
                phone.use(devices.get(box.getSelectedIndex()));
            }
        });
        return box;
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import com.techpro.callclient.examples.desktop.phone.Devices;
import com.techpro.callclient.examples.desktop.phone.Phone;
import com.techpro.callclient.examples.desktop.phone.Ring;
import com.techpro.callclient.ports.audio.AudioDevice;
import java.awt.BorderLayout;
import java.awt.Dimension;
import java.util.List;
import javax.swing.JCheckBox;
import javax.swing.JComboBox;
import javax.swing.JComponent;
import javax.swing.JPanel;

/** Devices, the ring, appearance, the lock, and log-out. */
final class SettingsView extends SideView {
    private static final long serialVersionUID = 1L;

    private final JPanel form = Parts.column();
    private final JCheckBox disturb = Parts.named("do not disturb", "Do not disturb", new JCheckBox("Do not disturb"));

    SettingsView(Phone phone) {
        super("Settings");
        Devices devices = phone.devices();
        choice(
                "Microphone",
                new DeviceBox("microphone", "Microphone", devices.microphones(), devices::used, devices::use));
        choice("Loudspeaker", new DeviceBox("speaker", "Loudspeaker", devices.speakers(), devices::used, devices::use));
        devices.ring().ifPresent(ring -> ring(ring, devices.speakers()));
        JComboBox<String> appearance =
                Parts.named("appearance", "Appearance", new JComboBox<>(new String[] {"Light", "Dark"}));
        appearance.setSelectedIndex(Theme.isDark() ? 1 : 0);
        appearance.addActionListener(chosen -> (appearance.getSelectedIndex() == 1 ? Theme.DARK : Theme.LIGHT).apply());
        choice("Appearance", Parts.styled(appearance, Parts.BOX));
        disturb.setOpaque(false);
        disturb.addActionListener(pressed -> phone.doNotDisturb(disturb.isSelected()));
        part(disturb);
        LockForm lock = new LockForm(phone);
        Parts.align(0, lock);
        form.add(lock);
        form.add(Parts.gap(14));
        part(Parts.button("logout", "Log out", 'L', phone::logout));
        JPanel top = Parts.plain(new BorderLayout());
        top.add(Parts.padded(form, 4, 16, 16, 16), BorderLayout.NORTH);
        add(Parts.scrolling(top), BorderLayout.CENTER);
        phone.whenChanged(() -> disturb.setSelected(phone.doNotDisturb()));
    }

    private void ring(Ring ring, List<AudioDevice> speakers) {
        choice(
                "Rings on, from the next start",
                new DeviceBox(
                        "ring device",
                        "Ringing loudspeaker",
                        speakers,
                        AudioDevice::systemDefault,
                        device -> ring.playOn(device.id())));
        JCheckBox silent = Parts.named("ring off", "Calls do not ring", new JCheckBox("Calls do not ring"));
        silent.setOpaque(false);
        silent.addActionListener(pressed -> ring.off(silent.isSelected()));
        part(silent);
    }

    private void choice(String text, JComponent box) {
        JComponent label = Parts.of(text, box);
        Parts.align(0, Parts.wide(label), box);
        form.add(label);
        form.add(Parts.gap(4));
        part(box);
    }

    private void part(JComponent component) {
        Parts.align(0, component);
        component.setMaximumSize(new Dimension(Integer.MAX_VALUE, component.getPreferredSize().height));
        form.add(component);
        form.add(Parts.gap(14));
    }
}

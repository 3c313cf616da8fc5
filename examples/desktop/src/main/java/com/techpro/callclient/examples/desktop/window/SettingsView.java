// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import com.techpro.callclient.examples.desktop.phone.Phone;
import com.techpro.callclient.ports.audio.AudioDevice.Direction;
import javax.swing.Box;
import javax.swing.JCheckBox;
import javax.swing.JComboBox;
import javax.swing.JPanel;

/** Devices, the ring, appearance, the lock, and log-out. */
final class SettingsView extends JPanel {
    SettingsView(Phone phone) {
        JComboBox<String> appearance =
                Parts.named("appearance", "Appearance", new JComboBox<>(new String[] {"Light", "Dark"}));
        appearance.setSelectedIndex(Theme.isDark() ? 1 : 0);
        appearance.addActionListener(chosen -> (appearance.getSelectedIndex() == 1 ? Theme.DARK : Theme.LIGHT).apply());
        JCheckBox disturb = box("do not disturb", "Do not disturb");
        disturb.addActionListener(pressed ->
                phone.tellRefusal(phone.client().incomingCalls().doNotDisturb().set(disturb.isSelected())));
        phone.whenChanged(() -> disturb.setSelected(phone.doNotDisturb()));
        DeviceBox ring = new DeviceBox(
                "ring device",
                "Ringing loudspeaker",
                Direction.PLAYBACK,
                phone,
                phone.settings().get(Phone.RING_DEVICE, null),
                device -> phone.settings().put(Phone.RING_DEVICE, device));
        JCheckBox silent = box("ring off", "Calls do not ring");
        silent.setSelected(phone.settings().getBoolean(Phone.RING_OFF, false));
        silent.addActionListener(pressed -> phone.settings().putBoolean(Phone.RING_OFF, silent.isSelected()));
        JPanel form = Parts.column(
                14,
                Parts.labelled("Microphone", DeviceBox.ofCalls("microphone", Direction.CAPTURE, phone)),
                Parts.labelled("Loudspeaker", DeviceBox.ofCalls("speaker", Direction.PLAYBACK, phone)),
                Parts.labelled("Rings on, from the next start", ring),
                silent,
                Parts.labelled("Appearance", appearance),
                disturb,
                new LockForm(phone),
                Parts.button("logout", "Log out", 'L', phone::logout));
        JPanel top = Parts.above(Parts.padded(form, 4, 16, 16, 16), Box.createVerticalBox());
        top.setOpaque(false);
        Parts.side(this, Parts.title("Settings"), top);
    }

    private static JCheckBox box(String name, String words) {
        JCheckBox box = Parts.named(name, words, new JCheckBox(words));
        box.setOpaque(false);
        return box;
    }
}

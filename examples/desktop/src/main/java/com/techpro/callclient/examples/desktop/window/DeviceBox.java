// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import com.techpro.callclient.ports.audio.AudioDevice;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.swing.JComboBox;

/** A choice of microphones or loudspeakers. */
final class DeviceBox extends JComboBox<String> {
    private static final long serialVersionUID = 1L;

    DeviceBox(
            String name,
            String spoken,
            List<AudioDevice> devices,
            Predicate<AudioDevice> chosen,
            Consumer<AudioDevice> choose) {
        Parts.styled(Parts.named(name, spoken, this), Parts.BOX);
        for (AudioDevice device : devices) {
            addItem(device.name());
            if (chosen.test(device)) {
                setSelectedIndex(getItemCount() - 1);
            }
        }
        if (devices.isEmpty()) {
            addItem("None found");
            setEnabled(false);
        }
        addActionListener(pressed -> {
            int index = getSelectedIndex();
            if (index >= 0 && index < devices.size()) {
                choose.accept(devices.get(index));
            }
        });
    }
}

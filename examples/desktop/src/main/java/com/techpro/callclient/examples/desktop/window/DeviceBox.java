// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import com.techpro.callclient.examples.desktop.phone.Phone;
import com.techpro.callclient.ports.audio.AudioDevice;
import com.techpro.callclient.ports.audio.AudioDevice.Direction;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Predicate;
import javax.swing.JComboBox;

/** A choice of microphones or loudspeakers. */
final class DeviceBox extends JComboBox<String> {
    DeviceBox(
            String name,
            String spoken,
            List<AudioDevice> devices,
            Predicate<AudioDevice> used,
            Consumer<AudioDevice> choose) {
        Parts.named(name, spoken, this);
        for (AudioDevice device : devices) {
            addItem(device.name());
            if (used.test(device)) {
                setSelectedIndex(getItemCount() - 1);
            }
        }
        if (devices.isEmpty()) {
            addItem("None found");
            setEnabled(false);
        } else {
            addActionListener(pressed -> choose.accept(devices.get(getSelectedIndex())));
        }
    }

    /** Chooses the microphone or the loudspeaker of calls. */
    static DeviceBox ofCalls(String name, Direction direction, Phone phone) {
        return new DeviceBox(
                name,
                direction == Direction.CAPTURE ? "Microphone" : "Loudspeaker",
                phone.devices().all(direction),
                phone.devices()::used,
                phone.devices()::use);
    }
}

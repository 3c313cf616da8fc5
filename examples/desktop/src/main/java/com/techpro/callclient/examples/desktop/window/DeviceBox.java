// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.window;

import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.examples.desktop.phone.Phone;
import com.techpro.callclient.ports.audio.AudioDevice;
import com.techpro.callclient.ports.audio.AudioDevice.Direction;
import java.util.List;
import java.util.function.Consumer;
import javax.swing.JComboBox;
import org.jspecify.annotations.Nullable;

/** A choice of microphones or loudspeakers. */
final class DeviceBox extends JComboBox<String> {
    /** @param used the ID of the present one, or null for the system's default */
    DeviceBox(
            String name,
            String spoken,
            Direction direction,
            Phone phone,
            @Nullable String used,
            Consumer<String> choose) {
        Parts.named(name, spoken, this);
        List<AudioDevice> devices = phone.audio().devices().stream()
                .filter(device -> device.direction() == direction)
                .toList();
        for (AudioDevice device : devices) {
            addItem(device.name());
            if (used == null ? device.systemDefault() : device.id().equals(used)) {
                setSelectedIndex(getItemCount() - 1);
            }
        }
        if (devices.isEmpty()) {
            addItem("None found");
            setEnabled(false);
        } else {
            addActionListener(
                    pressed -> choose.accept(devices.get(getSelectedIndex()).id()));
        }
    }

    /** The device of calls. */
    static DeviceBox ofCalls(String name, Direction direction, Phone phone) {
        CallOptions now = phone.options();
        return direction == Direction.CAPTURE
                ? new DeviceBox(
                        name,
                        "Microphone",
                        direction,
                        phone,
                        now.captureDevice(),
                        device -> phone.use(phone.options().withCaptureDevice(device)))
                : new DeviceBox(
                        name,
                        "Loudspeaker",
                        direction,
                        phone,
                        now.playbackDevice(),
                        device -> phone.use(phone.options().withPlaybackDevice(device)));
    }
}

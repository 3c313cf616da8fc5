// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.phone;

import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.ports.audio.AudioDevice;
import com.techpro.callclient.ports.audio.AudioDevice.Direction;
import com.techpro.callclient.ports.audio.AudioPort;
import java.util.List;

/** The microphone and loudspeaker of calls. */
public final class Devices {
    private final AudioPort audio;
    private final CallClient client;
    private CallOptions options = CallOptions.DEFAULT;

    Devices(AudioPort audio, CallClient client) {
        this.audio = audio;
        this.client = client;
    }

    public List<AudioDevice> all(Direction direction) {
        return audio.devices().stream()
                .filter(device -> device.direction() == direction)
                .toList();
    }

    /** Whether calls use this device. */
    public boolean used(AudioDevice device) {
        String id = device.direction() == Direction.CAPTURE ? options.captureDevice() : options.playbackDevice();
        return id == null ? device.systemDefault() : id.equals(device.id());
    }

    /** Applies at once; a call that rings here gets its devices with the answer. */
    public void use(AudioDevice device) {
        options = device.direction() == Direction.CAPTURE
                ? options.withCaptureDevice(device.id())
                : options.withPlaybackDevice(device.id());
        client.calls().stream()
                .filter(call -> call.snapshot().state() != CallState.INCOMING)
                .forEach(call -> {
                    var unused = call.useDevices(options.captureDevice(), options.playbackDevice());
                });
    }

    /** Returns the options for new calls. */
    public CallOptions options() {
        return options;
    }
}

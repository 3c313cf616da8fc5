// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop.phone;

import com.techpro.callclient.engine.call.CallOptions;
import com.techpro.callclient.ports.audio.AudioDevice;
import com.techpro.callclient.ports.audio.AudioPort;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The microphone and loudspeaker of calls, and the loudspeaker of the ring. A choice applies at
 * once.
 */
public final class Devices {
    private final AudioPort audio;
    private final @Nullable Ring ring;
    private final Consumer<CallOptions> chosen;
    private CallOptions options = CallOptions.DEFAULT;

    /** @param chosen receives each choice, for the calls that talk */
    Devices(AudioPort audio, @Nullable Ring ring, Consumer<CallOptions> chosen) {
        this.audio = audio;
        this.ring = ring;
        this.chosen = chosen;
    }

    public List<AudioDevice> microphones() {
        return of(AudioDevice.Direction.CAPTURE);
    }

    public List<AudioDevice> speakers() {
        return of(AudioDevice.Direction.PLAYBACK);
    }

    private List<AudioDevice> of(AudioDevice.Direction direction) {
        return audio.devices().stream()
                .filter(device -> device.direction() == direction)
                .toList();
    }

    /** Whether calls use this device. */
    public boolean used(AudioDevice device) {
        String id = device.direction() == AudioDevice.Direction.CAPTURE
                ? options.captureDevice()
                : options.playbackDevice();
        return id == null ? device.systemDefault() : id.equals(device.id());
    }

    public void use(AudioDevice device) {
        options = device.direction() == AudioDevice.Direction.CAPTURE
                ? options.withCaptureDevice(device.id())
                : options.withPlaybackDevice(device.id());
        chosen.accept(options);
    }

    CallOptions options() {
        return options;
    }

    /** Empty if nothing rings here. */
    public Optional<Ring> ring() {
        return Optional.ofNullable(ring);
    }
}

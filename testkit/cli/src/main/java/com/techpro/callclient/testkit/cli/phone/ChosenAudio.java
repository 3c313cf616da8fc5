// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.phone;

import com.techpro.callclient.ports.audio.AudioDevice;
import com.techpro.callclient.ports.audio.AudioDevice.Direction;
import com.techpro.callclient.ports.audio.AudioFormat;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.audio.AudioStream;
import com.techpro.callclient.ports.audio.AudioStreamListener;
import com.techpro.callclient.ports.audio.AudioUnavailableException;
import com.techpro.callclient.ports.audio.CaptureSink;
import com.techpro.callclient.ports.audio.PlaybackSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The microphone of one port and the speaker of another; the default device is the user's choice.
 */
final class ChosenAudio implements AudioPort {
    private final AudioPort microphones;
    private final AudioPort speakers;
    private volatile @Nullable String microphone;
    private volatile @Nullable String speaker;

    /** The two ports may be the same. */
    ChosenAudio(AudioPort microphones, AudioPort speakers) {
        this.microphones = microphones;
        this.speakers = speakers;
    }

    /**
     * Chooses a device by its ID, or by its number in {@link #list}, and returns a text for the
     * user.
     */
    String choose(String idOrNumber) {
        List<AudioDevice> devices = devices();
        for (int i = 0; i < devices.size(); i++) {
            AudioDevice device = devices.get(i);
            if (device.id().equals(idOrNumber) || Integer.toString(i + 1).equals(idOrNumber)) {
                if (device.direction() == Direction.CAPTURE) {
                    microphone = device.id();
                } else {
                    speaker = device.id();
                }
                return noun(device) + " " + device.name() + " is used from now on.";
            }
        }
        return "There is no such device. Type devices to list them.";
    }

    /** Has a call use the chosen devices. */
    void applyTo(PhoneCall call) {
        call.useDevices(microphone, speaker);
    }

    String list() {
        List<AudioDevice> devices = devices();
        if (devices.isEmpty()) {
            return "There is no microphone and no speaker; connect them, or start the sound server.";
        }
        List<String> lines = new ArrayList<>();
        for (int i = 0; i < devices.size(); i++) {
            AudioDevice device = devices.get(i);
            String mark = isChosen(device) ? "*" : " ";
            lines.add(String.format(
                    Locale.ROOT, "%s%2d  %-10s  %-26s  %s", mark, i + 1, noun(device), device.id(), device.name()));
        }
        return String.join("\n", lines);
    }

    @Override
    public List<AudioDevice> devices() {
        List<AudioDevice> devices = new ArrayList<>();
        microphones.devices().stream()
                .filter(device -> device.direction() == Direction.CAPTURE)
                .forEach(devices::add);
        speakers.devices().stream()
                .filter(device -> device.direction() == Direction.PLAYBACK)
                .forEach(devices::add);
        return devices;
    }

    @Override
    public AudioStream openCapture(
            @Nullable String deviceId, AudioFormat format, CaptureSink sink, AudioStreamListener listener)
            throws AudioUnavailableException {
        return microphones.openCapture(deviceId != null ? deviceId : microphone, format, sink, listener);
    }

    @Override
    public AudioStream openPlayback(
            @Nullable String deviceId, AudioFormat format, PlaybackSource source, AudioStreamListener listener)
            throws AudioUnavailableException {
        return speakers.openPlayback(deviceId != null ? deviceId : speaker, format, source, listener);
    }

    private boolean isChosen(AudioDevice device) {
        String chosen = device.direction() == Direction.CAPTURE ? microphone : speaker;
        return chosen == null ? device.systemDefault() : chosen.equals(device.id());
    }

    private static String noun(AudioDevice device) {
        return device.direction() == Direction.CAPTURE ? "microphone" : "speaker";
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop;

import com.techpro.callclient.ports.audio.AudioDevice;
import com.techpro.callclient.ports.audio.AudioFormat;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.audio.AudioStream;
import com.techpro.callclient.ports.audio.AudioStreamListener;
import com.techpro.callclient.ports.audio.CaptureSink;
import com.techpro.callclient.ports.audio.PlaybackSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A machine with two headsets and nobody in the room. */
final class SilentAudio implements AudioPort {
    private static final AudioStream STREAM = new AudioStream() {
        @Override
        public void setMuted(boolean muted) {}

        @Override
        public void close() {}
    };

    @Override
    public List<AudioDevice> devices() {
        return List.of(
                new AudioDevice("m1", "Built-in microphone", AudioDevice.Direction.CAPTURE, true),
                new AudioDevice("m2", "Headset", AudioDevice.Direction.CAPTURE, false),
                new AudioDevice("s1", "Built-in speaker", AudioDevice.Direction.PLAYBACK, true));
    }

    @Override
    public AudioStream openCapture(
            @Nullable String deviceId, AudioFormat format, CaptureSink sink, AudioStreamListener listener) {
        return STREAM;
    }

    @Override
    public AudioStream openPlayback(
            @Nullable String deviceId, AudioFormat format, PlaybackSource source, AudioStreamListener listener) {
        return STREAM;
    }
}

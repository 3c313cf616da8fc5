// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import com.techpro.callclient.ports.audio.AudioDevice;
import com.techpro.callclient.ports.audio.AudioFormat;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.audio.AudioStream;
import com.techpro.callclient.ports.audio.AudioStreamListener;
import com.techpro.callclient.ports.audio.CaptureSink;
import com.techpro.callclient.ports.audio.PlaybackSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sound card of a call in which nothing is said and nothing heard. Its streams open, never deliver a frame and never fetch one; the engine sends silence meanwhile.
 */
final class SilentAudio implements AudioPort {
    @Override
    public List<AudioDevice> devices() {
        return List.of();
    }

    @Override
    public AudioStream openCapture(
            @Nullable String deviceId, AudioFormat format, CaptureSink sink, AudioStreamListener listener) {
        return new Nothing();
    }

    @Override
    public AudioStream openPlayback(
            @Nullable String deviceId, AudioFormat format, PlaybackSource source, AudioStreamListener listener) {
        return new Nothing();
    }

    private static final class Nothing implements AudioStream {
        @Override
        public void setMuted(boolean mute) {}

        @Override
        public void close() {}
    }
}

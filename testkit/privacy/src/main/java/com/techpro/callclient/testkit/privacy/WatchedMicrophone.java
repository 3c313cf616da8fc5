// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

import com.techpro.callclient.ports.audio.AudioDevice;
import com.techpro.callclient.ports.audio.AudioFormat;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.audio.AudioStream;
import com.techpro.callclient.ports.audio.AudioStreamListener;
import com.techpro.callclient.ports.audio.AudioUnavailableException;
import com.techpro.callclient.ports.audio.CaptureSink;
import com.techpro.callclient.ports.audio.PlaybackSource;
import com.techpro.callclient.ports.audio.VoiceEffect;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** An audio port that records whether its microphone is open. */
public final class WatchedMicrophone implements AudioPort {
    private final AudioPort audio;
    private final AtomicInteger open = new AtomicInteger();
    private final AtomicInteger opened = new AtomicInteger();

    public WatchedMicrophone(AudioPort audio) {
        this.audio = audio;
    }

    /** Whether it is open now. */
    public boolean isOpen() {
        return open.get() > 0;
    }

    /** Returns how often it was opened. */
    public int timesOpened() {
        return opened.get();
    }

    @Override
    public List<AudioDevice> devices() {
        return audio.devices();
    }

    @Override
    public AudioStream openCapture(
            @Nullable String deviceId, AudioFormat format, CaptureSink sink, AudioStreamListener listener)
            throws AudioUnavailableException {
        AudioStream stream = audio.openCapture(deviceId, format, sink, listener);
        open.incrementAndGet();
        opened.incrementAndGet();
        return new AudioStream() {
            private final AtomicInteger closings = new AtomicInteger();

            @Override
            public Set<VoiceEffect> voiceEffects() {
                return stream.voiceEffects();
            }

            @Override
            public void setMuted(boolean muted) {
                stream.setMuted(muted);
            }

            @Override
            public void close() {
                stream.close();
                if (closings.getAndIncrement() == 0) {
                    open.decrementAndGet();
                }
            }
        };
    }

    @Override
    public AudioStream openPlayback(
            @Nullable String deviceId, AudioFormat format, PlaybackSource source, AudioStreamListener listener)
            throws AudioUnavailableException {
        return audio.openPlayback(deviceId, format, source, listener);
    }
}

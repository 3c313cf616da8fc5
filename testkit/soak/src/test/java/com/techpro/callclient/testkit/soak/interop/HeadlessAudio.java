// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import com.techpro.callclient.ports.audio.AudioDevice;
import com.techpro.callclient.ports.audio.AudioFormat;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.audio.AudioStream;
import com.techpro.callclient.ports.audio.AudioStreamListener;
import com.techpro.callclient.ports.audio.AudioUnavailableException;
import com.techpro.callclient.ports.audio.CaptureSink;
import com.techpro.callclient.ports.audio.PlaybackSource;
import com.techpro.callclient.ports.audio.VoiceEffect;
import com.techpro.callclient.testkit.contracts.Await;
import java.time.Duration;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A microphone that hears the same samples over and over, and a speaker that remembers, in real time. */
public class HeadlessAudio implements AudioPort {
    static final int RATE = 8000;

    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final int LOUD = 300;

    private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "ear");
        thread.setDaemon(true);
        return thread;
    });
    private final short[] once;
    private final int rate;
    private short[] heard;
    private int count;
    private int loudFrames;
    private int said;

    public HeadlessAudio(short[] once) {
        this(once, RATE);
    }

    /** Devices that have this sample rate and no other. */
    HeadlessAudio(short[] once, int rate) {
        this.once = once.clone();
        this.rate = rate;
        this.heard = new short[rate * 60];
    }

    /** Waits until that much of what came out of the speaker was not silence. */
    public void awaitHeard(Duration speech) {
        long frames = speech.dividedBy(AudioFormat.NARROWBAND.frame()) / 2;
        Await.until("speech is heard for " + speech.toSeconds() + " s", () -> loudFrames() >= frames, LIMIT);
    }

    public synchronized void forget() {
        count = 0;
        loudFrames = 0;
    }

    public synchronized short[] heard() {
        return Arrays.copyOf(heard, count);
    }

    private synchronized int loudFrames() {
        return loudFrames;
    }

    @Override
    public List<AudioDevice> devices() {
        return List.of();
    }

    @Override
    public AudioStream openCapture(
            @Nullable String deviceId, AudioFormat format, CaptureSink sink, AudioStreamListener listener)
            throws AudioUnavailableException {
        require(format);
        short[] frame = new short[format.samplesPerFrame()];
        AtomicBoolean muted = new AtomicBoolean();
        return every(format.frame(), muted, () -> {
            for (int i = 0; i < frame.length; i++) {
                frame[i] = muted.get() ? 0 : once[said];
                said = (said + 1) % once.length;
            }
            sink.captured(frame);
        });
    }

    @Override
    public AudioStream openPlayback(
            @Nullable String deviceId, AudioFormat format, PlaybackSource source, AudioStreamListener listener)
            throws AudioUnavailableException {
        require(format);
        short[] frame = new short[format.samplesPerFrame()];
        AtomicBoolean muted = new AtomicBoolean();
        return every(format.frame(), muted, () -> {
            source.fill(frame);
            if (!muted.get()) {
                remember(frame);
            }
        });
    }

    private void require(AudioFormat format) throws AudioUnavailableException {
        if (format.sampleRate() != rate) {
            throw new AudioUnavailableException(
                    AudioUnavailableException.Reason.UNSUPPORTED_FORMAT, "only " + rate + " samples a second");
        }
    }

    private synchronized void remember(short[] frame) {
        if (count + frame.length > heard.length) {
            heard = Arrays.copyOf(heard, heard.length * 2);
        }
        System.arraycopy(frame, 0, heard, count, frame.length);
        count += frame.length;
        int peak = 0;
        for (short sample : frame) {
            peak = Math.max(peak, Math.abs(sample));
        }
        loudFrames += peak > LOUD ? 1 : 0;
    }

    private AudioStream every(Duration interval, AtomicBoolean muting, Runnable task) {
        ScheduledFuture<?> running = pace.scheduleAtFixedRate(task, 0, interval.toNanos(), TimeUnit.NANOSECONDS);
        return new AudioStream() {
            @Override
            public Set<VoiceEffect> voiceEffects() {
                return EnumSet.allOf(VoiceEffect.class);
            }

            @Override
            public void setMuted(boolean muted) {
                muting.set(muted);
            }

            @Override
            public void close() {
                running.cancel(false);
            }
        };
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.examples.desktop;

import com.techpro.callclient.ports.audio.AudioDevice;
import com.techpro.callclient.ports.audio.AudioFormat;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.audio.AudioStream;
import com.techpro.callclient.ports.audio.AudioStreamListener;
import com.techpro.callclient.ports.audio.AudioUnavailableException;
import com.techpro.callclient.ports.audio.CaptureSink;
import com.techpro.callclient.ports.audio.PlaybackSource;
import com.techpro.callclient.ports.audio.VoiceEffect;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A machine with two headsets and nobody in the room, whose devices keep time. */
final class PacedAudio implements AudioPort, AutoCloseable {
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(work -> {
        Thread thread = new Thread(work, "paced audio");
        thread.setDaemon(true);
        return thread;
    });
    private final List<String> inUse = new CopyOnWriteArrayList<>();
    private volatile boolean unplugged;

    /** Returns the ids of the devices that were asked for and are open, in order. */
    List<String> inUse() {
        return List.copyOf(inUse);
    }

    @Override
    public List<AudioDevice> devices() {
        return List.of(
                new AudioDevice("m1", "Built-in microphone", AudioDevice.Direction.CAPTURE, true),
                new AudioDevice("m2", "Headset", AudioDevice.Direction.CAPTURE, false),
                new AudioDevice("s1", "Built-in speaker", AudioDevice.Direction.PLAYBACK, true),
                new AudioDevice("s2", "Headset", AudioDevice.Direction.PLAYBACK, false));
    }

    @Override
    public AudioStream openCapture(
            @Nullable String deviceId, AudioFormat format, CaptureSink sink, AudioStreamListener listener)
            throws AudioUnavailableException {
        short[] silence = new short[format.samplesPerFrame()];
        return each(deviceId == null ? "m1" : deviceId, format, () -> sink.captured(silence));
    }

    @Override
    public AudioStream openPlayback(
            @Nullable String deviceId, AudioFormat format, PlaybackSource source, AudioStreamListener listener)
            throws AudioUnavailableException {
        short[] frame = new short[format.samplesPerFrame()];
        return each(deviceId == null ? "s1" : deviceId, format, () -> source.fill(frame));
    }

    /** Both headsets are gone, or are back. */
    void unplug(boolean gone) {
        unplugged = gone;
    }

    private AudioStream each(String device, AudioFormat format, Runnable frame) throws AudioUnavailableException {
        if (unplugged) {
            throw new AudioUnavailableException(AudioUnavailableException.Reason.NO_SUCH_DEVICE, "unplugged");
        }
        inUse.add(device);
        ScheduledFuture<?> frames =
                clock.scheduleAtFixedRate(frame, 0, format.frame().toNanos(), TimeUnit.NANOSECONDS);
        return new AudioStream() {
            @Override
            public Set<VoiceEffect> voiceEffects() {
                return EnumSet.allOf(VoiceEffect.class);
            }

            @Override
            public void setMuted(boolean muted) {}

            @Override
            public void close() {
                frames.cancel(false);
                inUse.remove(device);
            }
        };
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}

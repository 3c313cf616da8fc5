// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.audio;

import com.techpro.callclient.ports.audio.AudioFormat;
import com.techpro.callclient.ports.audio.AudioStream;
import com.techpro.callclient.ports.audio.AudioStreamListener;
import com.techpro.callclient.ports.audio.VoiceEffect;
import com.techpro.callclient.ports.time.Scheduler;
import com.techpro.callclient.ports.time.Timer;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/** A stream that moves one frame per frame time of a clock instead of a device's pace. */
final class PacedStream implements AudioStream {
    private final Scheduler scheduler;
    private final AudioStreamListener listener;
    private final FrameMove move;
    private final short[] frame;
    private final long frameNanos;
    // Held during callbacks, so that none starts after close() has returned (AUD-6).
    private final Object turn = new Object();
    private boolean muted;
    private boolean closed;
    private long nextFrame;
    private Timer timer;

    PacedStream(Scheduler scheduler, AudioFormat format, AudioStreamListener listener, FrameMove move) {
        this.scheduler = scheduler;
        this.listener = listener;
        this.move = move;
        this.frame = new short[format.samplesPerFrame()];
        this.frameNanos = format.frame().toNanos();
        synchronized (turn) {
            nextFrame = scheduler.nanoTime() + frameNanos;
            timer = scheduler.schedule(format.frame(), this::tick);
        }
    }

    /** All: what a file holds is not to be changed. */
    @Override
    public Set<VoiceEffect> voiceEffects() {
        return EnumSet.allOf(VoiceEffect.class);
    }

    @Override
    public void setMuted(boolean silent) {
        synchronized (turn) {
            muted = silent;
        }
    }

    @Override
    public void close() {
        synchronized (turn) {
            closed = true;
            timer.cancel();
        }
    }

    private void tick() {
        synchronized (turn) {
            if (closed) {
                return;
            }
            try {
                move.move(frame, muted);
            } catch (IOException e) {
                // A full disk does not recover by itself: the stream ends, the call goes on.
                closed = true;
                listener.interrupted("the sound file cannot be written: " + e.getMessage());
                return;
            }
            nextFrame += frameNanos;
            timer = scheduler.schedule(Duration.ofNanos(nextFrame - scheduler.nanoTime()), this::tick);
        }
    }

    /** Moves one frame between a file and the host. */
    @FunctionalInterface
    interface FrameMove {
        void move(short[] frame, boolean muted) throws IOException;
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.audio.AudioDevice.Direction;
import com.techpro.callclient.ports.audio.AudioFormat;
import com.techpro.callclient.ports.audio.AudioStream;
import com.techpro.callclient.ports.audio.AudioStreamListener;
import com.techpro.callclient.ports.audio.VoiceEffect;
import com.techpro.callclient.ports.time.Scheduler;
import com.techpro.callclient.ports.time.Timer;
import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A stream of {@link FakeAudio}: a frame whenever one is due, until it is interrupted or closed. */
abstract class FakeAudioStream implements AudioStream {
    private final Scheduler scheduler;
    private final AudioStreamListener listener;
    private final short[] frame;
    private final long frameNanos;
    // Held during callbacks, so that none starts after close() has returned (AUD-6).
    private final Object turn = new Object();
    final Direction direction;
    /** Null for the default. */
    final @Nullable String chosen;

    private final Consumer<FakeAudioStream> whenClosed;
    // FakeAudio owns these two. Empty while there is no device.
    String device = "";
    Set<VoiceEffect> effects = Set.of();
    private volatile boolean muted;
    private boolean ended;
    private boolean interrupted;
    private long nextFrame;
    private @Nullable Timer timer;

    FakeAudioStream(
            Scheduler scheduler,
            AudioFormat format,
            AudioStreamListener listener,
            Direction direction,
            @Nullable String chosen,
            Consumer<FakeAudioStream> whenClosed) {
        this.scheduler = scheduler;
        this.listener = listener;
        this.frame = new short[format.samplesPerFrame()];
        this.frameNanos = format.frame().toNanos();
        this.direction = direction;
        this.chosen = chosen;
        this.whenClosed = whenClosed;
    }

    abstract void frame(short[] samples);

    int samplesPerFrame() {
        return frame.length;
    }

    final boolean isMuted() {
        return muted;
    }

    void start() {
        synchronized (turn) {
            nextFrame = scheduler.nanoTime();
            scheduleNext();
        }
    }

    @Override
    public void setMuted(boolean silent) {
        synchronized (turn) {
            muted = silent;
        }
    }

    @Override
    public Set<VoiceEffect> voiceEffects() {
        return effects;
    }

    @Override
    public void close() {
        synchronized (turn) {
            if (ended) {
                return;
            }
            ended = true;
            if (timer != null) {
                timer.cancel();
            }
        }
        whenClosed.accept(this);
    }

    private void scheduleNext() {
        nextFrame += frameNanos;
        timer = scheduler.schedule(Duration.ofNanos(nextFrame - scheduler.nanoTime()), this::tick);
    }

    private void tick() {
        synchronized (turn) {
            if (ended || interrupted) {
                return;
            }
            frame(frame);
            if (!ended) {
                scheduleNext();
            }
        }
    }

    void interrupted() {
        synchronized (turn) {
            if (!ended && !interrupted) {
                interrupted = true;
                if (timer != null) {
                    timer.cancel();
                }
                listener.interrupted("the device is gone");
            }
        }
    }

    void restored() {
        synchronized (turn) {
            if (!ended && interrupted) {
                interrupted = false;
                listener.restored();
                start();
            }
        }
    }
}

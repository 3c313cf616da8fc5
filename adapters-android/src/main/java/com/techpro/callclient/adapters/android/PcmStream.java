// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.android;

import android.os.Process;
import com.techpro.callclient.ports.audio.AudioStream;
import com.techpro.callclient.ports.audio.AudioStreamListener;
import com.techpro.callclient.ports.audio.AudioUnavailableException;
import com.techpro.callclient.ports.audio.VoiceEffect;
import java.util.Arrays;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One stream and its thread. Only that thread touches the device, except to interrupt it. A failed
 * device is reopened until the stream is closed.
 */
final class PcmStream implements AudioStream {
    private static final long RETRY_MILLIS = 500;
    /** A hanging driver must not hang the caller too. */
    private static final long CLOSE_MILLIS = 1_000;

    private final PcmDevice.Opener opener;
    private final boolean capture;
    private final Consumer<short[]> frames;
    private final AudioStreamListener listener;
    private final Runnable ended;
    private final short[] frame;
    private final Thread thread;

    /**
     * Re-entrant, so that a callback may close its own stream. Held during callbacks, so none
     * starts after {@link #close} had it.
     */
    private final ReentrantLock callbacks = new ReentrantLock();

    private final Condition closing = callbacks.newCondition();
    private volatile boolean closed;
    private volatile boolean muted;
    private volatile @Nullable PcmDevice device;

    /**
     * @param frames receives captured frames, or fills those to be played
     * @param ended runs once when the device is finally released
     */
    PcmStream(
            PcmDevice opened,
            PcmDevice.Opener opener,
            boolean capture,
            int frameSamples,
            Consumer<short[]> frames,
            AudioStreamListener listener,
            Runnable ended) {
        this.device = opened;
        this.opener = opener;
        this.capture = capture;
        this.frames = frames;
        this.listener = listener;
        this.ended = ended;
        this.frame = new short[frameSamples];
        this.thread = new Thread(this::run, "callclient-audio-" + (capture ? "capture" : "playback"));
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public Set<VoiceEffect> voiceEffects() {
        PcmDevice open = device;
        return open == null ? Set.of() : open.voiceEffects();
    }

    @Override
    public void setMuted(boolean mute) {
        muted = mute;
    }

    @Override
    public void close() {
        PcmDevice open;
        callbacks.lock();
        try {
            closed = true;
            closing.signalAll();
            open = device;
        } finally {
            callbacks.unlock();
        }
        if (Thread.currentThread() != thread) {
            if (open != null) {
                open.interrupt();
            }
            try {
                thread.join(CLOSE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private void run() {
        Process.setThreadPriority(Process.THREAD_PRIORITY_URGENT_AUDIO);
        try {
            boolean lost = false;
            while (!closed) {
                PcmDevice open = device;
                if (open == null) {
                    reopen();
                } else if (move(open, lost)) {
                    if (lost) {
                        lost = false;
                        callBack(listener::restored);
                    }
                    deliver();
                } else {
                    giveBack();
                    if (!lost) {
                        lost = true;
                        callBack(() -> listener.interrupted("the device stopped"));
                    }
                    pause();
                }
            }
        } finally {
            giveBack();
            ended.run();
        }
    }

    /**
     * Moves a frame to or from the device. A frame to be played is first requested, unless this
     * tests whether a lost device plays again.
     */
    private boolean move(PcmDevice open, boolean lost) {
        if (!capture) {
            if (!lost) {
                callBack(() -> frames.accept(frame));
            }
            if (lost || muted) {
                Arrays.fill(frame, (short) 0);
            }
        }
        return open.transfer(frame);
    }

    private void deliver() {
        if (capture) {
            if (muted) {
                Arrays.fill(frame, (short) 0);
            }
            callBack(() -> frames.accept(frame));
        }
    }

    private void reopen() {
        try {
            device = opener.open();
        } catch (AudioUnavailableException stillGone) {
            pause();
        }
    }

    private void giveBack() {
        PcmDevice open = device;
        device = null;
        if (open != null) {
            open.release();
        }
    }

    private void callBack(Runnable callback) {
        callbacks.lock();
        try {
            if (!closed) {
                callback.run();
            }
        } finally {
            callbacks.unlock();
        }
    }

    private void pause() {
        callbacks.lock();
        try {
            long left = TimeUnit.MILLISECONDS.toNanos(RETRY_MILLIS);
            while (!closed && left > 0) {
                left = closing.awaitNanos(left);
            }
        } catch (InterruptedException e) {
            closed = true; // an interrupt from elsewhere means: end
        } finally {
            callbacks.unlock();
        }
    }
}

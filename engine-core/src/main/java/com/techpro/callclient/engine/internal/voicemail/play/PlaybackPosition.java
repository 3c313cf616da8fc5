// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.voicemail.play;

import com.techpro.callclient.ports.audio.PlaybackSource;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Where the loudspeaker is in a message. The device's thread takes samples from a window over the message, which the loop moves along; they
 * meet in two volatile fields. Nothing here waits or allocates.
 */
final class PlaybackPosition implements PlaybackSource {
    private static final Window NOTHING = new Window(0, new short[0]);

    /** How long it is silent at the end before that counts: what the device still holds is heard meanwhile. */
    private static final int SILENT_FRAMES = 6;

    private final Runnable hungry;
    private final AtomicLong position = new AtomicLong();
    private volatile Window window = NOTHING;
    private volatile boolean told;
    private volatile int low = Integer.MAX_VALUE;
    private int silent;

    /** @param hungry told on the device's thread, once for each window, as it nears its end */
    PlaybackPosition(Runnable hungry) {
        this.hungry = hungry;
    }

    @Override
    public void fill(short[] frame) {
        long at = position.get();
        Window now = window;
        int there = now.after(at);
        int count = Math.min(frame.length, there);
        if (count > 0) {
            System.arraycopy(now.samples, (int) (at - now.from), frame, 0, count);
            // Fails where somebody sought meanwhile: then that is the position.
            position.compareAndSet(at, at + count);
            silent = 0;
        } else {
            silent++;
        }
        Arrays.fill(frame, count, frame.length, (short) 0);
        boolean ends = count == 0 ? silent >= SILENT_FRAMES : there - count < low && there > count;
        if (ends && !told) {
            told = true;
            hungry.run();
        }
    }

    /** In samples. From any thread. */
    long position() {
        return position.get();
    }

    /** For the loop: goes there; there is nothing to be heard before the next window. */
    void seek(long sample) {
        window = NOTHING;
        position.set(sample);
        told = false;
    }

    /** For the loop. */
    Window window() {
        return window;
    }

    /** @param left with so few samples left in it the next is asked for */
    void show(Window next, int left) {
        low = left;
        window = next;
        told = false;
    }

    /** For the loop: asks once more although the window is the same. */
    void rearm() {
        told = false;
    }

    void forget() {
        Window last = window;
        window = NOTHING;
        Arrays.fill(last.samples, (short) 0);
    }

    /** Some samples of the message. */
    static final class Window {
        private final long from;
        private final short[] samples;

        Window(long from, short[] samples) {
            this.from = from;
            this.samples = samples;
        }

        /** How many samples it has from this one on. */
        int after(long sample) {
            return sample < from || sample >= end() ? 0 : (int) (end() - sample);
        }

        long end() {
            return from + samples.length;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.audio.AudioStreamListener;
import com.techpro.callclient.ports.audio.CaptureSink;
import com.techpro.callclient.ports.audio.PlaybackSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Counts the callbacks of an audio stream, and notices forbidden ones. The port and the kit call it
 * on threads of their own.
 */
abstract class AudioRecord implements AudioStreamListener {
    final AtomicInteger overlaps = new AtomicInteger();
    final AtomicInteger byCallers = new AtomicInteger();
    final AtomicInteger whileLost = new AtomicInteger();
    final AtomicInteger interruptions = new AtomicInteger();
    final AtomicInteger restorations = new AtomicInteger();
    /** The thread that is opening the stream at the moment. */
    volatile @Nullable Thread opener;
    /** The kit's, in nanoseconds. */
    volatile LongSupplier clock = () -> 0;

    private final AtomicInteger inside = new AtomicInteger();
    private final List<Integer> lengths = new ArrayList<>();
    private long lastFrame;
    private long longestPause;

    @Override
    public void interrupted(String reason) {
        interruptions.incrementAndGet();
    }

    @Override
    public void restored() {
        restorations.incrementAndGet();
    }

    /** Returns the device for a failure's text. */
    abstract String device();

    synchronized int frames() {
        return lengths.size();
    }

    /** Whether the port has reported a loss and no return. */
    boolean isLost() {
        return interruptions.get() > restorations.get();
    }

    /** Returns the longest time between two frames since {@link #forgetPauses}, in nanoseconds. */
    synchronized long longestPause() {
        return longestPause;
    }

    synchronized void forgetPauses() {
        longestPause = 0;
    }

    synchronized List<Integer> lengths() {
        return List.copyOf(lengths);
    }

    void count(int length, Runnable work) {
        if (inside.incrementAndGet() > 1) {
            overlaps.incrementAndGet();
        }
        if (Thread.currentThread() == opener) {
            byCallers.incrementAndGet();
        }
        if (isLost()) {
            whileLost.incrementAndGet();
        }
        synchronized (this) {
            work.run();
            long now = clock.getAsLong();
            if (!lengths.isEmpty()) {
                longestPause = Math.max(longestPause, now - lastFrame);
            }
            lastFrame = now;
            lengths.add(length);
        }
        inside.decrementAndGet();
    }

    /** Records captured frames. */
    static final class Microphone extends AudioRecord implements CaptureSink {
        private final List<short[]> captured = new ArrayList<>();

        @Override
        String device() {
            return "microphone";
        }

        @Override
        public void captured(short[] frame) {
            count(frame.length, () -> captured.add(frame.clone()));
        }

        /** Returns the frames from that one on, counted from 0. */
        synchronized List<short[]> from(int frame) {
            return List.copyOf(captured.subList(frame, captured.size()));
        }

        /** Returns the last frames in one array; fewer if there are not enough yet. */
        synchronized short[] last(int frames) {
            List<short[]> tail = captured.subList(Math.max(0, captured.size() - frames), captured.size());
            short[] whole =
                    new short[tail.stream().mapToInt(frame -> frame.length).sum()];
            int position = 0;
            for (short[] frame : tail) {
                System.arraycopy(frame, 0, whole, position, frame.length);
                position += frame.length;
            }
            return whole;
        }
    }

    /** Supplies frames to a speaker. */
    static final class Speaker extends AudioRecord implements PlaybackSource {
        private final Sound sound;
        private final int sampleRate;
        private long position;

        Speaker(Sound sound, int sampleRate) {
            this.sound = sound;
            this.sampleRate = sampleRate;
        }

        @Override
        String device() {
            return "speaker";
        }

        @Override
        public void fill(short[] frame) {
            count(frame.length, () -> {
                Arrays.fill(frame, (short) 0);
                for (int i = 0; i < frame.length; i++) {
                    frame[i] = sound.at(position++, sampleRate);
                }
            });
        }
    }
}

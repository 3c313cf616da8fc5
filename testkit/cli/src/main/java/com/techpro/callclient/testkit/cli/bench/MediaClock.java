// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.ports.time.Schedulers;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.testkit.cli.bench.BenchFigure.Better;
import java.lang.Thread.UncaughtExceptionHandler;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Executor;

/**
 * Schedulers that note by how much the timers of media loops run late. A loop sends and fetches
 * packets in slots, each begun by a timer.
 */
final class MediaClock implements Schedulers {
    private static final String MEDIA = "media";
    private static final double MILLI = 1e6;

    private final Schedulers schedulers;
    // Loops write, and whoever measures reads.
    private final Object lock = new Object();
    private long[] late = new long[1024];
    private int count;

    MediaClock(Schedulers schedulers) {
        this.schedulers = schedulers;
    }

    /** Forgets what was noted so far. */
    void begin() {
        synchronized (lock) {
            count = 0;
        }
    }

    private void note(long nanos) {
        synchronized (lock) {
            if (count == late.length) {
                late = Arrays.copyOf(late, 2 * count);
            }
            late[count++] = nanos;
        }
    }

    /**
     * Returns by how much 99 of 100 were late at most.
     *
     * @param when what else the process did
     */
    BenchFigure figure(String when) {
        long[] sorted;
        synchronized (lock) {
            sorted = Arrays.copyOf(late, count);
        }
        if (sorted.length == 0) {
            throw new IllegalStateException("no media loop ran");
        }
        Arrays.sort(sorted);
        int last = sorted.length - 1;
        return new BenchFigure(
                        "media clock late, 99 of 100",
                        sorted[(sorted.length * 99 + 99) / 100 - 1] / MILLI,
                        "ms",
                        Double.NaN,
                        String.format(
                                Locale.ROOT,
                                "median %.2f, most %.2f; %d slots %s",
                                sorted[last / 2] / MILLI,
                                sorted[last] / MILLI,
                                sorted.length,
                                when))
                .better(Better.NEITHER);
    }

    @Override
    public Loop openLoop(String name, UncaughtExceptionHandler failures) {
        return schedulers.openLoop(name, failures);
    }

    @Override
    public Loop openAudioLoop(String name, UncaughtExceptionHandler failures) {
        Loop loop = schedulers.openAudioLoop(name, failures);
        return name.startsWith(MEDIA) ? new Watched(loop) : loop;
    }

    @Override
    public Executor workers() {
        return schedulers.workers();
    }

    @Override
    public Executor networkWorkers() {
        return schedulers.networkWorkers();
    }

    @Override
    public void close() {
        schedulers.close();
    }

    private final class Watched implements Loop {
        private final Loop loop;

        Watched(Loop loop) {
            this.loop = loop;
        }

        @Override
        public Timer schedule(Duration delay, Runnable task) {
            long due = loop.nanoTime() + Math.max(0, delay.toNanos());
            return loop.schedule(delay, () -> {
                note(loop.nanoTime() - due);
                task.run();
            });
        }

        @Override
        public long nanoTime() {
            return loop.nanoTime();
        }

        @Override
        public Instant now() {
            return loop.now();
        }

        @Override
        public void execute(Runnable task) {
            loop.execute(task);
        }

        @Override
        public boolean isCurrent() {
            return loop.isCurrent();
        }

        @Override
        public int pendingTimers() {
            return loop.pendingTimers();
        }

        @Override
        public void close() {
            loop.close();
        }
    }
}

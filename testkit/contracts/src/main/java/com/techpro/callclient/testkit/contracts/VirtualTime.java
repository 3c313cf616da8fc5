// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.ports.time.Schedulers;
import com.techpro.callclient.ports.time.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Loops, workers and networks on a clock that moves only when the test says so.
 *
 * <p>Everything runs on the thread that calls {@link #advance}, {@link #runUntil} or
 * {@link #runUntilIdle}, ordered by due time and then by scheduling. So the same program gives the
 * same run. Tasks may be posted from other threads, but then their order is not repeatable.
 *
 * <p>Exceptions of a loop's tasks go to the loop's handler (SCH-7). An {@link AssertionError} also
 * reaches the test. So does everything thrown by workers, by callbacks of the
 * {@link SimulatedNetwork} and by handlers.
 */
public final class VirtualTime implements Schedulers {
    /** The wall clock at the beginning. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private static final int LIVELOCK = 1_000_000;
    private static final Duration LONGEST_DELAY = Duration.ofDays(36_500);

    private final long seed;
    private final long origin;
    // A hand-off: SCH-10 lets any thread post.
    private final Object lock = new Object();
    private final TreeSet<Event> events = new TreeSet<>();
    private final List<VirtualLoop> loops = new ArrayList<>();
    private final Set<String> busyNames = new HashSet<>();
    private final Map<String, BusyLoop> busyLoops = new HashMap<>();
    private long sequence;
    private boolean closed;
    private volatile long nanos;
    private volatile Duration wallClockJump = Duration.ZERO;
    private volatile @Nullable Thread runner;
    private @Nullable VirtualLoop current;
    private int stepsAtThisInstant;

    private VirtualTime(long seed) {
        this.seed = seed;
        // The origin is arbitrary (SCH-9), so it is never zero.
        this.origin = new Random(seed).nextInt() * 1_000_000L - 1;
        this.nanos = origin;
    }

    public static VirtualTime seeded(long seed) {
        return new VirtualTime(Seeds.of(seed));
    }

    /** Returns a random source that depends only on this clock's seed and on the name. */
    public Random random(String name) {
        return new Random(Seeds.mix(seed, name));
    }

    @Override
    public Loop openLoop(String name, Thread.UncaughtExceptionHandler failures) {
        synchronized (lock) {
            if (closed) {
                throw new IllegalStateException("closed");
            }
            var loop = new VirtualLoop(name, failures);
            loops.add(loop);
            if (!busyNames.contains(name)) {
                return loop;
            }
            var busy = new BusyLoop(loop);
            busyLoops.put(name, busy);
            return busy;
        }
    }

    /**
     * Makes loops opened under this name from now on {@linkplain #busyLoop busy}: their tasks take
     * time.
     */
    public void openBusy(String name) {
        synchronized (lock) {
            busyNames.add(name);
        }
    }

    /** Returns the loop that was opened under a name given to {@link #openBusy}. */
    public BusyLoop busyLoop(String name) {
        synchronized (lock) {
            return Objects.requireNonNull(busyLoops.get(name), "no such loop");
        }
    }

    /** Opens a loop whose tasks' exceptions reach the test. */
    public Loop openLoop(String name) {
        return openLoop(name, (thread, failure) -> rethrow(failure));
    }

    @Override
    public Executor workers() {
        return task -> post(nanos, null, false, task);
    }

    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            loops.forEach(VirtualLoop::close);
            events.clear();
        }
    }

    public long nanoTime() {
        return nanos;
    }

    public Instant now() {
        return START.plus(elapsed()).plus(wallClockJump);
    }

    /** Returns the virtual time since the beginning. */
    public Duration elapsed() {
        return Duration.ofNanos(nanos - origin);
    }

    /** Moves only the wall clock, as a user or a time server does. */
    public void jumpWallClock(Duration by) {
        wallClockJump = wallClockJump.plus(by);
    }

    /** Returns how many timers of all loops are pending. */
    public int pendingTimers() {
        synchronized (lock) {
            return loops.stream().mapToInt(loop -> loop.timers).sum();
        }
    }

    /** Advances the time and runs what falls due. */
    public void advance(Duration by) {
        long until = nanos + nanosOf(by);
        running(() -> {
            runAll(until);
            nanos = until;
        });
    }

    /** Runs what is due now, and what that leads to, without advancing the time. */
    public void settle() {
        advance(Duration.ZERO);
    }

    /**
     * Advances the time until the condition holds, checking it after every event.
     *
     * @throws AssertionError if it does not hold within the limit
     */
    public void runUntil(BooleanSupplier condition, Duration limit) {
        if (!holdsWithin(condition, limit)) {
            throw new AssertionError("the condition did not hold within " + limit + " of virtual time");
        }
    }

    /** As {@link #runUntil}; returns whether the condition held within the limit. */
    public boolean holdsWithin(BooleanSupplier condition, Duration limit) {
        long until = nanos + nanosOf(limit);
        boolean[] holds = {condition.getAsBoolean()};
        running(() -> {
            while (!holds[0] && runNext(until)) {
                holds[0] = condition.getAsBoolean();
            }
            if (!holds[0]) {
                nanos = until;
                holds[0] = condition.getAsBoolean();
            }
        });
        return holds[0];
    }

    /**
     * Advances the time until nothing is left to run.
     *
     * @throws AssertionError if something is still pending at the limit
     */
    public void runUntilIdle(Duration limit) {
        long until = nanos + nanosOf(limit);
        running(() -> {
            runAll(until);
            synchronized (lock) {
                if (!events.isEmpty()) {
                    throw new AssertionError(events.size() + " events are pending after " + limit + " of virtual time");
                }
            }
        });
    }

    /** Runs the task at that time, on no loop; for networks. */
    Timer at(long due, Runnable task) {
        return post(due, null, false, task);
    }

    static long nanosOf(Duration delay) {
        if (delay.isNegative()) {
            return 0;
        }
        return delay.compareTo(LONGEST_DELAY) > 0 ? LONGEST_DELAY.toNanos() : delay.toNanos();
    }

    private Timer post(long due, @Nullable VirtualLoop loop, boolean timer, Runnable task) {
        synchronized (lock) {
            var event = new Event(due, sequence++, loop, timer, task);
            if (!closed && (loop == null || !loop.closed)) {
                events.add(event);
                if (timer && loop != null) {
                    loop.timers++;
                }
            }
            return () -> {
                synchronized (lock) {
                    return remove(event);
                }
            };
        }
    }

    private void running(Runnable body) {
        if (runner != null) {
            throw new IllegalStateException("time cannot be advanced from inside a task");
        }
        runner = Thread.currentThread();
        try {
            body.run();
        } finally {
            runner = null;
        }
    }

    private void runAll(long until) {
        while (runNext(until)) {
            // each event is one step
        }
    }

    private boolean runNext(long until) {
        Event event;
        synchronized (lock) {
            if (events.isEmpty() || events.first().due > until) {
                return false;
            }
            event = events.first();
            remove(event);
        }
        if (event.due > nanos) {
            nanos = event.due;
            stepsAtThisInstant = 0;
        } else if (++stepsAtThisInstant > LIVELOCK) {
            stepsAtThisInstant = 0;
            throw new AssertionError("tasks keep running without letting time pass");
        }
        current = event.loop;
        try {
            event.task.run();
        } catch (Throwable failure) {
            if (event.loop == null) {
                throw failure;
            }
            event.loop.failures.uncaughtException(Thread.currentThread(), failure);
            if (failure instanceof AssertionError assertion) {
                throw assertion;
            }
        } finally {
            current = null;
        }
        return true;
    }

    private boolean remove(Event event) {
        if (!events.remove(event)) {
            return false;
        }
        if (event.timer && event.loop != null) {
            event.loop.timers--;
        }
        return true;
    }

    private static void rethrow(Throwable failure) {
        if (failure instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (failure instanceof Error error) {
            throw error;
        }
        throw new AssertionError(failure);
    }

    private final class VirtualLoop implements Loop {
        private final String name;
        private final Thread.UncaughtExceptionHandler failures;
        private boolean closed;
        private int timers;

        VirtualLoop(String name, Thread.UncaughtExceptionHandler failures) {
            this.name = name;
            this.failures = failures;
        }

        @Override
        public long nanoTime() {
            return nanos;
        }

        @Override
        public Instant now() {
            return VirtualTime.this.now();
        }

        @Override
        public void execute(Runnable task) {
            post(nanos, this, false, task);
        }

        @Override
        public Timer schedule(Duration delay, Runnable task) {
            return post(nanos + nanosOf(delay), this, true, task);
        }

        @Override
        public boolean isCurrent() {
            return runner == Thread.currentThread() && current == this;
        }

        @Override
        public int pendingTimers() {
            synchronized (lock) {
                return timers;
            }
        }

        @Override
        public void close() {
            synchronized (lock) {
                if (closed) {
                    return;
                }
                closed = true;
                for (Event event : List.copyOf(events)) {
                    if (event.loop == this) {
                        remove(event);
                    }
                }
            }
        }

        @Override
        public String toString() {
            return "VirtualLoop[" + name + "]";
        }
    }

    private record Event(long due, long order, @Nullable VirtualLoop loop, boolean timer, Runnable task)
            implements Comparable<Event> {
        @Override
        public int compareTo(Event other) {
            int byTime = Long.compare(due, other.due);
            return byTime != 0 ? byTime : Long.compare(order, other.order);
        }
    }
}

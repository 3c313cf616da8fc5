// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.jdk;

import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.log.Loggers;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/**
 * A loop on a thread of its own.
 *
 * <p>Other threads submit work through a queue; the timer heap belongs to the loop's thread.
 * Without work the thread parks exactly until the next timer, or indefinitely: there is no polling.
 */
final class JdkLoop implements Loop {
    // While the queue is full, timers are checked this often, so that a flood of tasks cannot delay
    // them.
    private static final int TASKS_BETWEEN_TIMERS = 16;

    private final Thread thread;
    private final Thread.UncaughtExceptionHandler failures;
    private final Consumer<JdkLoop> whenClosed;
    private final ConcurrentLinkedQueue<Runnable> inbox = new ConcurrentLinkedQueue<>();
    // Separate from the tasks, so that waiting tasks never delay a timer's entry into the heap
    // (SCH-4).
    private final ConcurrentLinkedQueue<JdkTimer> newTimers = new ConcurrentLinkedQueue<>();
    private final TimerHeap heap = new TimerHeap();
    private final AtomicLong order = new AtomicLong();
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicBoolean parked = new AtomicBoolean();
    private volatile boolean closed;

    JdkLoop(String name, int priority, Thread.UncaughtExceptionHandler failures, Consumer<JdkLoop> whenClosed) {
        this.failures = failures;
        this.whenClosed = whenClosed;
        this.thread = JdkSchedulers.daemon(this::run, name, priority);
    }

    void start() {
        thread.start();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public Instant now() {
        return Instant.now();
    }

    @Override
    public void execute(Runnable task) {
        if (!closed) {
            inbox.add(task);
            wake();
        }
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        var timer = new JdkTimer(System.nanoTime() + nanosOf(delay), order.getAndIncrement(), task);
        if (closed) {
            timer.cancelled();
            return timer;
        }
        pending.incrementAndGet();
        if (isCurrent()) {
            heap.add(timer);
        } else {
            newTimers.add(timer);
            wake();
        }
        return timer;
    }

    @Override
    public boolean isCurrent() {
        return Thread.currentThread() == thread;
    }

    @Override
    public int pendingTimers() {
        return closed ? 0 : pending.get();
    }

    @Override
    public void close() {
        closed = true;
        whenClosed.accept(this);
        wake();
    }

    @Override
    public String toString() {
        return "JdkLoop[" + thread.getName() + "]";
    }

    private void run() {
        while (!closed) {
            runTasks();
            boolean ranTimer = runDueTimers();
            if (!ranTimer && inbox.isEmpty()) {
                park();
            }
        }
        inbox.clear();
        newTimers.clear();
        heap.clear();
    }

    private void runTasks() {
        for (int i = 0; i < TASKS_BETWEEN_TIMERS && !closed; i++) {
            Runnable task = inbox.poll();
            if (task == null) {
                return;
            }
            run(task);
        }
    }

    /**
     * Runs as many timers as tasks: otherwise a busy loop would fall behind with the timers that
     * its tasks start.
     */
    private boolean runDueTimers() {
        int ran = 0;
        while (ran < TASKS_BETWEEN_TIMERS && runDueTimer()) {
            ran++;
        }
        return ran > 0;
    }

    /** Runs the first timer if it is due, and returns whether it was. */
    private boolean runDueTimer() {
        for (JdkTimer added = newTimers.poll(); added != null; added = newTimers.poll()) {
            added.enqueue();
        }
        JdkTimer first = heap.first();
        if (first == null || first.due - System.nanoTime() > 0 || closed) {
            return false;
        }
        heap.remove(first);
        if (first.taken()) {
            run(first.task);
        }
        return true;
    }

    private void park() {
        parked.set(true);
        // A thread that adds a task after this sees that the loop is parked; a task added before is
        // seen here.
        if (inbox.isEmpty() && newTimers.isEmpty() && !closed) {
            JdkTimer first = heap.first();
            if (first == null) {
                LockSupport.park(this);
            } else {
                long wait = first.due - System.nanoTime();
                if (wait > 0) {
                    LockSupport.parkNanos(this, wait);
                }
            }
        }
        parked.set(false);
        // If a task left the thread interrupted, parking would otherwise become spinning.
        Thread.interrupted();
    }

    private void wake() {
        if (parked.get() && parked.compareAndSet(true, false)) {
            LockSupport.unpark(thread);
        }
    }

    private void run(Runnable task) {
        try {
            task.run();
        } catch (Throwable failure) {
            report(failure);
        }
    }

    private void report(Throwable failure) {
        try {
            failures.uncaughtException(thread, failure);
        } catch (Throwable second) {
            Loggers.NETWORK.error(
                    "the failure handler of a loop failed: {}",
                    second.getClass().getName());
        }
    }

    private static long nanosOf(Duration delay) {
        if (delay.isNegative()) {
            return 0;
        }
        // nanoTime comparisons hold for differences below 292 years; a century is long enough.
        long seconds = Math.min(delay.getSeconds(), 100L * 365 * 86_400);
        return seconds * 1_000_000_000L + delay.getNano();
    }

    /** One timer. The loop or a canceller, whichever comes first, decides once whether it runs. */
    final class JdkTimer implements Timer {
        final long due;
        final long order;
        /** Its place in the heap, or -1. Owned by the loop's thread. */
        int place = -1;

        private final AtomicBoolean decided = new AtomicBoolean();
        private final Runnable task;

        JdkTimer(long due, long order, Runnable task) {
            this.due = due;
            this.order = order;
            this.task = task;
        }

        @Override
        public boolean cancel() {
            if (closed || !cancelled()) {
                return false;
            }
            pending.decrementAndGet();
            if (isCurrent()) {
                heap.remove(this);
            } else {
                // It cannot run any more; removing it is not worth a wake-up.
                inbox.add(() -> heap.remove(this));
            }
            return true;
        }

        private void enqueue() {
            if (!decided.get()) {
                heap.add(this);
            }
        }

        private boolean cancelled() {
            return decided.compareAndSet(false, true);
        }

        private boolean taken() {
            if (!decided.compareAndSet(false, true)) {
                return false;
            }
            pending.decrementAndGet();
            return true;
        }

        boolean isBefore(JdkTimer other) {
            long difference = due - other.due;
            return difference < 0 || (difference == 0 && order < other.order);
        }
    }
}

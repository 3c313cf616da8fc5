// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.jdk;

import com.techpro.callclient.stack.log.Loggers;
import java.util.concurrent.CancellationException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs library code that blocks for input, in turns with the code that provides the input:
 * {@link #resume} passes the next value and returns once the library waits again or has ended. Only
 * one of the two runs at a time, so that the library is deterministic in virtual time, and each
 * sees the other's writes.
 *
 * <p>It has a thread of its own from the first {@link #resume} to its end.
 *
 * @param <T> the type of the input
 */
public final class Coroutine<T> implements AutoCloseable {
    /** The code to run; it must end soon after {@link Coroutine#await} has thrown. */
    public interface Body<T> {
        void run(Coroutine<T> self);
    }

    private enum Turn {
        /** Nobody has resumed it yet. */
        NOBODY,
        CALLER,
        BODY,
        /** The body has ended. */
        OVER
    }

    // Needed because two threads take turns.
    private final Object lock = new Object();
    private final String name;
    private final Body<T> body;
    private Turn turn = Turn.NOBODY;
    private @Nullable T next;
    private boolean closed;
    private long waitBegan;

    /**
     * @param name the thread's name in dumps, after the engine's prefix
     */
    public Coroutine(String name, Body<T> body) {
        this.name = name;
        this.body = body;
    }

    /**
     * Passes a value or, the first time, none: the body then begins. Blocks while the body runs.
     * Call it from one thread at a time, other than the body's.
     *
     * @return whether it waits for another value; false if it has ended
     */
    public boolean resume(@Nullable T value) {
        synchronized (lock) {
            if (turn == Turn.OVER || closed) {
                return false;
            }
            boolean begins = turn == Turn.NOBODY;
            next = value;
            turn = Turn.BODY;
            if (begins) {
                Thread thread = JdkSchedulers.daemon(this::run, name, Thread.NORM_PRIORITY);
                // Logs only the type: messages may contain data from the network.
                thread.setUncaughtExceptionHandler((unused, failure) -> Loggers.NETWORK.warn(
                        "a coroutine failed: {}", failure.getClass().getName()));
                thread.start();
            } else {
                lock.notifyAll();
            }
            // Also if it is closed meanwhile: then the body ends at its next await.
            waitUntil(() -> turn != Turn.BODY);
            return turn == Turn.CALLER && !closed;
        }
    }

    private void run() {
        try {
            body.run(this);
        } finally {
            synchronized (lock) {
                turn = Turn.OVER;
                next = null;
                lock.notifyAll();
            }
        }
    }

    /**
     * Called by the body: waits for the next value.
     *
     * @throws CancellationException if the coroutine was closed
     */
    public T await() {
        synchronized (lock) {
            turn = Turn.CALLER;
            waitBegan = System.nanoTime();
            lock.notifyAll();
            waitUntil(() -> turn != Turn.CALLER || closed);
            T value = next;
            next = null;
            if (closed || value == null) {
                throw new CancellationException();
            }
            return value;
        }
    }

    /**
     * Called by a body whose library reads the machine's clock: returns when that has advanced by
     * this much since the last {@link #await} began. Usually it has, because the wait took as long;
     * in virtual time a wait takes no time.
     */
    public void letClockPass(long millis) {
        long due = waitBegan + TimeUnit.MILLISECONDS.toNanos(millis + 1);
        long left = due - System.nanoTime();
        while (left > 0) {
            LockSupport.parkNanos(left);
            left = due - System.nanoTime();
        }
    }

    /** Defers an interrupt: the other thread does not block itself. */
    private void waitUntil(BooleanSupplier condition) {
        boolean interrupted = false;
        while (!condition.getAsBoolean()) {
            try {
                lock.wait();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Ends the coroutine: the body's {@link #await} throws. Does not wait for its end. Callable
     * from any thread.
     */
    @Override
    public void close() {
        synchronized (lock) {
            closed = true;
            lock.notifyAll();
        }
    }
}

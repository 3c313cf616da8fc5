// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.time.Loop;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/**
 * Waits for a condition on real threads, sockets, devices or other programs; it never sleeps for a
 * fixed time. In virtual time use {@link VirtualTime#runUntil} instead.
 */
public final class Await {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long FIRST_STEP_NANOS = 200_000;
    /**
     * Conditions are checked less often as time passes: they may read files, or query another
     * process.
     */
    private static final long LONGEST_STEP_NANOS = 10_000_000;

    private Await() {}

    /**
     * Waits until the condition holds.
     *
     * @throws AssertionError if it does not within the limit
     */
    public static void until(BooleanSupplier condition, Duration limit) {
        until("the condition holds", condition, limit);
    }

    /** As {@link #until(String, BooleanSupplier, Duration)}, with a limit of half a minute. */
    public static void until(String what, BooleanSupplier condition) {
        until(what, condition, LIMIT);
    }

    /**
     * Waits until the condition holds.
     *
     * @throws AssertionError naming the condition, if it does not hold within the limit
     */
    public static void until(String what, BooleanSupplier condition, Duration limit) {
        until(() -> what, condition, limit);
    }

    /** @param what describes the condition; evaluated at the end */
    public static void until(Supplier<String> what, BooleanSupplier condition, Duration limit) {
        if (!holdsWithin(condition, limit)) {
            throw new AssertionError("not within " + limit.toMillis() + " ms: " + what.get());
        }
    }

    /** Waits until the condition holds; returns whether it did within the limit. */
    public static boolean holdsWithin(BooleanSupplier condition, Duration limit) {
        return holdsWithin(condition, limit, FIRST_STEP_NANOS);
    }

    /** Returns a waiter for effects of a loop. */
    public static OnLoop on(Loop loop) {
        return new OnLoop(loop);
    }

    private static boolean holdsWithin(BooleanSupplier condition, Duration limit, long firstStepNanos) {
        long start = System.nanoTime();
        long step = firstStepNanos;
        while (!condition.getAsBoolean()) {
            if (Thread.interrupted()) {
                Thread.currentThread().interrupt();
                throw new AssertionError("interrupted while waiting");
            }
            long left = limit.toNanos() - (System.nanoTime() - start);
            if (left < 0) {
                return condition.getAsBoolean();
            }
            LockSupport.parkNanos(Math.min(step, left + 1));
            step = Math.max(firstStepNanos, Math.min(step + step / 4, LONGEST_STEP_NANOS));
        }
        return true;
    }

    /** Lets a thread wait for effects of a real-time loop, and read state that belongs to it. */
    public static final class OnLoop {
        private static final long LOOK_NANOS = 50_000_000;

        private final Loop loop;

        private OnLoop(Loop loop) {
            this.loop = loop;
        }

        /**
         * Waits until a condition holds that is checked on the loop; returns whether it did within
         * the limit.
         */
        public boolean until(Duration limit, BooleanSupplier condition) {
            return holdsWithin(() -> ask(condition::getAsBoolean), limit, LOOK_NANOS);
        }

        /** Waits for a time, or until the condition holds. */
        public void pass(Duration time, BooleanSupplier unless) {
            boolean unused = until(time, unless);
        }

        /** Runs a task on the loop and returns its result, or throws its exception. */
        public <T> T ask(Supplier<T> question) {
            CompletableFuture<T> answer = new CompletableFuture<>();
            loop.execute(() -> {
                try {
                    answer.complete(question.get());
                } catch (RuntimeException e) {
                    answer.completeExceptionally(e);
                }
            });
            try {
                return answer.join();
            } catch (CompletionException e) {
                throw e.getCause() instanceof RuntimeException cause ? cause : e;
            }
        }
    }
}

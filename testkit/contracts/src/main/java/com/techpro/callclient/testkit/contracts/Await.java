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
 * Waiting for what happens on real threads, sockets, devices and in other programs: until a condition holds, never for a length of time. In virtual
 * time there is {@link VirtualTime#runUntil} for it.
 */
public final class Await {
    private static final Duration LIMIT = Duration.ofSeconds(30);
    private static final long FIRST_STEP_NANOS = 200_000;
    /** What takes long is looked at less often: a condition may read files, or ask another process. */
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

    /** As {@link #until(String, BooleanSupplier, Duration)}, with half a minute for it. */
    public static void until(String what, BooleanSupplier condition) {
        until(what, condition, LIMIT);
    }

    /**
     * Waits until the condition holds.
     *
     * @throws AssertionError that says what was waited for, if it does not within the limit
     */
    public static void until(String what, BooleanSupplier condition, Duration limit) {
        until(() -> what, condition, limit);
    }

    /** @param what is told as it is in the end */
    public static void until(Supplier<String> what, BooleanSupplier condition, Duration limit) {
        if (!holdsWithin(condition, limit)) {
            throw new AssertionError("not within " + limit.toMillis() + " ms: " + what.get());
        }
    }

    /** Waits until the condition holds; whether it did within the limit. */
    public static boolean holdsWithin(BooleanSupplier condition, Duration limit) {
        return holdsWithin(condition, limit, FIRST_STEP_NANOS);
    }

    /** Waiting for what a loop does. */
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

    /** Lets a thread wait for what a loop in real time does, and look at what belongs to it. */
    public static final class OnLoop {
        private static final long LOOK_NANOS = 50_000_000;

        private final Loop loop;

        private OnLoop(Loop loop) {
            this.loop = loop;
        }

        /** Waits until a condition, looked at on the loop, holds; whether it did within the limit. */
        public boolean until(Duration limit, BooleanSupplier condition) {
            return holdsWithin(() -> ask(condition::getAsBoolean), limit, LOOK_NANOS);
        }

        /** Lets time pass, unless the condition holds before. */
        public void pass(Duration time, BooleanSupplier unless) {
            boolean unused = until(time, unless);
        }

        /** Runs something on the loop and waits for what it gives, or throws what it throws. */
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

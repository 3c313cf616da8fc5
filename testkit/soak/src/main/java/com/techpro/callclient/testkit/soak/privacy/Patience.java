// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.privacy;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/** Waits, on real sockets, for what happens and never for a time to pass. */
public final class Patience {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private Patience() {}

    /** @throws IllegalStateException if it did not within half a minute */
    public static void until(String what, BooleanSupplier condition) {
        CountDownLatch never = new CountDownLatch(1);
        long deadline = System.nanoTime() + LIMIT.toNanos();
        try {
            while (!condition.getAsBoolean()) {
                if (System.nanoTime() - deadline > 0 || never.await(10, TimeUnit.MILLISECONDS)) {
                    throw new IllegalStateException("not within " + LIMIT.toSeconds() + " s: " + what);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting: " + what, e);
        }
    }
}

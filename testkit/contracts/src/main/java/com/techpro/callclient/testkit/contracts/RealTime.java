// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** Waiting for what happens on real threads, sockets and devices: until a condition holds, never for a length of time. */
public final class RealTime {
    private static final Duration STEP = Duration.ofNanos(200_000);

    private RealTime() {}

    /**
     * Waits until the condition holds.
     *
     * @throws AssertionError if it does not within the limit
     */
    public static void await(BooleanSupplier condition, Duration limit) {
        if (!holdsWithin(condition, limit)) {
            throw new AssertionError("the condition did not hold within " + limit);
        }
    }

    static boolean holdsWithin(BooleanSupplier condition, Duration limit) {
        long start = System.nanoTime();
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() - start > limit.toNanos()) {
                return condition.getAsBoolean();
            }
            LockSupport.parkNanos(STEP.toNanos());
        }
        return true;
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.lock;

import java.time.Duration;
import java.time.Instant;

/**
 * Consecutive wrong passwords and the wait that follows: none for the first two, then five seconds,
 * doubled each time, up to an hour.
 *
 * @param last when the last one was, by the wall clock
 */
record Attempts(int failures, Instant last) {
    static final Attempts NONE = new Attempts(0, Instant.EPOCH);

    private static final int FREE = 2;
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofHours(1);
    /**
     * The minimum wait after a restart, so that setting the clock forward and restarting does not
     * help.
     */
    private static final Duration AFTER_RESTART = Duration.ofSeconds(30);

    Attempts another(Instant now) {
        return new Attempts(Math.min(failures + 1, 1_000), now);
    }

    /** Returns how long the next password must wait, counted from the last. */
    Duration cost() {
        if (failures <= FREE) {
            return Duration.ZERO;
        }
        Duration cost = FIRST;
        for (int i = FREE + 1; i < failures && cost.compareTo(LONGEST) < 0; i++) {
            cost = cost.multipliedBy(2);
        }
        return shorter(cost, LONGEST);
    }

    /**
     * Returns the remaining wait after a restart, when only the wall clock is known. If the clock
     * is before the last failure, the full wait remains.
     */
    Duration leftAfterRestart(Instant now) {
        Duration passed = Duration.between(last, now);
        Duration left = passed.isNegative() ? cost() : cost().minus(passed);
        Duration least = shorter(cost(), AFTER_RESTART);
        return left.compareTo(least) < 0 ? least : left;
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}

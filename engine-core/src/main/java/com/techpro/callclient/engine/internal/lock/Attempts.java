// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.lock;

import java.time.Duration;
import java.time.Instant;

/**
 * Wrong passwords in a row, and what they cost: nothing for the first two, then five seconds, doubled with each, up to an hour.
 *
 * @param last when the last one was, on the wall clock
 */
record Attempts(int failures, Instant last) {
    static final Attempts NONE = new Attempts(0, Instant.EPOCH);

    private static final int FREE = 2;
    private static final Duration FIRST = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofHours(1);
    /** What a restart costs at least, so that setting the clock forward and restarting is no way round. */
    private static final Duration AFTER_RESTART = Duration.ofSeconds(30);

    Attempts another(Instant now) {
        return new Attempts(Math.min(failures + 1, 1_000), now);
    }

    /** How long the next password has to wait, counted from the last. */
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
     * What is left of the cost after a restart, when only the wall clock can tell. A clock that was set back to before the last failure
     * tells nothing: then all of it is left.
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

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.imap;

import java.time.Duration;
import java.time.Instant;
import java.util.function.Supplier;

/** The time that one operation may take, with all its steps (VMB-1). */
final class TimeBudget {
    private final Supplier<Instant> clock;
    private final Instant end;

    private TimeBudget(Supplier<Instant> clock, Instant end) {
        this.clock = clock;
        this.end = end;
    }

    static TimeBudget in(Duration time, Supplier<Instant> clock) {
        return new TimeBudget(clock, clock.get().plus(time));
    }

    boolean passed() {
        return !clock.get().isBefore(end);
    }

    /**
     * Returns the remaining time, at most {@code most} and at least a moment, as a socket needs.
     */
    int millis(Duration most) {
        long left = Duration.between(clock.get(), end).toMillis();
        return (int) Math.max(1, Math.min(left, most.toMillis()));
    }
}

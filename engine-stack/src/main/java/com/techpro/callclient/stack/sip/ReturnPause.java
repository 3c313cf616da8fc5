// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Times when an account that had to use another server asks a better one again: soon at first, then
 * ever more rarely as long as that server does not keep the account. Belongs to the loop.
 */
final class ReturnPause {
    private static final Duration SHORTEST = Duration.ofMinutes(1);
    private static final Duration LONGEST = Duration.ofHours(2);
    /** A server that keeps the account this long is stable. */
    private static final Duration STEADY = Duration.ofMinutes(30);

    private final LongSupplier nanoTime;
    private Duration length = SHORTEST;
    private long since;
    private boolean away;

    ReturnPause(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.since = nanoTime.getAsLong();
    }

    /** The account registered at one of the best servers, or at another. */
    void arrived(boolean preferred) {
        if (away == preferred) {
            if (!preferred && elapsed().compareTo(STEADY) >= 0) {
                length = SHORTEST;
            }
            away = !preferred;
            since = nanoTime.getAsLong();
        }
    }

    /** The better server is asked now. */
    void asked() {
        since = nanoTime.getAsLong();
        Duration doubled = length.multipliedBy(2);
        length = doubled.compareTo(LONGEST) > 0 ? LONGEST : doubled;
    }

    boolean isOver() {
        return away && elapsed().compareTo(length) >= 0;
    }

    private Duration elapsed() {
        return Duration.ofNanos(nanoTime.getAsLong() - since);
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice;

import java.time.Duration;
import java.util.Random;

/**
 * The other side's consent to receive on a pair (RFC 7675 §5.1). The consent checks also keep NAT
 * mappings alive.
 */
final class Consent {
    static final Duration EXPIRY = Duration.ofSeconds(30);
    private static final Duration INTERVAL = Duration.ofSeconds(5);

    final CheckList list;
    final CandidatePair pair;
    private long confirmedAt;
    private long askAt;

    Consent(CheckList list, CandidatePair pair, long now, Random random) {
        this.list = list;
        this.pair = pair;
        this.confirmedAt = now;
        asked(now, random);
    }

    /** A consent check was sent; the next follows after 4 to 6 seconds, whatever its result. */
    void asked(long now, Random random) {
        askAt = now + (long) (INTERVAL.toNanos() * (0.8 + 0.4 * random.nextDouble()));
    }

    void confirmed(long now) {
        confirmedAt = now;
    }

    boolean isDue(long now) {
        return askAt - now <= 0;
    }

    boolean isLost(long now) {
        return now - confirmedAt >= EXPIRY.toNanos();
    }

    long untilWake(long now) {
        return Math.min(askAt - now, confirmedAt + EXPIRY.toNanos() - now);
    }
}

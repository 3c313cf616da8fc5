// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long a flow may be idle on this network. A NAT that forgets idle connections, or a server that closes them, ends each before its keep-alives
 * have done anything for it: where that happens twice in a row they are sent twice as often, down to each 15 s, for an hour or until the network
 * is another one. Of one flow of one account; on the loop.
 */
final class IdleLimit {
    private static final Duration SHORTEST = Duration.ofSeconds(15);
    private static final Duration REMEMBERED = Duration.ofHours(1);
    /** A flow that has seen so many keep-alives does not end for the want of them. */
    private static final int KEEP_ALIVES = 4;

    private static final int SURE = 2;

    private final LongSupplier nanoTime;
    private @Nullable Duration limit;
    private long limitedAt;
    private long openedAt;
    private int endedEarly;

    IdleLimit(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    /** How often keep-alives are sent where they should be that often. */
    Duration within(Duration wanted) {
        if (limit != null && elapsedSince(limitedAt).compareTo(REMEMBERED) > 0) {
            limit = null;
        }
        return limit == null || wanted.compareTo(limit) < 0 ? wanted : limit;
    }

    /** A flow is kept from now on. */
    void opened() {
        openedAt = nanoTime.getAsLong();
    }

    /** It was lost, and nobody here ended it. */
    void lost(Duration interval) {
        boolean early = elapsedSince(openedAt).compareTo(interval.multipliedBy(KEEP_ALIVES)) < 0;
        endedEarly = early ? endedEarly + 1 : 0;
        if (endedEarly == SURE) {
            endedEarly = 0;
            Duration half = interval.dividedBy(2);
            limit = half.compareTo(SHORTEST) < 0 ? SHORTEST : half;
            limitedAt = nanoTime.getAsLong();
        }
    }

    void networkChanged() {
        limit = null;
        endedEarly = 0;
    }

    private Duration elapsedSince(long moment) {
        return Duration.ofNanos(nanoTime.getAsLong() - moment);
    }
}

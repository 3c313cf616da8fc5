// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import java.time.Duration;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * How long a flow may be idle on this network. A NAT that forgets idle connections, or a server
 * that closes them, can end a flow before its keep-alives help. If that happens twice in a row,
 * keep-alives are sent twice as often, down to every 15 s. The limit lasts for an hour or until the
 * network changes. For one flow of one account; belongs to the loop.
 */
final class IdleLimit {
    private static final Duration SHORTEST = Duration.ofSeconds(15);
    private static final Duration REMEMBERED = Duration.ofHours(1);
    /** A flow that ended after this many keep-alives did not end for lack of them. */
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

    /** Returns the keep-alive interval to use instead of the wanted one. */
    Duration within(Duration wanted) {
        if (limit != null && elapsedSince(limitedAt).compareTo(REMEMBERED) > 0) {
            limit = null;
        }
        return limit == null || wanted.compareTo(limit) < 0 ? wanted : limit;
    }

    /** The flow is kept open from now on. */
    void opened() {
        openedAt = nanoTime.getAsLong();
    }

    /** The flow was lost, and neither this side nor its network closed it. */
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

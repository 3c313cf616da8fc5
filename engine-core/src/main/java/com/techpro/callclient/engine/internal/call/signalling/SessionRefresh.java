// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.signalling;

import java.time.Duration;

/**
 * When to refresh a session with a timer, and when it has expired (RFC 4028 §10). Pure.
 *
 * <pre>
 *            agreed                       half of the interval over, and if that did not help
 *              │                          each third of what is left
 *              ▼                          ┌────────────┐
 *   ours:   counting ──────────────────►  REFRESH ─────┘ ──── the end is near ───► EXPIRED
 *   theirs: counting ───────────────────────────────────────── the end is near ───► EXPIRED
 * </pre>
 *
 * Each refresh, by either side, restarts the clock. "Near" is 32 s before the end, or a third of
 * the interval if that is shorter. The BYE then still finds the far end in the call.
 *
 * @param elapsed since the last refresh
 */
public record SessionRefresh(SessionExpires agreed, Duration elapsed) {
    private static final int ATTEMPTS = 4;
    private static final Duration MARGIN = Duration.ofSeconds(32);

    enum Due {
        REFRESH,
        EXPIRED
    }

    static SessionRefresh of(SessionExpires agreed) {
        return new SessionRefresh(agreed, Duration.ZERO);
    }

    /** Returns the time until the next event. */
    Duration next() {
        if (!agreed.ours()) {
            return end().minus(elapsed);
        }
        Duration half = agreed.interval().dividedBy(2);
        return elapsed.compareTo(half) < 0
                ? half.minus(elapsed)
                : end().minus(half).dividedBy(ATTEMPTS - 1).plusNanos(1); // rounded up, or the last would fall short
    }

    /** Returns the clock after that time. */
    SessionRefresh advanced() {
        return new SessionRefresh(agreed, elapsed.plus(next()));
    }

    Due due() {
        return elapsed.compareTo(end()) < 0 ? Due.REFRESH : Due.EXPIRED;
    }

    private Duration end() {
        Duration third = agreed.interval().dividedBy(3);
        return agreed.interval().minus(third.compareTo(MARGIN) < 0 ? third : MARGIN);
    }
}

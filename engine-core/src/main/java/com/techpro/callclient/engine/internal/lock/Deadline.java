// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.lock;

import com.techpro.callclient.stack.loop.EngineLoop;
import java.time.Duration;
import java.time.Instant;

/**
 * A time at which the app locks, measured by both clocks: the monotonic clock may stop while the
 * device sleeps, and the wall clock may be changed. The deadline is over if either clock says so,
 * or if the wall clock went back.
 */
final class Deadline {
    private final EngineLoop loop;
    private final long startNanos;
    private final Instant start;
    private final Duration length;

    Deadline(EngineLoop loop, Duration length) {
        this.loop = loop;
        this.startNanos = loop.nanoTime();
        this.start = loop.now();
        this.length = length;
    }

    Duration length() {
        return length;
    }

    /** Returns the remaining time by the monotonic clock, as used by timers; never negative. */
    Duration remaining() {
        Duration remaining = length.minusNanos(loop.nanoTime() - startNanos);
        return remaining.isNegative() ? Duration.ZERO : remaining;
    }

    boolean isOver() {
        Duration byWallClock = Duration.between(start, loop.now());
        Duration byMonotonic = Duration.ofNanos(loop.nanoTime() - startNanos);
        // A second of tolerance, because time servers correct clocks by less.
        return byMonotonic.compareTo(length) >= 0
                || byWallClock.compareTo(length) >= 0
                || byWallClock.compareTo(Duration.ofSeconds(-1)) < 0;
    }
}

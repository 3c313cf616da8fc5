// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.lock;

import com.techpro.callclient.engine.internal.loop.EngineLoop;
import java.time.Duration;
import java.time.Instant;

/**
 * A moment by which the app locks, on both clocks: the monotonic one may stand still while the device sleeps, and the wall clock may be set.
 * Whichever says first that the time is over is believed, and so is a wall clock that went back: then nobody knows.
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

    /** By the monotonic clock, as timers go; never negative. */
    Duration remaining() {
        Duration remaining = length.minusNanos(loop.nanoTime() - startNanos);
        return remaining.isNegative() ? Duration.ZERO : remaining;
    }

    boolean isOver() {
        Duration byWallClock = Duration.between(start, loop.now());
        Duration byMonotonic = Duration.ofNanos(loop.nanoTime() - startNanos);
        // A second of grace: time servers correct clocks by less.
        return byMonotonic.compareTo(length) >= 0
                || byWallClock.compareTo(length) >= 0
                || byWallClock.compareTo(Duration.ofSeconds(-1)) < 0;
    }
}

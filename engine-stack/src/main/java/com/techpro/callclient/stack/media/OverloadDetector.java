// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

/**
 * Decides whether a media loop has more work than the processor can do. A loop that is late again
 * and again has; one that is late once was held up, for example by garbage collection. Belongs to
 * the loop.
 */
final class OverloadDetector {
    private static final long LATE_NANOS = MediaLoop.FRAME_NANOS;
    /** Late turns within {@link #WINDOW_NANOS} that mean overload. */
    private static final int LATE_TURNS = 5;

    private static final long WINDOW_NANOS = 1_000_000_000;
    private static final long FIRST_RELIEF_NANOS = 10_000_000_000L;
    private static final long LONGEST_RELIEF_NANOS = 320_000_000_000L;

    private boolean overloaded;
    private int lateTurns;
    private long windowBegan;
    private long lastLate;
    private long recoveredAt;
    /** How long the next overload lasts after its last late turn. */
    private long reliefNanos = FIRST_RELIEF_NANOS;

    /** @param dueNanos when this turn was due */
    void turn(long nowNanos, long dueNanos) {
        if (nowNanos - dueNanos > LATE_NANOS) {
            late(nowNanos);
        } else if (overloaded && nowNanos - lastLate >= reliefNanos) {
            overloaded = false;
            lateTurns = 0;
            recoveredAt = nowNanos;
        }
    }

    private void late(long now) {
        lastLate = now;
        if (lateTurns == 0 || now - windowBegan > WINDOW_NANOS) {
            windowBegan = now;
            lateTurns = 0;
        }
        if (++lateTurns >= LATE_TURNS && !overloaded) {
            overloaded = true;
            // Full effort was too much soon after the last overload: it is tried less often.
            boolean again = recoveredAt != 0 && now - recoveredAt < reliefNanos;
            reliefNanos = again ? Math.min(LONGEST_RELIEF_NANOS, 2 * reliefNanos) : FIRST_RELIEF_NANOS;
        }
    }

    /**
     * Whether work should be saved. True until no turn was late for ten seconds, or longer if it
     * recurs.
     */
    boolean isOverloaded() {
        return overloaded;
    }
}

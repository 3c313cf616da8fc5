// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

/**
 * Detects overload from how long requests outside dialogs waited: the queue delay that RFC 6357 §5
 * names as a measure of load, judged as in CoDel (RFC 8289 §3).
 *
 * <p>A single long wait is no overload: after a pause the queue is processed, however old it is,
 * unless that takes too long. The engine is overloaded once waits exceed the target for an
 * {@link #INTERVAL}, or at once if the queue is crowded. That ends when a wait is at most half of
 * the target. During overload, requests that waited longer than the target are refused; in a
 * crowded queue, the others too.
 *
 * <p>The target is well below the 500 ms after which a caller retransmits its INVITE (RFC 3261
 * timer A), so that accepted requests are not retransmitted. A MESSAGE may wait longer: it comes
 * over a connection, on which nothing is retransmitted, and its sender waits for 32 s (timer F).
 */
final class OverloadControl {
    static final long TARGET = 200_000_000L;
    static final long INTERVAL = 200_000_000L;
    static final long TARGET_OF_TEXTS = 4_000_000_000L;

    private final long target;
    private boolean overloaded;
    private boolean behind;
    private long behindSince;

    OverloadControl() {
        this(TARGET);
    }

    /**
     * @param target how long, in nanoseconds, a request may wait
     */
    OverloadControl(long target) {
        this.target = target;
    }

    /**
     * Called before a request outside dialogs is processed.
     *
     * @param delay how long it waited, in nanoseconds
     * @param crowded whether so many wait that memory counts more than bursts
     * @return whether to refuse it
     */
    boolean refuses(long delay, long nanoTime, boolean crowded) {
        if (delay < target) {
            behind = false;
            overloaded &= delay > target / 2;
            return overloaded && crowded;
        }
        if (!behind) {
            behind = true;
            behindSince = nanoTime;
        }
        overloaded |= crowded || nanoTime - behindSince >= INTERVAL;
        return overloaded;
    }

    /** The queue is empty. */
    void idle() {
        behind = false;
        overloaded = false;
    }

    boolean isOverloaded() {
        return overloaded;
    }
}

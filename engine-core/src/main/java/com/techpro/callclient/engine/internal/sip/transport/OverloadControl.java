// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip.transport;

/**
 * Says when the engine is behind, from how long requests outside dialogs waited for it: the queue delay that RFC 6357 §5 names as a measure
 * of load, judged as CoDel does (RFC 8289 §3). One long wait is none: after a pause the queue is served, however old it is, unless that
 * takes too long. Whoever is behind for an {@link #INTERVAL} is overloaded, until waits are half of the target again; while it is,
 * requests that waited longer than the target are refused, and those that did not are served, so that it goes on doing all it can.
 *
 * <p>The target is well below the 500 ms after which a caller repeats its INVITE (RFC 3261 timer A): what is served is not asked twice. A MESSAGE may
 * wait longer: it comes over a connection, on which nothing is repeated, and its sender waits for 32 s (timer F).
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

    /** @param target how long, in nanoseconds, a request may wait */
    OverloadControl(long target) {
        this.target = target;
    }

    /**
     * A request outside dialogs is about to be served.
     *
     * @param delay how long it waited, in nanoseconds
     * @param crowded whether so many wait that memory counts more than bursts
     * @return whether it should be refused
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

    /** Nothing waits. */
    void idle() {
        behind = false;
        overloaded = false;
    }

    boolean isOverloaded() {
        return overloaded;
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.lock;

import java.util.concurrent.atomic.AtomicLong;

/**
 * The user's requests to lock, which apply before the loop handles them. Usable from any thread.
 */
final class LockWishes {
    private final AtomicLong made = new AtomicLong();
    private final AtomicLong met = new AtomicLong();

    void make() {
        made.incrementAndGet();
    }

    /** Notes that the loop has handled one; the state already shows it. */
    void meet() {
        met.incrementAndGet();
    }

    boolean areOpen() {
        return made.get() != met.get();
    }

    /** Returns a count that shows whether another request followed. */
    long count() {
        return made.get();
    }
}

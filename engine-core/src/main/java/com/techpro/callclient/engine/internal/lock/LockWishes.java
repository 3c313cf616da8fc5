// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.lock;

import java.util.concurrent.atomic.AtomicLong;

/** The user's wishes to lock, which hold before the loop comes to them. From any thread. */
final class LockWishes {
    private final AtomicLong made = new AtomicLong();
    private final AtomicLong met = new AtomicLong();

    void make() {
        made.incrementAndGet();
    }

    /** The loop has come to one; the state says so already. */
    void meet() {
        met.incrementAndGet();
    }

    boolean areOpen() {
        return made.get() != met.get();
    }

    /** Tells whether there was another one since. */
    long count() {
        return made.get();
    }
}

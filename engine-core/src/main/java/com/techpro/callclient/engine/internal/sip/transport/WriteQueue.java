// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip.transport;

import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Bounds what waits between the network's threads and the loop. Thread-safe. */
final class WriteQueue {
    private final int limit;
    private final AtomicInteger waiting = new AtomicInteger();
    private final AtomicLong overflow = new AtomicLong();

    WriteQueue(int limit) {
        this.limit = limit;
    }

    /** @return whether one more may wait; if so, {@link #leave} must follow */
    boolean enter() {
        if (waiting.incrementAndGet() > limit) {
            waiting.decrementAndGet();
            overflow.incrementAndGet();
            return false;
        }
        return true;
    }

    void leave() {
        waiting.decrementAndGet();
    }

    long overflow() {
        return overflow.get();
    }
}

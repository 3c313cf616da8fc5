// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.javasound;

import java.util.concurrent.locks.ReentrantLock;

/**
 * Lets a stream's callbacks run one at a time until it is shut; after {@link #shut} has returned,
 * none starts (AUD-6).
 */
final class CallbackGate {
    /** Re-entrant, so that a callback may close its own stream. */
    private final ReentrantLock passage = new ReentrantLock();

    private boolean shut;

    void pass(Runnable callback) {
        passage.lock();
        try {
            if (!shut) {
                callback.run();
            }
        } finally {
            passage.unlock();
        }
    }

    /** Waits for the current callback, unless this is called from it. */
    void shut() {
        passage.lock();
        try {
            shut = true;
        } finally {
            passage.unlock();
        }
    }
}

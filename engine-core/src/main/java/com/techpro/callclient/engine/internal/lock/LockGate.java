// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.lock;

import com.techpro.callclient.engine.lock.LockedException;

/** What everything that the lock protects asks before it does anything. */
public interface LockGate {
    /** From any thread. */
    boolean isLocked();

    /** Runs the task on the loop once the app is not locked: in this call, or when it is unlocked. On the loop. */
    void whenOpen(Runnable task);

    /**
     * From any thread.
     *
     * @throws LockedException if the app is locked
     */
    default void requireOpen() {
        if (isLocked()) {
            throw new LockedException();
        }
    }
}

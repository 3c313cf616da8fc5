// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.internal.lock.Lock;
import com.techpro.callclient.engine.lock.LockedException;
import java.util.concurrent.atomic.AtomicBoolean;

/** What may be asked of the client now: nothing once it is closed, and little while the app is locked. From any thread. */
final class Gate {
    private final Lock lock;
    private final boolean answerWhileLocked;
    private final AtomicBoolean closed = new AtomicBoolean();

    Gate(Lock lock, boolean answerWhileLocked) {
        this.lock = lock;
        this.answerWhileLocked = answerWhileLocked;
    }

    /** @return whether this was the first time */
    boolean close() {
        return closed.compareAndSet(false, true);
    }

    boolean isClosed() {
        return closed.get();
    }

    /**
     * For what may be done while the app is locked.
     *
     * @throws IllegalStateException if the client is closed
     */
    void requireOpen() {
        if (closed.get()) {
            throw new IllegalStateException("the client is closed");
        }
    }

    /**
     * For what is only looked at, also after the end.
     *
     * @throws LockedException if the app is locked
     */
    void requireUnlocked() {
        lock.requireOpen();
    }

    /**
     * For all else.
     *
     * @throws IllegalStateException if the client is closed
     * @throws LockedException if the app is locked
     */
    void requireUsable() {
        requireOpen();
        requireUnlocked();
    }

    boolean isLocked() {
        return lock.isLocked();
    }

    /** Whether a call may be answered, as far as the lock is concerned. */
    boolean permitsAnswering() {
        return answerWhileLocked || !lock.isLocked();
    }

    /**
     * @throws IllegalStateException if the client is closed
     * @throws LockedException if the app is locked, and that forbids answering
     */
    void requireAnswerable() {
        requireOpen();
        if (!answerWhileLocked) {
            requireUnlocked();
        }
    }
}

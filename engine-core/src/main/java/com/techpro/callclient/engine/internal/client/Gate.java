// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.client;

import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.internal.lock.Lock;
import com.techpro.callclient.engine.lock.LockedException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/**
 * Checks whether the host may use the client now: not after it is closed, and only in part while
 * the app is locked. Usable from any thread.
 */
final class Gate {
    private final Lock lock;
    private final BooleanSupplier answerWhileLocked;
    private final boolean showCallerWhileLocked;
    private final AtomicBoolean closed = new AtomicBoolean();

    /** @param answerWhileLocked queried at each use, from any thread */
    Gate(Lock lock, BooleanSupplier answerWhileLocked, boolean showCallerWhileLocked) {
        this.lock = lock;
        this.answerWhileLocked = answerWhileLocked;
        this.showCallerWhileLocked = showCallerWhileLocked;
    }

    /** @return whether this was the first call */
    boolean close() {
        return closed.compareAndSet(false, true);
    }

    boolean isClosed() {
        return closed.get();
    }

    /**
     * For operations that are allowed while the app is locked.
     *
     * @throws IllegalStateException if the client is closed
     */
    void requireOpen() {
        if (closed.get()) {
            throw new IllegalStateException("the client is closed");
        }
    }

    /**
     * For read-only operations, which are allowed after the end too.
     *
     * @throws LockedException if the app is locked
     */
    void requireUnlocked() {
        lock.requireOpen();
    }

    /**
     * For all other operations.
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

    /** Whether the lock permits answering a call. */
    boolean permitsAnswering() {
        return !lock.isLocked() || answerWhileLocked.getAsBoolean();
    }

    /** Returns the caller as the system may show it now. */
    Caller shown(Caller caller) {
        return showCallerWhileLocked || !lock.isLocked() ? caller : Caller.WITHHELD;
    }

    /**
     * @throws IllegalStateException if the client is closed
     * @throws LockedException if the app is locked and answering is then forbidden
     */
    void requireAnswerable() {
        requireOpen();
        if (!answerWhileLocked.getAsBoolean()) {
            requireUnlocked();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.lock;

import com.techpro.callclient.ports.storage.SecureStoreException;

/** Whether the app is locked, and why; see {@link LockMachine}. */
sealed interface LockState {
    /** The store is being read; nobody knows yet whether there is a lock, so there is one. */
    record Loading() implements LockState {}

    /** The store does not say whether there is a lock, so there is one. */
    record Unreadable(SecureStoreException.Reason reason) implements LockState {}

    record Open(LockRecord record) implements LockState {}

    /** @param number tells this time from the next, for answers that come late */
    record Locked(LockRecord record, long number) implements LockState {}

    default LockRecord record() {
        if (this instanceof Open open) {
            return open.record;
        }
        return this instanceof Locked locked ? locked.record : LockRecord.EMPTY;
    }

    default boolean isLocked() {
        return !(this instanceof Open);
    }
}

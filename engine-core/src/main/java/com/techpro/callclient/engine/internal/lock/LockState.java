// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.lock;

import com.techpro.callclient.ports.storage.SecureStoreException;

/** Whether the app is locked, and why; see {@link LockMachine}. */
sealed interface LockState {
    /** The store is being read; until it is known whether there is a lock, the app is locked. */
    record Loading() implements LockState {}

    /** The store cannot be read, so the app counts as locked. */
    record Unreadable(SecureStoreException.Reason reason) implements LockState {}

    record Open(LockRecord record) implements LockState {}

    /** @param number distinguishes this lock from the next, for late answers */
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

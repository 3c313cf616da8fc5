// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.privacy;

import com.techpro.callclient.ports.storage.SecureStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Whether the data that the user sees is also in the store.
 *
 * @param reason the cause of {@link State#UNREADABLE} and {@link State#UNSAVED}, else null; its
 *     advice says what to do
 */
public record StorageStatus(State state, SecureStoreException.@Nullable Reason reason) {
    /** How far the store and the data in memory agree. */
    public enum State {
        /** The store is being read; its data comes with the next event. */
        LOADING,
        /** All data is in the store, or is being written. */
        STORED,
        /** The host provides no store: nothing survives the client. */
        MEMORY_ONLY,
        /**
         * The stored data cannot be read and is left as it is. Changes are kept in memory, and
         * merged with it when it can be read.
         */
        UNREADABLE,
        /** The last change could not be stored yet; the engine retries. */
        UNSAVED,
        /** The organisation has switched this off. */
        OFF
    }

    /** Returns a status without a reason. */
    public static StorageStatus of(State state) {
        return new StorageStatus(state, null);
    }
}

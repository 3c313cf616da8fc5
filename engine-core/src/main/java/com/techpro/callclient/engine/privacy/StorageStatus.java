// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.privacy;

import com.techpro.callclient.ports.storage.SecureStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Whether what the user sees is also in the store.
 *
 * @param reason why not, for {@link State#UNREADABLE} and {@link State#UNSAVED}; its advice says what to do
 */
public record StorageStatus(State state, SecureStoreException.@Nullable Reason reason) {
    /** How far the store and the user's data agree. */
    public enum State {
        /** The store is being read; what is there comes with the next event. */
        LOADING,
        /** Everything is in the store, or on its way there. */
        STORED,
        /** The host gave no store: nothing survives the client. */
        MEMORY_ONLY,
        /** What is stored cannot be read and is left as it is; until it can, changes are kept in memory and joined to it then. */
        UNREADABLE,
        /** The last change could not be stored yet; it is tried again. */
        UNSAVED,
        /** The organisation has switched this off. */
        OFF
    }

    /** A status that needs no reason. */
    public static StorageStatus of(State state) {
        return new StorageStatus(state, null);
    }
}

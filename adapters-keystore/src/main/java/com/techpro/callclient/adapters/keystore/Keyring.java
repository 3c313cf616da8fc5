// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.keystore;

import com.techpro.callclient.ports.storage.SecureStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Short texts that the operating system stores for the user, by name. It neither asks the user to
 * unlock it nor waits for that. A locked keyring is {@link SecureStoreException.Reason#LOCKED}, a
 * missing one {@link SecureStoreException.Reason#UNAVAILABLE}.
 */
public interface Keyring {
    /** Connects; a session serves a few consecutive operations and is then closed. */
    Session open() throws SecureStoreException;

    /** A few consecutive operations on one thread. */
    interface Session extends AutoCloseable {
        /** Null if there is no such entry. The caller wipes the array. */
        char @Nullable [] get(String name) throws SecureStoreException;

        /**
         * Stores a text. Before it returns it has verified that {@link #get} returns the new text.
         */
        void put(String name, char[] text) throws SecureStoreException;

        /** Removes an entry; when it returns there is none. */
        void remove(String name) throws SecureStoreException;

        @Override
        void close();
    }
}

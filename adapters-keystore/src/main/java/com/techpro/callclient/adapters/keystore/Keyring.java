// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.keystore;

import com.techpro.callclient.ports.storage.SecureStoreException;
import org.jspecify.annotations.Nullable;

/**
 * Short texts that the operating system keeps for the user, under names. It neither asks the user to unlock it nor waits for that: a
 * locked one is {@link SecureStoreException.Reason#LOCKED}, one that is not there {@link SecureStoreException.Reason#UNAVAILABLE}.
 */
public interface Keyring {
    /** Connects; one session serves a few operations one after another, and is closed. */
    Session open() throws SecureStoreException;

    /** A few operations one after another, on one thread. */
    interface Session extends AutoCloseable {
        /** Null if there is no such entry. The caller wipes the array. */
        char @Nullable [] get(String name) throws SecureStoreException;

        /** When it returns, {@link #get} tells the new text: looked, not believed. */
        void put(String name, char[] text) throws SecureStoreException;

        /** When it returns there is no such entry. */
        void remove(String name) throws SecureStoreException;

        @Override
        void close();
    }
}

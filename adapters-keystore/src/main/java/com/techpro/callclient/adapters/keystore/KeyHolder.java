// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.keystore;

import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Holds the key-encrypting key, and remembers outside the vault file how often the file was
 * written.
 */
interface KeyHolder extends AutoCloseable {
    /**
     * Returns the reason for when a sound file's data key was wrapped with another key than this
     * holder's.
     */
    Reason wrongKey();

    /** Opens access for a few consecutive steps; close it after them. */
    Access access() throws SecureStoreException;

    /** Wipes what it holds in memory. */
    @Override
    void close();

    interface Access extends AutoCloseable {
        /** Returns the key of a file with this header. The caller wipes it. */
        byte[] keyOf(VaultHeader header) throws SecureStoreException;

        /** Returns a key for a first file. Call it only if there is no file. */
        NewKey newKey() throws SecureStoreException;

        /**
         * Returns the remembered generation; empty if there is none.
         *
         * @param key null without a file, so that the key is unknown; then the result may be forged
         */
        OptionalLong generation(byte @Nullable [] key) throws SecureStoreException;

        /** Remembers this generation before it returns. */
        void remember(long generation, byte[] key) throws SecureStoreException;

        /** Deletes key and generation before it returns. */
        void destroy() throws SecureStoreException;

        @Override
        void close();
    }

    /** A key, and a header that tells how to find it again. */
    @SuppressWarnings("ArrayRecordComponent") // handed over once, and wiped
    record NewKey(byte[] key, VaultHeader header) {
        @Override
        public String toString() {
            return "NewKey[redacted]";
        }
    }

    static void wipe(byte @Nullable [] key) {
        if (key != null) {
            Arrays.fill(key, (byte) 0);
        }
    }
}

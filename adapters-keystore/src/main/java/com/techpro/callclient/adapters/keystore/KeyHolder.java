// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.keystore;

import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import java.util.Arrays;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Who has the key-encrypting key, and remembers outside the vault file how often that was written. */
interface KeyHolder extends AutoCloseable {
    /** What is said when a sound file's data key was wrapped with another key than this holder's. */
    Reason wrongKey();

    /** For a few steps one after another; closed after them. */
    Access access() throws SecureStoreException;

    /** Wipes what it holds in memory. */
    @Override
    void close();

    interface Access extends AutoCloseable {
        /** The key of a file with this header. The caller wipes it. */
        byte[] keyOf(VaultHeader header) throws SecureStoreException;

        /** A key for a first file. To be called only where there is no file. */
        NewKey newKey() throws SecureStoreException;

        /**
         * The generation remembered; empty if there is none.
         *
         * @param key null where there is no file, so that nobody knows the key; then it may be forged
         */
        OptionalLong generation(byte @Nullable [] key) throws SecureStoreException;

        /** When it returns, this is the generation remembered. */
        void remember(long generation, byte[] key) throws SecureStoreException;

        /** When it returns, neither key nor generation is there any more. */
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

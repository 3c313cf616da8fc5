// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.keystore;

import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.ports.storage.SecureStoreException.Reason;

/**
 * Log-out. First the file goes, which needs no keyring; then the key; then it is looked whether both are gone. A mark in the directory
 * tells that this has begun: if the keyring is locked, or the program ends halfway, whoever opens the store next goes on with it, and
 * does not take what is half gone for a store from which somebody took the file.
 */
final class VaultErasure {
    static final String MARK = "vault.erasing";

    private VaultErasure() {}

    static boolean hasBegun(VaultFiles files) {
        return files.exists(MARK);
    }

    static void begin(VaultFiles files) throws SecureStoreException {
        SecureStoreException unmarked = null;
        try {
            files.replace(MARK, new byte[0]);
        } catch (SecureStoreException e) {
            unmarked = e; // a full disk must not keep anybody from logging out
        }
        try {
            files.delete(VaultSession.FILE);
        } catch (SecureStoreException e) {
            if (unmarked != null) {
                e.addSuppressed(unmarked);
            }
            throw e;
        }
    }

    static void finish(VaultFiles files, KeyHolder.Access access) throws SecureStoreException {
        files.delete(VaultSession.FILE);
        access.destroy();
        if (files.exists(VaultSession.FILE) || access.generation(null).isPresent()) {
            throw new SecureStoreException(Reason.FAILED, null);
        }
        files.delete(MARK);
    }
}

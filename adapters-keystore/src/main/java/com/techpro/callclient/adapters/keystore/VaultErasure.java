// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.keystore;

import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.ports.storage.SecureStoreException.Reason;

/**
 * Erases the store at log-out. It deletes the file first, which needs no keyring, then the key, and
 * then checks that both are gone. A mark in the directory records that this has begun. If the
 * keyring is locked, or the program ends halfway, the next opening of the store continues. It does
 * not mistake a half-erased store for one whose file was stolen.
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
            unmarked = e; // a full disk must not prevent a log-out
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

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.settings;

/** The secret that opens the app users' vaults. */
public enum VaultKind {
    PASSPHRASE("passphrase"),
    /** The operating system's keyring. */
    KEYRING("keyring");

    private final String code;

    VaultKind(String code) {
        this.code = code;
    }

    /** Returns the word in reports. */
    public String code() {
        return code;
    }
}

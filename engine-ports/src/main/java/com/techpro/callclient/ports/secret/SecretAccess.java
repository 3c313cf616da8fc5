// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.secret;

/**
 * The token that reading a {@link Secret} requires. Only three kinds of code get one: the engine's
 * authenticators, adapters that log in to a phone system, and stores that derive a key. An
 * architecture test in the engine lists those in the engine (promise C1).
 */
public final class SecretAccess {
    private static final SecretAccess FOR_AUTHENTICATORS = new SecretAccess();
    private static final SecretAccess FOR_KEY_DERIVATION = new SecretAccess();

    private SecretAccess() {}

    /** For code that proves the user's identity to the phone system, and for no other. */
    public static SecretAccess forAuthenticators() {
        return FOR_AUTHENTICATORS;
    }

    /**
     * For a secure store that derives a key from a passphrase, and for no other code. Nothing in
     * the engine uses it.
     */
    public static SecretAccess forKeyDerivation() {
        return FOR_KEY_DERIVATION;
    }
}

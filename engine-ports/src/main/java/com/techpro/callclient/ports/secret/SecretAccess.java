// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.secret;

/**
 * The token without which a {@link Secret} cannot be read. Only the engine's authenticators, adapters that log in to a phone system,
 * and stores that derive a key obtain one; an architecture test in the engine lists who does there (promise C1).
 */
public final class SecretAccess {
    private static final SecretAccess FOR_AUTHENTICATORS = new SecretAccess();
    private static final SecretAccess FOR_KEY_DERIVATION = new SecretAccess();

    private SecretAccess() {}

    /** For code whose job is to prove the user's identity to the phone system, and for no other. */
    public static SecretAccess forAuthenticators() {
        return FOR_AUTHENTICATORS;
    }

    /** For a secure store that makes a key of a passphrase, and for no other; nothing in the engine does. */
    public static SecretAccess forKeyDerivation() {
        return FOR_KEY_DERIVATION;
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.secret;

/**
 * The token without which a {@link Secret} cannot be read. Only the engine's authenticators, and adapters that log in to a phone
 * system, obtain one; an architecture test in the engine lists them (promise C1).
 */
public final class SecretAccess {
    private static final SecretAccess FOR_AUTHENTICATORS = new SecretAccess();

    private SecretAccess() {}

    /** For code whose job is to prove the user's identity to the phone system, and for no other. */
    public static SecretAccess forAuthenticators() {
        return FOR_AUTHENTICATORS;
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.store;

import java.util.Set;

/**
 * Everything the engine stores about its user, and the fields that the user is shown (promise R1).
 * A field not named here is never shown. A test fails if a document has a field that is in neither
 * set.
 */
public enum StoredName {
    /** The stored login. */
    ACCOUNT("account", "version kind user host port anchors pins", "password"),
    /** The app lock. */
    LOCK(
            "lock",
            "version mode idle background failures lastFailure enrolmentTrusted pinFailures",
            "salt iterations hash pinSalt pinIterations pinHash"),
    FAVORITES("favorites", "version favorites", ""),
    HISTORY("history", "version calls conferences deleted due", ""),
    TEXT_MESSAGES("text-messages", "version texts", ""),
    DO_NOT_DISTURB("do-not-disturb", "version on", ""),
    CALL_FORWARDING("call-forwarding", "version always busy unanswered answerMillis", ""),
    /** The instance ID for registrars (RFC 5626), and the Contacts registered there. */
    INSTANCE("instance", "version instance contacts", "");

    private final String text;
    private final String shown;
    private final String secret;

    /** Fields are separated by spaces. */
    StoredName(String text, String shown, String secret) {
        this.text = text;
        this.shown = shown;
        this.secret = secret;
    }

    /** Returns the name used in the store. */
    public String text() {
        return text;
    }

    /** Returns the fields that the user may see, with all their content. */
    public Set<String> shown() {
        return fields(shown);
    }

    /** Returns the fields that are never shown. */
    public Set<String> secret() {
        return fields(secret);
    }

    private static Set<String> fields(String text) {
        return text.isEmpty() ? Set.of() : Set.of(text.split(" ", -1));
    }
}

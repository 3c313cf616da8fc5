// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.store;

import java.util.Set;

/**
 * Everything that the engine stores of its user, and what of it the user is shown (promise R1). A field that is not named here is never
 * shown, and a test fails as long as a document has one that is named in neither set.
 */
public enum StoredName {
    /** The login that is remembered. */
    ACCOUNT("account", "version kind user host port anchors pins", "password"),
    /** The lock on the app. */
    LOCK(
            "lock",
            "version mode idle background failures lastFailure enrolmentTrusted pinFailures",
            "salt iterations hash pinSalt pinIterations pinHash"),
    FAVORITES("favorites", "version favorites", ""),
    HISTORY("history", "version calls conferences deleted due", ""),
    TEXT_MESSAGES("text-messages", "version texts", ""),
    DO_NOT_DISTURB("do-not-disturb", "version on", ""),
    CALL_FORWARDING("call-forwarding", "version always busy unanswered answerMillis", ""),
    /** What a registrar tells this installation from others by (RFC 5626). */
    INSTANCE("instance", "version instance", "");

    private final String text;
    private final String shown;
    private final String secret;

    /** Fields with spaces between. */
    StoredName(String text, String shown, String secret) {
        this.text = text;
        this.shown = shown;
        this.secret = secret;
    }

    /** As the store knows it. */
    public String text() {
        return text;
    }

    /** Fields of the document that its owner may see, with all that is in them. */
    public Set<String> shown() {
        return fields(shown);
    }

    /** Fields of the document that nobody is shown. */
    public Set<String> secret() {
        return fields(secret);
    }

    private static Set<String> fields(String text) {
        return text.isEmpty() ? Set.of() : Set.of(text.split(" ", -1));
    }
}

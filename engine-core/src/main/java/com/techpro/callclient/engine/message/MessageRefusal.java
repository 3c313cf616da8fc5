// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.message;

/** Why this client did not send a text. */
public enum MessageRefusal {
    /**
     * The account's transport is not encrypted, or its {@code SecurityFloor} permits that: texts
     * are never sent readable on the network.
     */
    INSECURE_TRANSPORT("insecure-transport"),
    /** The text is empty. */
    EMPTY("empty"),
    /** The text is longer than {@link TextMessage#LONGEST} bytes of UTF-8. */
    TOO_LONG("too-long"),
    /** Too many texts of this account wait for an answer. */
    TOO_MANY_PENDING("too-many-pending"),
    /** The sender of the text did not ask for this receipt, or withheld its identity. */
    NOT_ASKED_FOR("not-asked-for"),
    /** The account was removed, or the client was closed, before the phone system answered. */
    ACCOUNT_GONE("account-gone");

    private final String code;

    MessageRefusal(String code) {
        this.code = code;
    }

    /** Returns a stable word for logs and statistics. */
    public String code() {
        return code;
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.message;

/** Why this client did not send a text. */
public enum MessageRefusal {
    /**
     * The account's transport is not encrypted, or its {@code SecurityFloor} permits that: texts
     * are never sent readable on the network.
     */
    INSECURE_TRANSPORT("insecure-transport", "Texts need an encrypted connection; ask your administrator."),
    /** The text is empty. */
    EMPTY("empty", "Type a text first."),
    /** The text is longer than {@link TextMessage#LONGEST} bytes of UTF-8. */
    TOO_LONG("too-long", "Shorten the text."),
    /** Too many texts of this account wait for an answer. */
    TOO_MANY_PENDING("too-many-pending", "Earlier texts still wait for an answer; try again later."),
    /** The sender of the text did not ask for this receipt, or withheld its identity. */
    NOT_ASKED_FOR("not-asked-for", "The sender does not expect this receipt."),
    /** The account was removed, or the client was closed, before the phone system answered. */
    ACCOUNT_GONE("account-gone", "There was no answer: the account was removed, or the app is closing.");

    private final String code;
    private final String advice;

    MessageRefusal(String code, String advice) {
        this.code = code;
        this.advice = advice;
    }

    /** Returns a stable word for logs and statistics. */
    public String code() {
        return code;
    }

    /** Returns what happened or what the user can do, in one English sentence. */
    public String advice() {
        return advice;
    }
}

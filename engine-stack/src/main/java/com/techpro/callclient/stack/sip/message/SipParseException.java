// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.message;

/**
 * A text violates its grammar. The exception message names the rule, never the text, which may be
 * personal.
 */
public final class SipParseException extends Exception {
    private static final long serialVersionUID = 1L;

    private final Rejection rejection;

    SipParseException(String rule) {
        this(Rejection.MALFORMED_HEADER, rule);
    }

    SipParseException(Rejection rejection, String rule) {
        super(rule, null, false, false);
        this.rejection = rejection;
    }

    /** Returns the rejection for a message that contains this text. */
    public Rejection rejection() {
        return rejection;
    }
}

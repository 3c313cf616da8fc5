// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

/**
 * The user typed something that cannot be dialled. The message is {@link Reason#advice}, and repeats nothing of the
 * input.
 */
public final class UndialableException extends IllegalArgumentException {
    private static final long serialVersionUID = 1L;

    private final Reason reason;

    public UndialableException(Reason reason) {
        super(reason.advice());
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** The reason why the input cannot be dialled. */
    public enum Reason {
        EMPTY("Type a number or a name."),
        /** More than 255 characters. */
        TOO_LONG("This is too long for a number or an address; the limit is 255 characters."),
        NOT_AN_ADDRESS("This is not a number, name or address; check it for an extra space or colon."),
        /** An address with a host but no user. */
        NOBODY("This address has no user name; type one like anna@example.org."),
        /** A semicolon after a number, where other phones wait until the user confirms. */
        WAIT("Dial the part before the semicolon, and press the rest once the call is answered."),
        /** Digits to send after the answer, where this phone makes no call. */
        KEYS("Leave out the comma and what follows it: keys can be sent only in a call that you make.");

        private final String advice;

        Reason(String advice) {
            this.advice = advice;
        }

        /** What the user can do, in one sentence. */
        public String advice() {
            return advice;
        }
    }
}

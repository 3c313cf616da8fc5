// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.voicemail;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A request to a mailbox failed. The message contains no personal data. */
public final class VoicemailException extends IOException {
    private static final long serialVersionUID = 1;

    private final Reason reason;

    /** @param detail for the log: without personal data or text from the server */
    public VoicemailException(Reason reason, String detail) {
        this(reason, detail, null);
    }

    /** @param cause the cause; only its class name is printed */
    public VoicemailException(Reason reason, String detail, @Nullable Throwable cause) {
        super(cause == null ? detail : detail + " (" + cause.getClass().getSimpleName() + ")");
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** What went wrong, in as much detail as advice to the user needs. */
    public enum Reason {
        /** The mailbox's server cannot be reached, or did not answer in time. */
        UNREACHABLE,
        /** The server could not be authenticated. */
        UNTRUSTED,
        /** The server does not accept the user's credentials. */
        REFUSED,
        /** The message no longer exists. */
        NO_SUCH_MESSAGE,
        /** The mailbox is full. */
        FULL,
        /** This mailbox does not support the operation. */
        UNSUPPORTED,
        /** The server's answer could not be understood. */
        PROTOCOL,
        /** The box was closed. */
        CLOSED
    }
}

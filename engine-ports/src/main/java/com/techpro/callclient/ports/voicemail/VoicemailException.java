// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.voicemail;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A mailbox did not do what was asked of it. Its message holds no personal data. */
public final class VoicemailException extends IOException {
    private static final long serialVersionUID = 1;

    private final Reason reason;

    /** @param detail for the log: no personal data, nothing that the server sent */
    public VoicemailException(Reason reason, String detail) {
        this(reason, detail, null);
    }

    /** @param cause of which only the kind is printed */
    public VoicemailException(Reason reason, String detail, @Nullable Throwable cause) {
        super(cause == null ? detail : detail + " (" + cause.getClass().getSimpleName() + ")");
        this.reason = reason;
    }

    public Reason reason() {
        return reason;
    }

    /** What went wrong, and so what can be done. */
    public enum Reason {
        /** The mailbox's server cannot be reached, or did not answer in time. */
        UNREACHABLE,
        /** The server did not prove who it is. */
        UNTRUSTED,
        /** The server does not accept the user's credentials. */
        REFUSED,
        /** The message is not there any more. */
        NO_SUCH_MESSAGE,
        /** The mailbox is full. */
        FULL,
        /** This mailbox cannot do that. */
        UNSUPPORTED,
        /** The server answered what makes no sense. */
        PROTOCOL,
        /** The box was closed. */
        CLOSED
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.message;

import com.techpro.callclient.engine.failure.Failure;

/**
 * The outcome of sending a text: see {@link com.techpro.callclient.engine.Account#sendMessage}.
 * Prints without personal data.
 */
public sealed interface MessageOutcome {
    /** Identifies the message; equals the {@link MessageReceipt#messageId} of its receipts. */
    String id();

    /** A device of the other side received it (200). */
    record Delivered(String id) implements MessageOutcome {}

    /** The phone system accepted it and delivers it later (202, RFC 3428 §7). */
    record Accepted(String id) implements MessageOutcome {}

    /** It was not delivered, or it is unknown whether it was. */
    record Failed(String id, Failure failure) implements MessageOutcome {}

    /**
     * Nothing was sent. With {@link MessageRefusal#ACCOUNT_GONE}, it may have been sent, but no
     * answer came.
     */
    record Refused(String id, MessageRefusal reason) implements MessageOutcome {}
}

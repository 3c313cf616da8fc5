// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.message;

import com.techpro.callclient.engine.call.Failure;

/** What became of a text that was sent: see {@link com.techpro.callclient.engine.Account#sendMessage}. Prints without personal data. */
public sealed interface MessageOutcome {
    /** Names the message; {@link MessageReceipt#messageId} of each receipt for it is the same. */
    String id();

    /** A device of the other side has it (200). */
    record Delivered(String id) implements MessageOutcome {}

    /** The phone system has it and passes it on later (202, RFC 3428 §7). */
    record Accepted(String id) implements MessageOutcome {}

    /** It was not delivered, or nobody said whether it was. */
    record Failed(String id, Failure failure) implements MessageOutcome {}

    /** Nothing was sent; with {@link MessageRefusal#ACCOUNT_GONE}, nothing was heard of it. */
    record Refused(String id, MessageRefusal reason) implements MessageOutcome {}
}

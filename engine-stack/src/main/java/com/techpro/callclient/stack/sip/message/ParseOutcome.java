// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.message;

import org.jspecify.annotations.Nullable;

/** The result of parsing received bytes. */
public sealed interface ParseOutcome {
    /**
     * A message with a well-formed start line, in which every header that the stack uses is
     * well-formed.
     */
    record Parsed(SipMessage message) implements ParseOutcome {}

    /**
     * Not a message that this stack processes.
     *
     * @param answer the response to send; null if RFC 3261 requires none, or there is no address
     *     for it
     */
    record Rejected(Rejection reason, @Nullable SipResponse answer) implements ParseOutcome {}
}

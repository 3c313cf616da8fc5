// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip.message;

import org.jspecify.annotations.Nullable;

/** What became of received bytes. */
public sealed interface ParseOutcome {
    /** A message whose start line and every header that the stack relies on are well-formed. */
    record Parsed(SipMessage message) implements ParseOutcome {}

    /**
     * Not a message this stack will act on.
     *
     * @param answer what to send back, or null where RFC 3261 says to stay silent or nobody could be addressed
     */
    record Rejected(Rejection reason, @Nullable SipResponse answer) implements ParseOutcome {}
}

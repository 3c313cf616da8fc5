// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.message;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A stored text. Immutable; prints without personal data.
 *
 * @param id identifies it among the stored texts; for a sent text, its {@link MessageOutcome#id}
 * @param account the account it belongs to: its user and domain, with an at sign between
 * @param party the other party in the same form; {@link TextMessages#ANONYMOUS} if it withheld its
 *     identity
 * @param at when it was received or written, in whole milliseconds
 * @param received the received text, for
 *     {@link com.techpro.callclient.engine.Account#confirmDisplayed}; null for a sent one
 */
public record StoredMessage(
        String id,
        String account,
        String party,
        String text,
        Instant at,
        State state,
        @Nullable TextMessage received) {
    /** The state of a text. */
    public enum State {
        /** Received and not read yet. */
        UNREAD,
        /**
         * Received and read: by {@link TextMessages#markRead} or
         * {@link com.techpro.callclient.engine.Account#confirmDisplayed}.
         */
        READ,
        /** It is being sent, or waits for an earlier one. */
        SENDING,
        /** The phone system accepted it and delivers it later. */
        ACCEPTED,
        /** A device of the other side received it. */
        DELIVERED,
        /** The other side reported that it was displayed. */
        DISPLAYED,
        /** It was not delivered, or it is unknown whether it was. */
        FAILED
    }

    public StoredMessage {
        at = at.truncatedTo(ChronoUnit.MILLIS);
    }

    @Override
    public String toString() {
        return "StoredMessage[" + state + ", redacted]";
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.message;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;

/**
 * A text that is kept. Immutable; prints without personal data.
 *
 * @param id names it among those that are kept; of one that was sent, {@link MessageOutcome#id}
 * @param account whose text it is: the account's user and domain, with an at sign between
 * @param party the other side in the same form; {@link TextMessages#ANONYMOUS} for somebody who does not want to be named
 * @param at when it came or was written, in whole milliseconds
 * @param received the text as it was told, for {@link com.techpro.callclient.engine.Account#confirmDisplayed}; null for one that was sent
 */
public record StoredMessage(
        String id,
        String account,
        String party,
        String text,
        Instant at,
        State state,
        @Nullable TextMessage received) {
    /** What is known of a text. */
    public enum State {
        /** It came, and nobody has looked at it. */
        UNREAD,
        /** It came, and was shown: {@link TextMessages#markRead}, or its sender was told so. */
        READ,
        /** It is on its way, or waits for one before it. */
        SENDING,
        /** The phone system has it and passes it on later. */
        ACCEPTED,
        /** A device of the other side has it. */
        DELIVERED,
        /** The other side says that it was shown. */
        DISPLAYED,
        /** It was not delivered, or nobody said whether it was. */
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

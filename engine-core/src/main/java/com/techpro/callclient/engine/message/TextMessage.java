// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.message;

import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.call.PartyIdentity;
import java.time.Instant;
import java.util.Objects;

/**
 * A received text. Immutable; prints without personal data.
 *
 * @param id the sender's id of the text if there is one, else one that this client made; unique
 *     among the texts of one sender
 * @param from the sender's identity as the phone system reports it
 * @param caller the sender, looked up in contacts, directory and favourites like a caller
 * @param text the text with line feeds between its lines; other control characters are removed
 * @param sentAt when it was sent, if the sender or a store reports it; else when it was received.
 *     Never later than that
 * @param asksForDelivery whether the sender asks for a delivery receipt
 * @param asksForDisplay whether the sender asks for a display receipt
 */
public record TextMessage(
        String id,
        PartyIdentity from,
        Caller caller,
        String text,
        Instant sentAt,
        boolean asksForDelivery,
        boolean asksForDisplay) {
    /** The maximum length of a text in bytes of UTF-8, sent or received. */
    public static final int LONGEST = 8_192;

    public TextMessage {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(from, "from");
        Objects.requireNonNull(caller, "caller");
        Objects.requireNonNull(text, "text");
        Objects.requireNonNull(sentAt, "sentAt");
    }

    @Override
    public String toString() {
        return "TextMessage[redacted]";
    }
}

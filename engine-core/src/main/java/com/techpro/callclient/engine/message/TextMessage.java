// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.message;

import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.call.PartyIdentity;
import java.time.Instant;
import java.util.Objects;

/**
 * A text that came. Immutable; prints without personal data.
 *
 * @param id the sender's name for it where there is one, else one of this client's own; no two texts of one sender share it
 * @param from the sender, as the phone system names it
 * @param caller the sender, looked up in contacts, directory and favourites as a caller is
 * @param text as it was written, with line feeds between its lines; other control characters are left out
 * @param sentAt when it was sent, if the sender or a store says so; else when it came. Never later than that
 * @param asksForDelivery whether the sender wants to be told that it has come
 * @param asksForDisplay whether the sender wants to be told that it was shown
 */
public record TextMessage(
        String id,
        PartyIdentity from,
        Caller caller,
        String text,
        Instant sentAt,
        boolean asksForDelivery,
        boolean asksForDisplay) {
    /** How many bytes of UTF-8 a text has at most, sent or received. */
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

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.imap;

import jakarta.mail.internet.MailDateFormat;
import java.nio.charset.StandardCharsets;
import java.text.ParsePosition;
import java.time.Instant;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.eclipse.angus.mail.iap.ProtocolException;
import org.eclipse.angus.mail.imap.protocol.IMAPResponse;
import org.jspecify.annotations.Nullable;

/**
 * A server's FETCH response for a message (RFC 3501 §7.4.2), parsed with bounds. The mail library's
 * own parser never ends on a list with an unexpected element, so a hostile server could block a
 * worker forever.
 */
final class FetchAnswer extends IMAPResponse {
    private final Map<String, Object> items = new HashMap<>();
    private final int elements;

    /** @throws ProtocolException if it does not match the grammar */
    FetchAnswer(IMAPResponse response) throws ProtocolException {
        super(response);
        FetchLexer lexer = new FetchLexer(buffer, index, size);
        if (!(lexer.next() instanceof List<?> pairs)) {
            throw new ProtocolException("a response makes no sense");
        }
        elements = lexer.count();
        for (int i = 0; i + 1 < pairs.size(); i += 2) {
            if (pairs.get(i) instanceof String name) {
                String upper = name.toUpperCase(Locale.ROOT);
                items.putIfAbsent(upper.startsWith("BODY[") ? "BODY[]" : upper, pairs.get(i + 1));
            }
        }
    }

    /** Returns the number of its lists, strings and atoms. */
    int elements() {
        return elements;
    }

    /** Returns -1 if the UID is missing. */
    long uid() {
        return items.get("UID") instanceof String number && number.matches("[1-9][0-9]{0,9}")
                ? Long.parseLong(number)
                : -1;
    }

    /** Returns the flags in lower case, such as {@code \seen}; null if they are missing. */
    @Nullable
    Set<String> flags() {
        if (!(items.get("FLAGS") instanceof List<?> list)) {
            return null;
        }
        Set<String> flags = new HashSet<>();
        for (Object flag : list) {
            if (flag instanceof String word) {
                flags.add(word.toLowerCase(Locale.ROOT));
            }
        }
        return flags;
    }

    /** Returns when the server received the message; the epoch if that is missing. */
    Instant arrived() {
        Date date = items.get("INTERNALDATE") instanceof byte[] text
                ? new MailDateFormat().parse(new String(text, StandardCharsets.US_ASCII), new ParsePosition(0))
                : null;
        return date == null ? Instant.EPOCH : date.toInstant();
    }

    /** Returns the message's leaves; null if they are missing. */
    @Nullable
    List<MimePart> parts() {
        return items.get("BODYSTRUCTURE") instanceof List<?> structure ? MimePart.of(structure) : null;
    }

    /** Returns the requested piece; empty if the message has none, null if it is missing. */
    byte @Nullable [] body() {
        Object body = items.get("BODY[]");
        if (body instanceof byte[] bytes) {
            return bytes;
        }
        return body == null ? null : new byte[0];
    }

    @Override
    public String toString() {
        return "FetchAnswer[redacted]";
    }
}

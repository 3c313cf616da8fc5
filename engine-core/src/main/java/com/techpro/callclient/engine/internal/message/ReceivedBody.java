// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.message;

import com.techpro.callclient.engine.message.TextMessage;
import com.techpro.callclient.stack.sip.message.SipRequest;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The content of a received MESSAGE. */
sealed interface ReceivedBody {
    /** The supported types, for Accept. */
    String ACCEPT = "text/plain, " + CpimMessage.CONTENT_TYPE + ", " + DispositionNotification.CONTENT_TYPE;

    /**
     * A text.
     *
     * @param id the sender's, or null
     * @param sent the time of sending, or null if unknown
     */
    record Text(
            @Nullable String id, String text, @Nullable Instant sent, boolean asksForDelivery, boolean asksForDisplay)
            implements ReceivedBody {
        @Override
        public String toString() {
            return "Text[redacted]";
        }
    }

    /** A receipt for a text of ours. */
    record Receipt(DispositionNotification notification) implements ReceivedBody {}

    /** A body that cannot be used: 400, 413 or 415. */
    record Unusable(int status) implements ReceivedBody {}

    /** Room for the longest text with its CPIM and receipt headers. */
    int LARGEST = 2 * TextMessage.LONGEST;

    static ReceivedBody of(SipRequest message) {
        byte[] body = message.body();
        String type = message.header("Content-Type");
        if (body.length > LARGEST) {
            return new Unusable(413);
        }
        if (type == null || message.hasHeader("Content-Encoding")) {
            return new Unusable(body.length == 0 ? 400 : 415);
        }
        return CpimMessage.CONTENT_TYPE.equals(message.contentType())
                ? unwrapped(CpimMessage.parse(body))
                : text(null, type, body, rfc1123(message.header("Date")), "");
    }

    private static ReceivedBody unwrapped(@Nullable CpimMessage envelope) {
        if (envelope == null) {
            return new Unusable(400);
        }
        // RFC 3862 §4.6: a required header is not supported.
        if (envelope.transferEncoded() || envelope.header("Require") != null) {
            return new Unusable(415);
        }
        if (kind(envelope.contentType()).equals(DispositionNotification.CONTENT_TYPE)) {
            DispositionNotification notification = DispositionNotification.read(envelope.content());
            return notification == null ? new Unusable(400) : new Receipt(notification);
        }
        String asked = envelope.imdnHeader("Disposition-Notification");
        return text(
                DispositionNotification.id(envelope.imdnHeader("Message-ID")),
                envelope.contentType(),
                envelope.content(),
                iso(envelope.header("DateTime")),
                asked == null ? "" : asked);
    }

    private static ReceivedBody text(
            @Nullable String id, String contentType, byte[] bytes, @Nullable Instant sent, String asked) {
        if (!isPlainText(contentType)) {
            return new Unusable(415);
        }
        if (bytes.length > TextMessage.LONGEST) {
            return new Unusable(413);
        }
        String text = utf8(bytes);
        if (text == null || text.trim().isEmpty()) {
            return new Unusable(400);
        }
        List<String> receipts = List.of(asked.toLowerCase(Locale.ROOT).split("[\\s,]+", -1));
        return new Text(
                id,
                text,
                sent,
                id != null && receipts.contains("positive-delivery"),
                id != null && receipts.contains("display"));
    }

    private static boolean isPlainText(String contentType) {
        if (!kind(contentType).equals("text/plain")) {
            return false;
        }
        for (String parameter : contentType.toLowerCase(Locale.ROOT).split(";", -1)) {
            String bare = parameter.replaceAll("[\\s\"]", "");
            if (bare.startsWith("charset=") && !bare.equals("charset=utf-8") && !bare.equals("charset=us-ascii")) {
                return false;
            }
        }
        return true;
    }

    /** Returns type and subtype, in lower case. */
    private static String kind(String contentType) {
        return contentType.split(";", -1)[0].trim().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the text without control characters other than tab and line feed; null if it is not
     * UTF-8.
     */
    private static @Nullable String utf8(byte[] bytes) {
        try {
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString()
                    .replace("\r\n", "\n");
            StringBuilder clean = new StringBuilder(text.length());
            text.codePoints()
                    .filter(c -> c == '\n' || c == '\t' || !Character.isISOControl(c))
                    .forEach(clean::appendCodePoint);
            return clean.toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    private static @Nullable Instant iso(@Nullable String time) {
        try {
            return time == null ? null : OffsetDateTime.parse(time).toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }

    /** Parses a Date header (RFC 3261 §20.17), as a message store adds it. */
    private static @Nullable Instant rfc1123(@Nullable String time) {
        try {
            return time == null
                    ? null
                    : ZonedDateTime.parse(time, DateTimeFormatter.RFC_1123_DATE_TIME)
                            .toInstant();
        } catch (DateTimeException e) {
            return null;
        }
    }
}

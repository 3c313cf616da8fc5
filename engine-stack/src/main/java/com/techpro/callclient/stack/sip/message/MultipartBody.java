// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A body of several parts (RFC 2046 §5.1). {@code toString} omits the content.
 *
 * @param parts in order, without preamble and epilogue
 */
public record MultipartBody(List<Part> parts) {
    public static final String OCTET_STREAM = "application/octet-stream";

    private static final int MOST_HEADERS = 20;
    private static final int LONGEST_BOUNDARY = 70;
    private static final List<String> IDENTITY = List.of("binary", "7bit", "8bit", "identity");

    public MultipartBody {
        parts = List.copyOf(parts);
    }

    /**
     * One part. If its encoding is not one that SIP uses, its type is {@link #OCTET_STREAM} (RFC 2045
     * §6.4).
     *
     * @param type type and subtype in lower case; {@code text/plain} if none is given (§5.1)
     * @param boundary the parameter of its type; null if it has none
     * @param disposition its Content-Disposition, or null
     * @param contentId without its angle brackets (RFC 2392); empty if it has none
     * @param text its body as UTF-8
     */
    public record Part(
            String type,
            @Nullable String boundary,
            @Nullable String disposition,
            String contentId,
            String text) {
        /** Returns the whole body of a message as one part. */
        public static Part of(SipMessage message) {
            return part(
                    message.header(HeaderName.CONTENT_TYPE),
                    OCTET_STREAM,
                    message.hasHeader("Content-Encoding"),
                    message.header("Content-Disposition"),
                    "",
                    message.bodyText());
        }

        private static Part part(
                @Nullable String contentType,
                String otherwise,
                boolean encoded,
                @Nullable String disposition,
                String contentId,
                String text) {
            String type = encoded ? OCTET_STREAM : SipMessage.contentType(contentType);
            String boundary = encoded ? null : SipMessage.contentTypeParameter(contentType, "boundary");
            return new Part(type == null ? otherwise : type, boundary, disposition, contentId, text);
        }

        @Override
        public String toString() {
            return "Part[" + type + ", redacted]";
        }
    }

    /**
     * @param mostParts the most parts to read
     * @return null if it is incomplete or has more parts
     */
    public static @Nullable MultipartBody parse(byte[] body, @Nullable String boundary, int mostParts) {
        if (boundary == null || boundary.isEmpty() || boundary.length() > LONGEST_BOUNDARY) {
            return null;
        }
        String text = new String(body, StandardCharsets.ISO_8859_1);
        String delimiter = "--" + boundary;
        List<Part> parts = new ArrayList<>();
        int at = delimiter(text, delimiter, 0);
        while (at >= 0) {
            int after = at + delimiter.length();
            if (text.startsWith("--", after)) {
                return new MultipartBody(parts);
            }
            int begin = text.indexOf('\n', after) + 1;
            int next = begin == 0 ? -1 : delimiter(text, delimiter, begin);
            Part part = next < 0 || parts.size() == mostParts ? null : part(text, body, begin, next);
            if (part == null) {
                return null;
            }
            parts.add(part);
            at = next;
        }
        return null;
    }

    /**
     * Returns the start of a delimiter line, or -1. A longer word is another boundary, such as that
     * of a nested body.
     */
    private static int delimiter(String text, String delimiter, int from) {
        int at = text.indexOf(delimiter, from);
        while (at >= 0 && !((at == 0 || text.charAt(at - 1) == '\n') && endsHere(text, at + delimiter.length()))) {
            at = text.indexOf(delimiter, at + 1);
        }
        return at;
    }

    private static boolean endsHere(String text, int after) {
        int lineEnd = text.indexOf('\n', after);
        return text.startsWith("--", after)
                || text.substring(after, lineEnd < 0 ? text.length() : lineEnd)
                        .trim()
                        .isEmpty();
    }

    /**
     * @param end the start of the next delimiter, to which the preceding line end belongs (§5.1.1)
     */
    private static @Nullable Part part(String text, byte[] body, int begin, int end) {
        Map<String, String> headers = new HashMap<>();
        String name = "";
        int at = begin;
        for (int lines = 0; lines <= MOST_HEADERS; lines++) {
            int lineEnd = text.indexOf('\n', at);
            if (lineEnd < 0 || lineEnd >= end) {
                return null;
            }
            boolean folded = text.charAt(at) == ' ' || text.charAt(at) == '\t';
            String line = text.substring(at, lineEnd).trim();
            at = lineEnd + 1;
            if (line.isEmpty()) {
                int last = end;
                last -= last > at && text.charAt(last - 1) == '\n' ? 1 : 0;
                last -= last > at && text.charAt(last - 1) == '\r' ? 1 : 0;
                return part(headers, new String(body, at, last - at, StandardCharsets.UTF_8));
            }
            if (folded) {
                headers.merge(name, line, (before, more) -> before + ' ' + more);
            } else {
                int colon = line.indexOf(':');
                name = colon < 0 ? "" : line.substring(0, colon).trim().toLowerCase(Locale.ROOT);
                headers.put(name, line.substring(colon + 1).trim());
            }
        }
        return null;
    }

    private static Part part(Map<String, String> headers, String text) {
        return Part.part(
                headers.get("content-type"),
                "text/plain",
                !isIdentity(headers.get("content-transfer-encoding")) || !isIdentity(headers.get("content-encoding")),
                headers.get("content-disposition"),
                withoutBrackets(headers.getOrDefault("content-id", "")),
                text);
    }

    private static boolean isIdentity(@Nullable String encoding) {
        return encoding == null || IDENTITY.contains(encoding.toLowerCase(Locale.ROOT));
    }

    /** Returns {@code <id>} as {@code id}. */
    public static String withoutBrackets(String id) {
        return id.startsWith("<") && id.endsWith(">") && id.length() > 1 ? id.substring(1, id.length() - 1) : id;
    }

    @Override
    public String toString() {
        return "MultipartBody[" + parts.size() + " parts]";
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A body of several parts (RFC 2046 §5.1). {@code toString} omits the content.
 *
 * @param parts in order, without preamble and epilogue
 */
public record MultipartBody(List<Part> parts) {
    private static final int MOST_HEADERS = 20;
    private static final int LONGEST_BOUNDARY = 70;

    public MultipartBody {
        parts = List.copyOf(parts);
    }

    /**
     * One part.
     *
     * @param type type and subtype in lower case; {@code text/plain} if none is given (§5.1)
     * @param contentId without its angle brackets (RFC 2392); empty if it has none
     * @param text its body as UTF-8
     */
    public record Part(String type, String contentId, String text) {
        @Override
        public String toString() {
            return "Part[" + type + ", redacted]";
        }
    }

    /**
     * @param mostParts the most parts to read
     * @return null if it is incomplete, has more parts, or a part has an encoding that SIP does not
     *     use
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
            Part part = next < 0 || !text.substring(after, begin).trim().isEmpty() || parts.size() == mostParts
                    ? null
                    : part(text, body, begin, next);
            if (part == null) {
                return null;
            }
            parts.add(part);
            at = next;
        }
        return null;
    }

    /** Returns the start of a delimiter at the beginning of a line, or -1. */
    private static int delimiter(String text, String delimiter, int from) {
        int at = text.indexOf(delimiter, from);
        while (at > 0 && text.charAt(at - 1) != '\n') {
            at = text.indexOf(delimiter, at + 1);
        }
        return at;
    }

    /**
     * @param end the start of the next delimiter, to which the preceding line end belongs (§5.1.1)
     */
    private static @Nullable Part part(String text, byte[] body, int begin, int end) {
        String type = "text/plain";
        String contentId = "";
        int at = begin;
        for (int headers = 0; headers <= MOST_HEADERS; headers++) {
            int lineEnd = text.indexOf('\n', at);
            if (lineEnd < 0 || lineEnd >= end) {
                return null;
            }
            String line = text.substring(at, lineEnd).trim();
            at = lineEnd + 1;
            if (line.isEmpty()) {
                int last = end;
                last -= last > at && text.charAt(last - 1) == '\n' ? 1 : 0;
                last -= last > at && text.charAt(last - 1) == '\r' ? 1 : 0;
                return new Part(type, contentId, new String(body, at, last - at, StandardCharsets.UTF_8));
            }
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon).trim().toLowerCase(Locale.ROOT);
            String value = line.substring(colon + 1).trim();
            if (name.equals("content-type")) {
                int semicolon = value.indexOf(';');
                type = (semicolon < 0 ? value : value.substring(0, semicolon))
                        .trim()
                        .toLowerCase(Locale.ROOT);
            } else if (name.equals("content-id")) {
                contentId = withoutBrackets(value);
            } else if (name.equals("content-transfer-encoding") && !isIdentity(value)) {
                return null;
            }
        }
        return null;
    }

    private static boolean isIdentity(String encoding) {
        return List.of("binary", "7bit", "8bit").contains(encoding.toLowerCase(Locale.ROOT));
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

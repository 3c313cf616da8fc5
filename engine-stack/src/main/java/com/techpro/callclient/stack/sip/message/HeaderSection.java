// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Start line and headers as lines of text, read before any header is parsed. It limits sizes and
 * counts, unfolds (a fold is one space, RFC 3261 §7.3.1; the library drops it), and separates names
 * from values. Lines end with CRLF; a lone CR or LF is refused, because two parsers would see two
 * different messages.
 *
 * @param body index of the first byte of the body; -1 if the bytes end before the empty line after
 *     the headers
 */
record HeaderSection(String startLine, List<Line> lines, int body) {
    /** The canonical name and the unfolded, trimmed value. */
    record Line(String name, String value) {}

    /** @param from index of the first byte of the start line */
    static HeaderSection read(byte[] buffer, int from, int end, MessageLimits limits) throws SipParseException {
        int lineEnd = endOfLine(buffer, from, end, limits, Rejection.NOT_SIP);
        String startLine = text(buffer, from, lineEnd);
        List<Line> lines = new ArrayList<>(16);
        int at = lineEnd + 2;
        while (true) {
            if (at == end) {
                return new HeaderSection(startLine, lines, -1);
            }
            lineEnd = endOfLine(buffer, at, end, limits, Rejection.TRUNCATED);
            if (lineEnd == at) {
                return new HeaderSection(startLine, lines, at + 2);
            }
            if (isSpace(buffer[at])) {
                throw new SipParseException("the first header is not folded");
            }
            int next = lineEnd + 2;
            String value = text(buffer, at, lineEnd);
            if (next < end && isSpace(buffer[next])) {
                StringBuilder unfolded = new StringBuilder(value);
                while (next < end && isSpace(buffer[next])) {
                    lineEnd = endOfLine(buffer, next, end, limits, Rejection.TRUNCATED);
                    trimEnd(unfolded).append(' ').append(trimSpace(text(buffer, next, lineEnd), 0));
                    next = lineEnd + 2;
                    if (unfolded.length() > limits.line()) {
                        throw new SipParseException(Rejection.LINE_TOO_LONG, "a header is too long");
                    }
                }
                value = unfolded.toString();
            }
            if (lines.size() == limits.headers()) {
                throw new SipParseException(Rejection.TOO_MANY_HEADERS, "too many headers");
            }
            lines.add(split(value));
            at = next;
        }
    }

    private static Line split(String line) throws SipParseException {
        int end = Grammar.endOfToken(line, 0);
        int colon = Grammar.skipSpace(line, end);
        if (end == 0 || colon == line.length() || line.charAt(colon) != ':') {
            throw new SipParseException("a header is a name, a colon and a value");
        }
        return new Line(HeaderName.canonical(line.substring(0, end)), trimSpace(line, colon + 1));
    }

    /** Not {@link String#trim}, which would remove control characters that an escape protects. */
    private static String trimSpace(String line, int from) {
        int start = Grammar.skipSpace(line, from);
        int end = line.length();
        while (end > start && Grammar.isSpace(line.charAt(end - 1))) {
            end--;
        }
        return line.substring(start, end);
    }

    private static StringBuilder trimEnd(StringBuilder text) {
        int length = text.length();
        while (length > 0 && Grammar.isSpace(text.charAt(length - 1))) {
            length--;
        }
        text.setLength(length);
        return text;
    }

    private static int endOfLine(byte[] buffer, int from, int end, MessageLimits limits, Rejection ifUnended)
            throws SipParseException {
        int last = Math.min(end - 1, from + limits.line());
        for (int i = from; i < last; i++) {
            if (buffer[i] == '\r' && buffer[i + 1] == '\n') {
                return i;
            }
            if (buffer[i] == '\r' || buffer[i] == '\n') {
                throw new SipParseException("lines end with CR and LF together");
            }
        }
        if (last == from + limits.line()) {
            throw new SipParseException(Rejection.LINE_TOO_LONG, "a line is too long");
        }
        throw new SipParseException(ifUnended, "a line ends with CR and LF");
    }

    private static String text(byte[] buffer, int from, int to) {
        return new String(buffer, from, to - from, StandardCharsets.UTF_8);
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\t';
    }
}

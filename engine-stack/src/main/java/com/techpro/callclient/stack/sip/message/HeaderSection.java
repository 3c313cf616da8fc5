// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.message;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

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
    private static final Pattern LONE = Pattern.compile("\r(?!\n)|(?<!\r)\n");

    /**
     * The canonical name and the unfolded, trimmed value.
     *
     * @param controls whether the line has a control character other than tab
     */
    record Line(String name, String value, boolean controls) {}

    /** @param from index of the first byte of the start line */
    static HeaderSection read(byte[] buffer, int from, int end, MessageLimits limits) throws SipParseException {
        return new Reader(buffer, end, limits).read(from);
    }

    /**
     * Reads the section as if each lone CR or LF ended a line, or else were a space: only to answer
     * its sender, because another parser may see another message.
     *
     * @return null if none is lone, or more is wrong
     */
    static @Nullable HeaderSection repaired(byte[] buffer, int from, int end, MessageLimits limits) {
        Matcher lone = LONE.matcher(new String(buffer, from, end - from, StandardCharsets.ISO_8859_1));
        if (!lone.find()) {
            return null;
        }
        for (String instead : new String[] {"\r\n", " "}) {
            byte[] repaired = lone.replaceAll(instead).getBytes(StandardCharsets.ISO_8859_1);
            try {
                return read(repaired, 0, repaired.length, limits);
            } catch (SipParseException e) {
                // The other may be readable.
            }
        }
        return null;
    }

    /** Looks at each byte once, but at those of a folded header. */
    private static final class Reader {
        private final byte[] buffer;
        private final int end;
        private final MessageLimits limits;
        private final List<Line> lines = new ArrayList<>(16);
        private boolean controls;

        Reader(byte[] buffer, int end, MessageLimits limits) {
            this.buffer = buffer;
            this.end = end;
            this.limits = limits;
        }

        HeaderSection read(int from) throws SipParseException {
            int lineEnd = endOfLine(from, Rejection.NOT_SIP);
            String startLine = text(buffer, from, lineEnd);
            int at = lineEnd + 2;
            while (true) {
                if (at == end) {
                    return new HeaderSection(startLine, lines, -1);
                }
                controls = false;
                lineEnd = endOfLine(at, Rejection.TRUNCATED);
                if (lineEnd == at) {
                    return new HeaderSection(startLine, lines, at + 2);
                }
                if (isSpace(buffer[at])) {
                    throw new SipParseException("the first header is not folded");
                }
                int next = lineEnd + 2;
                byte[] unfolded = null;
                if (next < end && isSpace(buffer[next])) {
                    StringBuilder line = new StringBuilder(text(buffer, at, lineEnd));
                    next = unfold(line, next);
                    unfolded = line.toString().getBytes(StandardCharsets.UTF_8);
                }
                if (lines.size() == limits.headers()) {
                    throw new SipParseException(Rejection.TOO_MANY_HEADERS, "too many headers");
                }
                lines.add(unfolded == null ? split(buffer, at, lineEnd) : split(unfolded, 0, unfolded.length));
                at = next;
            }
        }

        /** Appends the lines that begin with a space, and returns the index after them. */
        private int unfold(StringBuilder line, int from) throws SipParseException {
            int next = from;
            while (next < end && isSpace(buffer[next])) {
                int lineEnd = endOfLine(next, Rejection.TRUNCATED);
                int start = skipSpace(buffer, next, lineEnd);
                trimEnd(line).append(' ').append(text(buffer, start, trimmedEnd(buffer, start, lineEnd)));
                next = lineEnd + 2;
                if (line.length() > limits.line()) {
                    throw new SipParseException(Rejection.LINE_TOO_LONG, "a header is too long");
                }
            }
            return next;
        }

        private Line split(byte[] line, int from, int to) throws SipParseException {
            int nameEnd = from;
            while (nameEnd < to && Grammar.isTokenChar((char) (line[nameEnd] & 0xff))) {
                nameEnd++;
            }
            int colon = skipSpace(line, nameEnd, to);
            if (nameEnd == from || colon == to || line[colon] != ':') {
                throw new SipParseException("a header is a name, a colon and a value");
            }
            int value = skipSpace(line, colon + 1, to);
            return new Line(
                    HeaderName.canonical(line, from, nameEnd),
                    text(line, value, trimmedEnd(line, value, to)),
                    controls);
        }

        private int endOfLine(int from, Rejection ifUnended) throws SipParseException {
            int last = Math.min(end - 1, from + limits.line());
            for (int i = from; i < last; i++) {
                byte b = buffer[i];
                if (b >= ' ' && b != 127) {
                    continue;
                }
                if (b == '\r' && buffer[i + 1] == '\n') {
                    return i;
                }
                if (b == '\r' || b == '\n') {
                    throw new SipParseException("lines end with CR and LF together");
                }
                controls |= b >= 0 && b != '\t';
            }
            if (last == from + limits.line()) {
                throw new SipParseException(Rejection.LINE_TOO_LONG, "a line is too long");
            }
            throw new SipParseException(ifUnended, "a line ends with CR and LF");
        }
    }

    private static int skipSpace(byte[] line, int from, int to) {
        int at = from;
        while (at < to && isSpace(line[at])) {
            at++;
        }
        return at;
    }

    /** Not {@link String#trim}, which would remove control characters that an escape protects. */
    private static int trimmedEnd(byte[] line, int from, int to) {
        int end = to;
        while (end > from && isSpace(line[end - 1])) {
            end--;
        }
        return end;
    }

    private static StringBuilder trimEnd(StringBuilder text) {
        int length = text.length();
        while (length > 0 && Grammar.isSpace(text.charAt(length - 1))) {
            length--;
        }
        text.setLength(length);
        return text;
    }

    private static String text(byte[] buffer, int from, int to) {
        return new String(buffer, from, to - from, StandardCharsets.UTF_8);
    }

    private static boolean isSpace(byte b) {
        return b == ' ' || b == '\t';
    }
}

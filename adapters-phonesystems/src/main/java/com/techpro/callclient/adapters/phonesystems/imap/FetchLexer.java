// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems.imap;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.eclipse.angus.mail.iap.ProtocolException;

/**
 * Reads lists, strings and atoms of a response (RFC 3501 §4) as {@code List}, {@code byte[]} and
 * {@code String}; NIL is an atom. Depth and number are bounded, and each step consumes input.
 */
final class FetchLexer {
    private static final int DEEPEST = 60;
    private static final int MOST = 20_000;

    private final byte[] bytes;
    private final int end;
    private int at;
    private int count;

    FetchLexer(byte[] bytes, int from, int end) {
        this.bytes = bytes;
        this.at = from;
        this.end = Math.min(end, bytes.length);
    }

    Object next() throws ProtocolException {
        return next(0);
    }

    /** Returns how many were read so far. */
    int count() {
        return count;
    }

    private Object next(int depth) throws ProtocolException {
        skipSpaces();
        count++;
        if (at >= end || depth > DEEPEST || count > MOST) {
            throw malformed();
        }
        return switch (bytes[at]) {
            case '(' -> list(depth);
            case '"' -> quoted();
            case '{' -> literal();
            default -> atom();
        };
    }

    private List<Object> list(int depth) throws ProtocolException {
        List<Object> list = new ArrayList<>();
        at++;
        skipSpaces();
        while (at < end && bytes[at] != ')') {
            list.add(next(depth + 1));
            skipSpaces();
        }
        if (at >= end) {
            throw malformed();
        }
        at++;
        return list;
    }

    private byte[] quoted() throws ProtocolException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        at++;
        while (at < end && bytes[at] != '"') {
            if (bytes[at] == '\\') {
                at++;
            }
            if (at < end) {
                text.write(bytes[at]);
                at++;
            }
        }
        if (at >= end) {
            throw malformed();
        }
        at++;
        return text.toByteArray();
    }

    private byte[] literal() throws ProtocolException {
        int length = 0;
        at++;
        while (at < end && bytes[at] >= '0' && bytes[at] <= '9') {
            length = length * 10 + (bytes[at] - '0');
            if (length > end) {
                throw malformed();
            }
            at++;
        }
        if (end - at < 3 + length || bytes[at] != '}' || bytes[at + 1] != '\r' || bytes[at + 2] != '\n') {
            throw malformed();
        }
        at += 3 + length;
        return Arrays.copyOfRange(bytes, at - length, at);
    }

    /**
     * A section's name may have spaces and parentheses inside its brackets. Servers omit the space
     * before a string.
     */
    private String atom() throws ProtocolException {
        int from = at;
        int open = 0;
        while (at < end && (open > 0 || " ()\"{\r\n".indexOf(bytes[at]) < 0)) {
            open += bytes[at] == '[' ? 1 : bytes[at] == ']' ? -1 : 0;
            at++;
        }
        if (at == from) {
            throw malformed();
        }
        return new String(bytes, from, at - from, StandardCharsets.US_ASCII);
    }

    private void skipSpaces() {
        while (at < end && bytes[at] == ' ') {
            at++;
        }
    }

    private static ProtocolException malformed() {
        return new ProtocolException("a response makes no sense");
    }
}

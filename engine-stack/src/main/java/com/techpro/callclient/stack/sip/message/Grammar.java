// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.message;

import java.util.ArrayList;
import java.util.List;

/** The basic rules of RFC 3261 §25.1. */
public final class Grammar {
    private static final boolean[] TOKEN = new boolean[128];

    static {
        for (char c = '0'; c <= '9'; c++) {
            TOKEN[c] = true;
        }
        for (char c = 'a'; c <= 'z'; c++) {
            TOKEN[c] = true;
            TOKEN[c - 'a' + 'A'] = true;
        }
        for (char c : "-.!%*_+`'~".toCharArray()) {
            TOKEN[c] = true;
        }
    }

    private Grammar() {}

    public static boolean isTokenChar(char c) {
        return c < 128 && TOKEN[c];
    }

    static boolean isToken(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (!isTokenChar(text.charAt(i))) {
                return false;
            }
        }
        return !text.isEmpty();
    }

    static boolean isSpace(char c) {
        return c == ' ' || c == '\t';
    }

    static int skipSpace(String text, int from) {
        int i = from;
        while (i < text.length() && isSpace(text.charAt(i))) {
            i++;
        }
        return i;
    }

    static int endOfToken(String text, int from) {
        int i = from;
        while (i < text.length() && isTokenChar(text.charAt(i))) {
            i++;
        }
        return i;
    }

    static int endOfDigits(String text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i++;
        }
        return i;
    }

    /** Parses digits; returns -1 if there are other characters or the number exceeds the limit. */
    public static long number(String digits, long limit) {
        if (digits.isEmpty() || endOfDigits(digits, 0) != digits.length()) {
            return -1;
        }
        long value = 0;
        for (int i = 0; i < digits.length(); i++) {
            value = value * 10 + (digits.charAt(i) - '0');
            if (value > limit) {
                return -1;
            }
        }
        return value;
    }

    /**
     * Returns the index after the quoted string that starts at the given quote.
     *
     * @throws SipParseException if it does not end
     */
    static int endOfQuoted(String text, int quote) throws SipParseException {
        for (int i = quote + 1; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\') {
                i++;
            } else if (c == '"') {
                return i + 1;
            }
        }
        throw new SipParseException("a quoted string ends with a quote");
    }

    /**
     * Returns the meaning of a quoted string, without quotes and escapes. Other text is returned
     * unchanged.
     */
    static String unquote(String text) {
        if (text.length() < 2 || text.charAt(0) != '"') {
            return text;
        }
        if (text.indexOf('\\') < 0) {
            return text.substring(1, text.length() - 1);
        }
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 1; i < text.length() - 1; i++) {
            char c = text.charAt(i);
            plain.append(c == '\\' && i < text.length() - 2 ? text.charAt(++i) : c);
        }
        return plain.toString();
    }

    /** The text as a quoted string. */
    static String quote(String plain) {
        StringBuilder quoted = new StringBuilder(plain.length() + 2).append('"');
        for (int i = 0; i < plain.length(); i++) {
            char c = plain.charAt(i);
            if (c == '"' || c == '\\' || c < ' ' || c == 127) {
                quoted.append('\\');
            }
            quoted.append(c);
        }
        return quoted.append('"').toString();
    }

    /** Splits at commas that are neither quoted nor inside angle brackets; elements are trimmed. */
    static List<String> splitList(String text) throws SipParseException {
        if (text.indexOf(',') < 0) {
            return List.of(text);
        }
        List<String> elements = new ArrayList<>();
        int start = 0;
        boolean bracketed = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' && !bracketed) {
                i = endOfQuoted(text, i) - 1;
            } else if (c == '<' || c == '>') {
                bracketed = c == '<';
            } else if (c == ',' && !bracketed) {
                elements.add(text.substring(start, i).trim());
                start = i + 1;
            }
        }
        elements.add(text.substring(start).trim());
        return elements;
    }

    /**
     * Whether a text has no control characters other than tab. §25.1 allows them only after a
     * backslash, in a quoted string or a comment. Elsewhere one parser stops at them and another
     * drops them, so that the two see different values.
     */
    static boolean isText(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (isControl(text.charAt(i))) {
                return controlsAreEscaped(text);
            }
        }
        return true;
    }

    private static boolean controlsAreEscaped(String text) {
        boolean quoted = false;
        int comments = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (isControl(c)) {
                return false;
            } else if (c == '\\' && (quoted || comments > 0)) {
                i++;
            } else if (c == '"' && comments == 0) {
                quoted = !quoted;
            } else if (c == '(' && !quoted) {
                comments++;
            } else if (c == ')' && comments > 0) {
                comments--;
            }
        }
        return true;
    }

    private static boolean isControl(char c) {
        return (c < ' ' && c != '\t') || c == 127;
    }

    static boolean isOneLine(String text) {
        return text.indexOf('\r') < 0 && text.indexOf('\n') < 0;
    }

    /** Prevents text for a header from starting another header. */
    static String requireOneLine(String value) {
        if (!isOneLine(value)) {
            throw new IllegalArgumentException("a header value is one line");
        }
        return value;
    }
}

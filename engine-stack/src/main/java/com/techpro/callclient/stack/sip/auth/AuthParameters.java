// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.auth;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The {@code scheme name=value, ...} syntax of challenges and credentials (RFC 3261 §25.1). Values
 * are without quotes but with escapes, as the hashes cover them ({@code unq} of RFC 7616 §3.4). Of
 * repeated names the first counts.
 */
final class AuthParameters {
    private static final int MAX_LENGTH = 4096;
    private static final int MAX_PARAMETERS = 32;

    private final String scheme;
    private final Map<String, String> values;

    private AuthParameters(String scheme, Map<String, String> values) {
        this.scheme = scheme;
        this.values = values;
    }

    /** Parses a header value; null if it is malformed or exceeds the limits. */
    static @Nullable AuthParameters parse(String header) {
        String text = header.trim();
        int space = text.indexOf(' ');
        Map<String, String> values = space <= 0 ? null : parameters(text, space + 1);
        return values == null ? null : new AuthParameters(text.substring(0, space), values);
    }

    /** Parses a header without a scheme, such as Authentication-Info. */
    static @Nullable AuthParameters parseSchemeless(String header) {
        Map<String, String> values = parameters(header, 0);
        return values == null ? null : new AuthParameters("", values);
    }

    private static @Nullable Map<String, String> parameters(String text, int from) {
        // What a server sends, nonces above all, goes into our own header.
        if (text.length() > MAX_LENGTH || text.chars().anyMatch(c -> c < ' ' && c != '\t')) {
            return null;
        }
        Map<String, String> values = new HashMap<>();
        int at = from;
        while (at < text.length()) {
            int equals = text.indexOf('=', at);
            if (equals < 0) {
                return text.substring(at).trim().isEmpty() ? values : null;
            }
            String name = text.substring(at, equals).trim().toLowerCase(Locale.ROOT);
            int start = equals + 1;
            while (start < text.length() && text.charAt(start) == ' ') {
                start++;
            }
            boolean quoted = start < text.length() && text.charAt(start) == '"';
            int end = quoted ? closingQuote(text, start + 1) : endOfToken(text, start);
            if (name.isEmpty() || end < 0 || values.size() == MAX_PARAMETERS) {
                return null;
            }
            values.putIfAbsent(
                    name,
                    quoted
                            ? text.substring(start + 1, end)
                            : text.substring(start, end).trim());
            int comma = text.indexOf(',', end);
            if (comma < 0) {
                return text.substring(quoted ? end + 1 : end).trim().isEmpty() ? values : null;
            }
            at = comma + 1;
        }
        return values;
    }

    private static int closingQuote(String text, int from) {
        for (int i = from; i < text.length(); i++) {
            if (text.charAt(i) == '\\') {
                i++;
            } else if (text.charAt(i) == '"') {
                return i;
            }
        }
        return -1;
    }

    private static int endOfToken(String text, int from) {
        int comma = text.indexOf(',', from);
        return comma < 0 ? text.length() : comma;
    }

    boolean isDigest() {
        return scheme.equalsIgnoreCase("Digest");
    }

    @Nullable
    String get(String name) {
        return values.get(name);
    }

    String get(String name, String otherwise) {
        String value = values.get(name);
        return value == null ? otherwise : value;
    }

    @Override
    public String toString() {
        return "AuthParameters[redacted]";
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.message;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Parses URIs: checks them, parses the simple schemes, and passes the others to the library's
 * grammar.
 */
final class UriParser {
    private UriParser() {}

    static UriParts parse(String text) throws SipParseException {
        UriParts plain = PlainGrammar.sipUri(text);
        return plain == null ? checked(text) : plain;
    }

    /** Whatever is not plain, with the library. */
    static UriParts checked(String text) throws SipParseException {
        int colon = text.indexOf(':');
        if (colon <= 0 || !isScheme(text, colon)) {
            throw new SipParseException("a URI has a scheme");
        }
        for (int i = colon; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c == 127 || c == '"' || c == '<' || c == '>' || c == '\\') {
                throw new SipParseException("a URI holds no space, quote or bracket");
            }
        }
        return switch (text.substring(0, colon).toLowerCase(Locale.ROOT)) {
            case "sip", "sips" -> JainGrammar.sipUri(text);
            case "tel" -> tel(text, colon);
            default -> opaque(text, colon);
        };
    }

    private static boolean isScheme(String text, int colon) {
        for (int i = 0; i < colon; i++) {
            char c = text.charAt(i);
            boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
            boolean other = (c >= '0' && c <= '9') || c == '+' || c == '-' || c == '.';
            if (!letter && !(other && i > 0)) {
                return false;
            }
        }
        return true;
    }

    /** RFC 3966 §3: a number with visual separators, then parameters. */
    private static UriParts tel(String text, int colon) throws SipParseException {
        int semicolon = text.indexOf(';', colon);
        int end = semicolon < 0 ? text.length() : semicolon;
        String number = text.substring(colon + 1, end);
        if (number.isEmpty() || !number.chars().allMatch(c -> "+0123456789abcdefABCDEF*#-.()".indexOf(c) >= 0)) {
            throw new SipParseException("a telephone number has digits and separators only");
        }
        Map<String, String> params = semicolon < 0 ? Map.of() : parameters(text.substring(semicolon + 1), ';');
        return new UriParts("tel", number, "", 0, params, Map.of());
    }

    private static UriParts opaque(String text, int colon) throws SipParseException {
        if (colon + 1 == text.length()) {
            throw new SipParseException("a URI has more than a scheme");
        }
        return new UriParts(text.substring(0, colon), null, "", 0, Map.of(), Map.of());
    }

    /**
     * Returns lower-case names for parameters. Of a repeated name the first value counts, so that
     * nothing can be added after it.
     */
    static Map<String, String> parameters(String text, char separator) throws SipParseException {
        Map<String, String> parameters = new LinkedHashMap<>();
        int start = 0;
        while (start <= text.length()) {
            int end = text.indexOf(separator, start);
            end = end < 0 ? text.length() : end;
            int equals = text.indexOf('=', start);
            boolean valued = equals >= 0 && equals < end;
            String name = UriEscape.unescape(text.substring(start, valued ? equals : end));
            if (!name.isEmpty()) {
                String key = separator == ';' ? name.toLowerCase(Locale.ROOT) : name;
                parameters.putIfAbsent(key, valued ? UriEscape.unescape(text.substring(equals + 1, end)) : "");
            }
            if (parameters.size() > MessageLimits.DEFAULT.parameters()) {
                throw new SipParseException(Rejection.TOO_MANY_VALUES, "too many URI parameters");
            }
            start = end + 1;
        }
        return Collections.unmodifiableMap(parameters);
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.message;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads SIP URIs and Vias as nearly all messages have them, in one pass: letters, digits and few
 * other characters, no escapes, no password, no URI headers, a host name or IPv4 address. It
 * refuses nothing: a text with anything else is {@link JainGrammar}'s, to the same result for
 * everything that is read here.
 */
final class PlainGrammar {
    private static final int USER = 1;
    private static final int HOST = 2;
    private static final int PARAMETER = 4;
    private static final byte[] KINDS = new byte[128];

    static {
        mark("abcdefghijklmnopqrstuvwxyz0123456789-.", USER | HOST | PARAMETER);
        mark("ABCDEFGHIJKLMNOPQRSTUVWXYZ", USER | HOST | PARAMETER);
        mark("_!~*'", USER | PARAMETER);
        mark("+", USER | PARAMETER);
        mark(":", PARAMETER);
    }

    private PlainGrammar() {}

    private static void mark(String characters, int kinds) {
        for (int i = 0; i < characters.length(); i++) {
            KINDS[characters.charAt(i)] = (byte) kinds;
        }
    }

    private static int end(String text, int from, int kind) {
        int at = from;
        while (at < text.length() && text.charAt(at) < 128 && (KINDS[text.charAt(at)] & kind) != 0) {
            at++;
        }
        return at;
    }

    /** Returns null if it is not as plain as that, or no URI at all. */
    static @Nullable UriParts sipUri(String text) {
        String scheme = text.startsWith("sip:") ? "sip" : text.startsWith("sips:") ? "sips" : "";
        if (scheme.isEmpty()) {
            return null;
        }
        int start = scheme.length() + 1;
        int at = end(text, start, USER);
        String user = null;
        if (at > start && at < text.length() && text.charAt(at) == '@') {
            user = text.substring(start, at);
            start = at + 1;
        }
        int hostEnd = endOfHost(text, start);
        int portEnd = endOfPort(text, hostEnd);
        if (hostEnd < 0 || portEnd < 0) {
            return null;
        }
        Map<String, String> params = parameters(text, portEnd);
        if (params == null) {
            return null;
        }
        String host = text.substring(start, hostEnd).toLowerCase(Locale.ROOT);
        return new UriParts(scheme, user, host, port(text, hostEnd, portEnd), params, Map.of());
    }

    /**
     * @param end of protocol and sender; parameters follow
     * @return null if it is not as plain as that, or no Via at all
     */
    static @Nullable Via via(String text, int end, Map<String, String> params) {
        if (!text.startsWith("SIP/2.0/")) {
            return null;
        }
        int transportEnd = Grammar.endOfToken(text, 8);
        int start = transportEnd + 1;
        if (transportEnd == 8 || transportEnd >= end || text.charAt(transportEnd) != ' ') {
            return null;
        }
        int hostEnd = endOfHost(text, start);
        int portEnd = endOfPort(text, hostEnd);
        return hostEnd < 0 || portEnd != end
                ? null
                : new Via(
                        text.substring(8, transportEnd),
                        text.substring(start, hostEnd).toLowerCase(Locale.ROOT),
                        port(text, hostEnd, portEnd),
                        params);
    }

    /** Returns -1 if no host starts there, or none that is plain. */
    private static int endOfHost(String text, int from) {
        int end = end(text, from, HOST);
        boolean plain =
                end > from && end - from <= 255 && isLetterOrDigit(text, from) && isLetterOrDigit(text, end - 1);
        return plain ? end : -1;
    }

    private static boolean isLetterOrDigit(String text, int at) {
        char c = text.charAt(at);
        return c != '-' && c != '.';
    }

    /** Returns the index itself if no port follows; -1 if it is none. */
    private static int endOfPort(String text, int from) {
        if (from < 0 || from == text.length() || text.charAt(from) != ':') {
            return from;
        }
        int end = Grammar.endOfDigits(text, from + 1);
        int port = port(text, from, end);
        return end > from + 6 || port < 1 || port > 65_535 ? -1 : end;
    }

    private static int port(String text, int colon, int end) {
        int port = 0;
        for (int i = colon + 1; i < Math.min(end, colon + 6); i++) {
            port = port * 10 + (text.charAt(i) - '0');
        }
        return port;
    }

    private static @Nullable Map<String, String> parameters(String text, int from) {
        if (from == text.length()) {
            return Map.of();
        }
        ParameterMap.Builder parameters = new ParameterMap.Builder();
        int at = from;
        while (at < text.length()) {
            int end = end(text, at + 1, PARAMETER);
            if (text.charAt(at) != ';' || end == at + 1) {
                return null;
            }
            String name = text.substring(at + 1, end).toLowerCase(Locale.ROOT);
            String value = "";
            at = end;
            if (at < text.length() && text.charAt(at) == '=') {
                end = end(text, at + 1, PARAMETER);
                if (end == at + 1) {
                    return null;
                }
                value = text.substring(at + 1, end);
                at = end;
            }
            if (!parameters.add(name, value) || parameters.size() > MessageLimits.DEFAULT.parameters()) {
                return null;
            }
        }
        return parameters.build();
    }
}

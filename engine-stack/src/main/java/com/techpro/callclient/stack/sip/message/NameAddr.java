// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.message;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An address with its header parameters: From, To, Contact, Route, Record-Route (RFC 3261 §20.10).
 *
 * @param displayName without quotes or escapes
 * @param params header parameters: lower-case names, values as written, empty for none
 */
public record NameAddr(@Nullable String displayName, SipUri uri, Map<String, String> params) implements HeaderValue {
    public NameAddr {
        if (displayName != null) {
            Grammar.requireOneLine(displayName);
        }
        params = Parameters.copy(params);
    }

    public static NameAddr of(SipUri uri) {
        return new NameAddr(null, uri, Map.of());
    }

    public static NameAddr of(@Nullable String displayName, SipUri uri) {
        return new NameAddr(displayName, uri, Map.of());
    }

    public static NameAddr parse(String text) throws SipParseException {
        if (!Grammar.isOneLine(text)) {
            throw new SipParseException("an address is one line");
        }
        int at = Grammar.skipSpace(text, 0);
        String name = null;
        if (at < text.length() && text.charAt(at) == '"') {
            int end = Grammar.endOfQuoted(text, at);
            name = Grammar.unquote(text.substring(at, end));
            at = Grammar.skipSpace(text, end);
            if (at == text.length() || text.charAt(at) != '<') {
                throw new SipParseException("a display name is followed by an address in brackets");
            }
        }
        int open = text.indexOf('<', at);
        if (open < 0 || parameterBefore(text, at, open)) {
            return bare(text, at);
        }
        if (name == null && open > at) {
            name = unquotedName(text.substring(at, open).trim());
        }
        int close = text.indexOf('>', open);
        if (close < 0) {
            throw new SipParseException("an address in brackets ends with a bracket");
        }
        // The library would silently drop a space here (RFC 4475 §3.1.2.14); SipUri refuses it.
        return new NameAddr(name, SipUri.parse(text.substring(open + 1, close)), Parameters.parse(text, close + 1));
    }

    /** A bracket inside a quoted parameter does not make a name-addr. */
    private static boolean parameterBefore(String text, int from, int open) {
        int semicolon = text.indexOf(';', from);
        return semicolon >= 0 && semicolon < open;
    }

    /**
     * Without brackets, parameters after a semicolon belong to the header, and a question mark is
     * not allowed (§20.10).
     */
    private static NameAddr bare(String text, int from) throws SipParseException {
        int semicolon = text.indexOf(';', from);
        int end = semicolon < 0 ? text.length() : semicolon;
        String uri = text.substring(from, end).trim();
        if (uri.indexOf('?') >= 0 || uri.indexOf(',') >= 0) {
            throw new SipParseException("an address with a question mark or a comma is in brackets");
        }
        return new NameAddr(null, SipUri.parse(uri), Parameters.parse(text, end));
    }

    /**
     * Tokens and spaces. Non-ASCII characters are tolerated, structural ones are not (RFC 4475
     * §3.1.2.15).
     */
    private static String unquotedName(String name) throws SipParseException {
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (c < ' ' || ",;\"\\@:>".indexOf(c) >= 0) {
                throw new SipParseException("a display name with special characters is quoted");
            }
        }
        return name;
    }

    public @Nullable String tag() {
        return params.get("tag");
    }

    /** Returns a parameter without quotes; empty if it has no value; null if it is absent. */
    public @Nullable String param(String name) {
        String value = params.get(name);
        return value == null ? null : Grammar.unquote(value);
    }

    public NameAddr withTag(String tag) {
        return withParam("tag", tag);
    }

    /**
     * Returns the address with the parameter set; an empty value means a parameter without a value.
     */
    public NameAddr withParam(String name, String value) {
        return new NameAddr(displayName, uri, Parameters.with(params, name, value));
    }

    public NameAddr withoutParam(String name) {
        return new NameAddr(displayName, uri, Parameters.without(params, name));
    }

    public String encode() {
        StringBuilder out = new StringBuilder(64);
        if (displayName != null && !displayName.isEmpty()) {
            out.append(Grammar.quote(displayName)).append(' ');
        }
        out.append('<').append(uri.encode()).append('>');
        Parameters.encode(out, params);
        return out.toString();
    }

    /** Redacted: an address is personal. */
    @Override
    public String toString() {
        return "NameAddr[" + uri + "]";
    }
}

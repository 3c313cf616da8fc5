// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.message;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A URI in a SIP message (RFC 3261 §19.1): {@code sip}, {@code sips}, {@code tel} (RFC 3966), or
 * any other scheme kept as opaque text. Immutable. {@link #encode} returns the parsed text
 * unchanged; {@link #toString} is redacted.
 */
public final class SipUri {
    private final String scheme;
    private final @Nullable String user;
    private final String host;
    private final int port;
    private final Map<String, String> params;
    private final Map<String, String> headers;
    private final String text;

    /**
     * @param text the encoded form, or empty to derive it
     */
    private SipUri(
            String scheme,
            @Nullable String user,
            String host,
            int port,
            Map<String, String> params,
            Map<String, String> headers,
            String text) {
        this.scheme = scheme.toLowerCase(Locale.ROOT);
        this.user = user;
        this.host = host.toLowerCase(Locale.ROOT);
        this.port = port;
        this.params = Parameters.copy(params);
        this.headers = Parameters.copy(headers);
        this.text = text.isEmpty() ? compose() : text;
    }

    public static SipUri parse(String text) throws SipParseException {
        UriParts parts = UriParser.parse(text);
        return new SipUri(
                parts.scheme(), parts.user(), parts.host(), parts.port(), parts.params(), parts.headers(), text);
    }

    /** For text that the program wrote, or that a user typed and that has been checked. */
    public static SipUri of(String text) {
        try {
            return parse(text);
        } catch (SipParseException e) {
            throw new IllegalArgumentException("not a SIP URI: " + e.getMessage(), e);
        }
    }

    /**
     * Returns a SIP URI from its parts; the user part is escaped as needed.
     *
     * @param host a name or a literal address, IPv6 without brackets
     * @param port 0 for none
     */
    public static SipUri of(String scheme, @Nullable String user, String host, int port) {
        StringBuilder text = new StringBuilder(scheme).append(':');
        if (user != null) {
            text.append(UriEscape.escape(user, UriEscape.USER)).append('@');
        }
        appendHostPort(text, host, port);
        return of(text.toString());
    }

    /** In lower case. */
    public String scheme() {
        return scheme;
    }

    /**
     * The user part, unescaped, without password; for a {@code tel} URI the number; null if there
     * is none.
     */
    public @Nullable String user() {
        return user;
    }

    /** In lower case, an IPv6 address without brackets; empty for schemes other than sip and sips. */
    public String host() {
        return host;
    }

    /** 0 if none was given. */
    public int port() {
        return port;
    }

    /** Lower-case names and unescaped values; empty for a parameter without a value. */
    public Map<String, String> params() {
        return params;
    }

    public @Nullable String param(String name) {
        return params.get(name);
    }

    /** The headers after the question mark: names as written, values unescaped. */
    public Map<String, String> headers() {
        return headers;
    }

    public boolean isSip() {
        return scheme.equals("sip") || scheme.equals("sips");
    }

    public boolean isSecure() {
        return scheme.equals("sips");
    }

    /** Whether the {@code lr} parameter marks a loose router (RFC 3261 §19.1.1). */
    public boolean isLooseRouter() {
        return params.containsKey("lr");
    }

    /** Returns the URI with the parameter set; an empty value means a parameter without a value. */
    public SipUri withParam(String name, String value) {
        if (!Grammar.isToken(name)) {
            throw new IllegalArgumentException("a parameter name is a token");
        }
        Map<String, String> changed = new LinkedHashMap<>(params);
        changed.put(name.toLowerCase(Locale.ROOT), value);
        return with(changed, headers);
    }

    /**
     * Returns the URI for TLS only; removes {@code transport=tls}, which means nothing more there
     * (RFC 3261 §26.2.2).
     */
    public SipUri secured() {
        return new SipUri("sips", user, host, port, withoutParam("transport").params, headers, "");
    }

    public SipUri withoutParam(String name) {
        Map<String, String> changed = new LinkedHashMap<>(params);
        changed.remove(name.toLowerCase(Locale.ROOT));
        return with(changed, headers);
    }

    /**
     * Returns the URI without the parts that are not allowed in a request line (RFC 3261 §19.1.1).
     */
    public SipUri withoutHeaders() {
        return headers.isEmpty() ? this : with(params, Map.of());
    }

    /** Returns the URI with a header for the request that is made from it (RFC 3261 §19.1.1). */
    public SipUri withHeader(String name, String value) {
        Map<String, String> changed = new LinkedHashMap<>(headers);
        changed.put(name, value);
        return with(params, changed);
    }

    public SipUri withPort(int newPort) {
        return with(newPort, params, headers);
    }

    private SipUri with(Map<String, String> newParams, Map<String, String> newHeaders) {
        return with(port, newParams, newHeaders);
    }

    private SipUri with(int newPort, Map<String, String> newParams, Map<String, String> newHeaders) {
        if (!isSip()) {
            throw new IllegalStateException("only sip and sips URIs are changed");
        }
        return new SipUri(scheme, user, host, newPort, newParams, newHeaders, "");
    }

    public String encode() {
        return text;
    }

    private String compose() {
        StringBuilder out = new StringBuilder(64).append(scheme).append(':');
        if (user != null) {
            out.append(UriEscape.escape(user, UriEscape.USER)).append('@');
        }
        appendHostPort(out, host, port);
        params.forEach((name, value) -> {
            out.append(';').append(UriEscape.escape(name, UriEscape.PARAMETER));
            if (!value.isEmpty()) {
                out.append('=').append(UriEscape.escape(value, UriEscape.PARAMETER));
            }
        });
        char separator = '?';
        for (Map.Entry<String, String> header : headers.entrySet()) {
            out.append(separator).append(UriEscape.escape(header.getKey(), UriEscape.HEADER));
            out.append('=').append(UriEscape.escape(header.getValue(), UriEscape.HEADER));
            separator = '&';
        }
        return out.toString();
    }

    static void appendHostPort(StringBuilder out, String host, int port) {
        if (host.indexOf(':') >= 0) {
            out.append('[').append(host).append(']');
        } else {
            out.append(host);
        }
        if (port != 0) {
            out.append(':').append(port);
        }
    }

    /**
     * Compares by RFC 3261 §19.1.4 for sip and sips, by text for other schemes, and without visual
     * separators for tel (RFC 3966 §4).
     */
    @Override
    public boolean equals(@Nullable Object other) {
        if (!(other instanceof SipUri that) || !scheme.equals(that.scheme)) {
            return false;
        }
        if (!isSip()) {
            return comparableText().equals(that.comparableText());
        }
        return Objects.equals(user, that.user)
                && host.equals(that.host)
                && port == that.port
                && sameParams(that)
                && sameHeaders(that);
    }

    private boolean sameParams(SipUri that) {
        for (String name : new String[] {"user", "ttl", "method", "maddr"}) {
            if (params.containsKey(name) != that.params.containsKey(name)) {
                return false;
            }
        }
        for (Map.Entry<String, String> param : params.entrySet()) {
            String theirs = that.params.get(param.getKey());
            if (theirs != null && !theirs.equalsIgnoreCase(param.getValue())) {
                return false;
            }
        }
        return true;
    }

    private boolean sameHeaders(SipUri that) {
        TreeMap<String, String> mine = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        mine.putAll(headers);
        TreeMap<String, String> theirs = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        theirs.putAll(that.headers);
        return mine.equals(theirs);
    }

    private String comparableText() {
        String plain = text.toLowerCase(Locale.ROOT);
        return scheme.equals("tel") ? plain.replaceAll("[-.()]", "") : plain;
    }

    /** Omits everything in which equal URIs may differ. */
    @Override
    public int hashCode() {
        return isSip()
                ? Objects.hash(scheme, user, host, port)
                : comparableText().hashCode();
    }

    /** Returns the scheme, and whether there is more; a URI is personal. */
    @Override
    public String toString() {
        return scheme + ":[redacted]";
    }
}

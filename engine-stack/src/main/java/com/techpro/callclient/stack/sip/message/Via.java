// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.message;

import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One hop a request took (RFC 3261 §20.42).
 *
 * @param transport {@code UDP}, {@code TCP}, {@code TLS} or another token, in upper case
 * @param host the sent-by host; an IPv6 address without brackets
 * @param port the sent-by port, 0 if none was given
 * @param params lower-case names, values as written, empty for none
 */
public record Via(String transport, String host, int port, Map<String, String> params) implements HeaderValue {
    /** The beginning of the branch of every RFC 3261 transaction (§8.1.1.7). */
    public static final String MAGIC_COOKIE = "z9hG4bK";

    public Via {
        transport = transport.toUpperCase(Locale.ROOT);
        if (!Grammar.isToken(transport) || host.isEmpty() || port < 0 || port > 65535) {
            throw new IllegalArgumentException("a Via has a transport, a host and a port");
        }
        params = Parameters.copy(params);
    }

    public static Via parse(String text) throws SipParseException {
        return JainGrammar.via(text, true);
    }

    public @Nullable String branch() {
        return params.get("branch");
    }

    /** Whether the branch is unique to its transaction; the bare cookie is not (RFC 4475 §3.2.1). */
    public boolean hasUniqueBranch() {
        String branch = branch();
        return branch != null && branch.length() > MAGIC_COOKIE.length() && branch.startsWith(MAGIC_COOKIE);
    }

    /** Returns the real source of the request, without brackets, or null. */
    public @Nullable String received() {
        String value = params.get("received");
        return value == null ? null : withoutBrackets(value);
    }

    /** RFC 3581: -1 if not requested, 0 if requested and not filled in. */
    public int rport() {
        String value = params.get("rport");
        return value == null ? -1 : value.isEmpty() ? 0 : (int) Grammar.number(value, 65535);
    }

    public @Nullable String maddr() {
        String value = params.get("maddr");
        return value == null ? null : withoutBrackets(value);
    }

    /** Returns the Via with the parameter set; an empty value means a parameter without a value. */
    public Via withParam(String name, String value) {
        return new Via(transport, host, port, Parameters.with(params, name, value));
    }

    public String encode() {
        StringBuilder out =
                new StringBuilder(80).append("SIP/2.0/").append(transport).append(' ');
        SipUri.appendHostPort(out, host, port);
        Parameters.encode(out, params);
        return out.toString();
    }

    private static String withoutBrackets(String host) {
        return host.startsWith("[") && host.endsWith("]") ? host.substring(1, host.length() - 1) : host;
    }
}

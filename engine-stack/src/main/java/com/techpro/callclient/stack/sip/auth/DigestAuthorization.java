// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.auth;

import com.techpro.callclient.ports.secret.Secret;
import org.jspecify.annotations.Nullable;

/** Writes the value of an Authorization or Proxy-Authorization header (RFC 7616 §3.4). */
final class DigestAuthorization {
    private DigestAuthorization() {}

    static String encode(
            DigestChallenge challenge,
            String user,
            Secret password,
            boolean hashed,
            String cnonce,
            int count,
            String method,
            String uri,
            byte[] body,
            String sessionNonces) {
        String nonceCount = nonceCount(count);
        DigestResponse arithmetic = new DigestResponse(challenge.algorithm());
        String response = arithmetic.compute(
                new DigestResponse.Inputs(
                        user,
                        challenge.realm(),
                        challenge.nonce(),
                        cnonce,
                        nonceCount,
                        challenge.qop(),
                        method,
                        uri,
                        body),
                password,
                hashed,
                sessionNonces);
        StringBuilder out = new StringBuilder(320).append("Digest ");
        String name = challenge.userhash() ? arithmetic.userhash(user, challenge.realm()) : escape(user);
        quoted(out, "username", name);
        quoted(out.append(", "), "realm", challenge.realm());
        quoted(out.append(", "), "nonce", challenge.nonce());
        quoted(out.append(", "), "uri", uri);
        quoted(out.append(", "), "response", response);
        token(out, "algorithm", challenge.algorithmToken());
        if (challenge.opaque() != null) {
            quoted(out.append(", "), "opaque", challenge.opaque());
        }
        if (challenge.qop() != Qop.NONE || challenge.session()) {
            quoted(out.append(", "), "cnonce", cnonce);
        }
        if (challenge.qop() != Qop.NONE) {
            token(out, "qop", challenge.qop().token());
            token(out, "nc", nonceCount);
        }
        if (challenge.userhash()) {
            token(out, "userhash", "true");
        }
        return out.toString();
    }

    /** Eight hexadecimal digits. */
    static String nonceCount(int count) {
        String hex = Integer.toHexString(count);
        return "00000000".substring(hex.length()) + hex;
    }

    private static void quoted(StringBuilder out, String name, String value) {
        out.append(name).append("=\"").append(value).append('"');
    }

    private static void token(StringBuilder out, String name, @Nullable String value) {
        if (value != null) {
            out.append(", ").append(name).append('=').append(value);
        }
    }

    private static String escape(String value) {
        return value.indexOf('"') < 0 && value.indexOf('\\') < 0
                ? value
                : value.replace("\\", "\\\\").replace("\"", "\\\"");
    }
}

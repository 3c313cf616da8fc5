// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.auth;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * A challenge that can be answered (RFC 7616 §3.3).
 *
 * @param algorithmToken the algorithm as the server wrote it, to be echoed; null if it wrote none,
 *     which means MD5
 * @param session whether the key is bound to the nonces of the session's first request
 *     ({@code -sess})
 * @param stale whether the credentials were right but the nonce was old
 * @param userhash whether the username is sent hashed
 */
record DigestChallenge(
        String realm,
        String nonce,
        @Nullable String opaque,
        DigestAlgorithm algorithm,
        @Nullable String algorithmToken,
        boolean session,
        Qop qop,
        boolean stale,
        boolean userhash) {

    /**
     * Parses a WWW-Authenticate or Proxy-Authenticate value; null if this client cannot answer it.
     */
    static @Nullable DigestChallenge parse(String header) {
        AuthParameters parameters = AuthParameters.parse(header);
        if (parameters == null || !parameters.isDigest()) {
            return null;
        }
        String realm = parameters.get("realm");
        String nonce = parameters.get("nonce");
        String token = parameters.get("algorithm");
        DigestAlgorithm algorithm = token == null ? DigestAlgorithm.MD5 : DigestAlgorithm.named(token);
        Qop qop = choose(parameters.get("qop"));
        if (realm == null || nonce == null || algorithm == null || qop == null) {
            return null;
        }
        return new DigestChallenge(
                realm,
                nonce,
                parameters.get("opaque"),
                algorithm,
                token,
                token != null && DigestAlgorithm.isSession(token),
                qop,
                parameters.get("stale", "").equalsIgnoreCase("true"),
                parameters.get("userhash", "").equalsIgnoreCase("true"));
    }

    /**
     * Prefers plain {@code auth}: a proxy on the path may change the body, so {@code auth-int} is
     * used only if nothing else is offered.
     */
    private static @Nullable Qop choose(@Nullable String offered) {
        if (offered == null) {
            return Qop.NONE;
        }
        boolean integrity = false;
        for (String option : offered.toLowerCase(Locale.ROOT).split(",")) {
            if (option.trim().equals("auth")) {
                return Qop.AUTH;
            }
            integrity |= option.trim().equals("auth-int");
        }
        return integrity ? Qop.AUTH_INT : null;
    }

    DigestChallenge withNonce(String next) {
        return new DigestChallenge(realm, next, opaque, algorithm, algorithmToken, session, qop, false, userhash);
    }

    @Override
    public String toString() {
        return "DigestChallenge[" + algorithm + "]";
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.auth;

/** Quality of protection: what the digest covers (RFC 7616 §3.3). */
enum Qop {
    /** As in RFC 2069: no nonce count, no client nonce. */
    NONE(""),
    /** Method and URI. */
    AUTH("auth"),
    /** Method, URI and body. */
    AUTH_INT("auth-int");

    private final String token;

    Qop(String token) {
        this.token = token;
    }

    String token() {
        return token;
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.auth;

import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.secret.SecretAccess;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;

/**
 * The computation of RFC 7616 §3.4, for both sides. The password goes from the {@link Secret} into
 * the hash as bytes and never becomes a string. Its hash is not kept either, because it is as good
 * as the password for its realm.
 */
final class DigestResponse {
    private static final char[] HEX = "0123456789abcdef".toCharArray();

    private final DigestAlgorithm algorithm;
    private final MessageDigest digest;

    DigestResponse(DigestAlgorithm algorithm) {
        this.algorithm = algorithm;
        this.digest = algorithm.newDigest();
    }

    /** The inputs that vary between requests. Used for one computation and never compared. */
    @SuppressWarnings("ArrayRecordComponent")
    record Inputs(
            String user,
            String realm,
            String nonce,
            String cnonce,
            String nonceCount,
            Qop qop,
            String method,
            String uri,
            byte[] body) {
        @Override
        public String toString() {
            return "Inputs[redacted]";
        }
    }

    /**
     * Returns the {@code response} parameter.
     *
     * @param hashed whether the secret is {@code H(user:realm:password)} in hexadecimal and not the
     *     password
     * @param sessionNonces empty for the plain algorithms; for {@code -sess}, {@code nonce:cnonce}
     *     of the session's first request
     */
    String compute(Inputs in, Secret password, boolean hashed, String sessionNonces) {
        String a1 = password.useUtf8(SecretAccess.forAuthenticators(), bytes -> {
            if (hashed) {
                return new String(bytes, StandardCharsets.US_ASCII);
            }
            text(in.user);
            separator();
            text(in.realm);
            separator();
            digest.update(bytes);
            return finish();
        });
        String key = sessionNonces.isEmpty() ? a1 : hash(a1 + ":" + sessionNonces);
        String a2 = in.method + ":" + in.uri;
        if (in.qop == Qop.AUTH_INT) {
            digest.update(in.body);
            a2 = a2 + ":" + finish();
        }
        String covered =
                in.qop == Qop.NONE ? in.nonce : in.nonce + ":" + in.nonceCount + ":" + in.cnonce + ":" + in.qop.token();
        return hash(key + ":" + covered + ":" + hash(a2));
    }

    /**
     * Returns the {@code username} parameter for a server that wants hashed names (RFC 7616
     * §3.4.4).
     */
    String userhash(String user, String realm) {
        return hash(user + ":" + realm);
    }

    private String hash(String value) {
        text(value);
        return finish();
    }

    private void text(String value) {
        digest.update(value.getBytes(StandardCharsets.UTF_8));
    }

    private void separator() {
        digest.update((byte) ':');
    }

    private String finish() {
        byte[] value = digest.digest();
        char[] hex = new char[value.length * 2];
        for (int i = 0; i < value.length; i++) {
            hex[2 * i] = HEX[(value[i] >> 4) & 0xF];
            hex[2 * i + 1] = HEX[value[i] & 0xF];
        }
        return new String(hex);
    }

    @Override
    public String toString() {
        return "DigestResponse[" + algorithm + "]";
    }
}

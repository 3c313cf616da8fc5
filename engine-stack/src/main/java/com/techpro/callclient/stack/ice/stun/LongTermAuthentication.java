// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice.stun;

import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.stack.ice.stun.IntegrityKey.PasswordAlgorithm;
import java.nio.Buffer;
import java.nio.ByteBuffer;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A client's credentials at one server, with the server's last challenge (RFC 8489 §9.2). Not
 * thread-safe.
 *
 * <pre>
 *   nothing known ── 401 with realm and nonce ──► known: requests are signed
 *   known ── 438 with a nonce ──► known, with that nonce; the fifth challenge to one request: unusable
 *   known ── 401 ──► refused: name or password is wrong
 * </pre>
 */
public final class LongTermAuthentication {
    private static final String NONCE_COOKIE = "obMatJos2";
    /** To one request: several at a time may each meet the same stale nonce. */
    private static final int MAX_CHALLENGES = 4;

    // RFC 8489 §18.1 counts bits from the left, its own example in Appendix B.1 from the right; no
    // other bits are assigned.
    private static final int PASSWORD_ALGORITHMS_BIT = 0x800001;
    private static final int ANONYMITY_BIT = 0x400002;

    private final String username;
    private final Secret password;
    private @Nullable String realm;
    private @Nullable String nonce;
    private byte @Nullable [] algorithms;
    private PasswordAlgorithm algorithm = PasswordAlgorithm.MD5;
    private boolean anonymous;
    private @Nullable IntegrityKey key;

    public LongTermAuthentication(String username, Secret password) {
        this.username = username;
        this.password = password;
    }

    /** The meaning of an error response for the request. */
    public enum Answer {
        /** Sign the request again and send it in another transaction. */
        RETRY,
        /** The username or password is wrong. */
        REFUSED,
        /**
         * The challenge cannot be answered, never ends, or demands less than the server says it
         * supports (§9.2.1).
         */
        UNUSABLE
    }

    /** Whether requests can be signed. */
    public boolean isKnown() {
        return key != null;
    }

    /** Signs the request as the server demanded; does nothing before its first challenge. */
    public StunWriter sign(StunWriter request) {
        if (key == null || realm == null || nonce == null) {
            return request;
        }
        if (anonymous) {
            request.bytes(StunAttribute.USERHASH, IntegrityKey.userHash(username, realm));
        } else {
            request.text(StunAttribute.USERNAME, IntegrityKey.opaque(username));
        }
        request.text(StunAttribute.NONCE, nonce).text(StunAttribute.REALM, realm);
        if (algorithms == null) {
            return request.integrity(key);
        }
        // Both, so that the server can detect manipulation of its offer (§9.2.5).
        return request.bytes(StunAttribute.PASSWORD_ALGORITHMS, algorithms)
                .uint32(StunAttribute.PASSWORD_ALGORITHM, (long) algorithm.code << 16)
                .integritySha256(key);
    }

    /**
     * Processes a 401 or 438.
     *
     * @param before how many challenges the request had before this one
     */
    public Answer challenged(StunMessage response, int before) {
        StunError error = response.error();
        String newRealm = response.text(StunAttribute.REALM);
        String newNonce = response.text(StunAttribute.NONCE);
        if (error == null || newNonce == null || newNonce.isEmpty()) {
            return Answer.UNUSABLE;
        }
        if (newRealm == null) {
            newRealm = realm;
        }
        if (newRealm == null) {
            return Answer.UNUSABLE;
        }
        if (error.code() == StunError.UNAUTHENTICATED && key != null && newRealm.equals(realm)) {
            return Answer.REFUSED;
        }
        if (before >= MAX_CHALLENGES) {
            return Answer.UNUSABLE;
        }
        int features = features(newNonce);
        byte[] offered = response.bytes(StunAttribute.PASSWORD_ALGORITHMS);
        if ((features & PASSWORD_ALGORITHMS_BIT) != 0) {
            PasswordAlgorithm best = offered == null ? null : best(offered);
            if (best == null) {
                // §9.2.5: the nonce announces password algorithms, so somebody removed them.
                return Answer.UNUSABLE;
            }
            algorithm = best;
            algorithms = offered;
        } else {
            algorithm = PasswordAlgorithm.MD5;
            algorithms = null;
        }
        anonymous = (features & ANONYMITY_BIT) != 0;
        realm = newRealm;
        nonce = newNonce;
        key = IntegrityKey.longTerm(username, newRealm, password, algorithm);
        return Answer.RETRY;
    }

    /** Whether the server wrote the response to a signed request. */
    public boolean isAuthentic(StunMessage response) {
        return key != null && response.isAuthentic(key);
    }

    private static int features(String nonce) {
        if (!nonce.startsWith(NONCE_COOKIE) || nonce.length() < NONCE_COOKIE.length() + 4) {
            return 0;
        }
        try {
            byte[] bits = Base64.getDecoder().decode(nonce.substring(NONCE_COOKIE.length(), NONCE_COOKIE.length() + 4));
            return bits.length < 3 ? 0 : (bits[0] & 0xFF) << 16 | (bits[1] & 0xFF) << 8 | (bits[2] & 0xFF);
        } catch (IllegalArgumentException e) {
            return 0;
        }
    }

    /** Returns the best known entry of PASSWORD-ALGORITHMS (RFC 8489 §14.11), or null. */
    private static @Nullable PasswordAlgorithm best(byte[] offered) {
        ByteBuffer list = ByteBuffer.wrap(offered);
        PasswordAlgorithm best = null;
        while (list.remaining() >= 4) {
            int code = list.getShort() & 0xFFFF;
            int parameters = ((list.getShort() & 0xFFFF) + 3) / 4 * 4;
            if (parameters > list.remaining()) {
                return best;
            }
            ((Buffer) list).position(list.position() + parameters);
            for (PasswordAlgorithm known : PasswordAlgorithm.values()) {
                if (known.code == code && (best == null || known.compareTo(best) > 0)) {
                    best = known;
                }
            }
        }
        return best;
    }

    @Override
    public String toString() {
        return "LongTermAuthentication[redacted]";
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.lock;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.ShortBufferException;

/**
 * PBKDF2 with HMAC-SHA-256 (RFC 8018 §5.2), one block. The JDK's implementation keeps the password
 * in a key that is wiped only by garbage collection, if at all.
 */
final class Pbkdf2 {
    static final int BYTES = 32;

    /** The last key of a Mac, so that it forgets the password. */
    private static final byte[] NOTHING = new byte[BYTES];

    private Pbkdf2() {}

    /**
     * Derives a key, in time proportional to the iterations.
     *
     * @param password not empty; neither kept nor changed
     */
    static byte[] sha256(byte[] password, byte[] salt, int iterations) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new MacKey(password));
            byte[] block = blockOf(mac, salt, iterations);
            mac.init(new MacKey(NOTHING));
            return block;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this platform lacks HMAC-SHA-256", e);
        }
    }

    /** T_1 = U_1 xor U_2 xor … U_c, where U_1 is of the salt and the block's number. */
    private static byte[] blockOf(Mac mac, byte[] salt, int iterations) throws ShortBufferException {
        mac.update(salt);
        mac.update(new byte[] {0, 0, 0, 1});
        byte[] next = mac.doFinal();
        byte[] sum = next.clone();
        for (int i = 1; i < iterations; i++) {
            mac.update(next);
            mac.doFinal(next, 0);
            for (int at = 0; at < sum.length; at++) {
                sum[at] ^= next[at];
            }
        }
        Arrays.fill(next, (byte) 0);
        return sum;
    }

    /** Lends the password to a Mac, which wipes what it gets. A SecretKeySpec would keep a copy. */
    private static final class MacKey implements SecretKey {
        private static final long serialVersionUID = 1L;
        private final transient byte[] password;

        MacKey(byte[] password) {
            this.password = password;
        }

        @Override
        public String getAlgorithm() {
            return "HmacSHA256";
        }

        @Override
        public String getFormat() {
            return "RAW";
        }

        @Override
        public byte[] getEncoded() {
            return password.clone();
        }

        @Override
        public String toString() {
            return "MacKey[redacted]";
        }
    }
}

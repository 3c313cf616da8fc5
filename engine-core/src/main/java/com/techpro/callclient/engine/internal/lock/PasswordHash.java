// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.lock;

import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.secret.SecretAccess;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import org.jspecify.annotations.Nullable;

/** What is kept of the password: PBKDF2 with HMAC-SHA-256 (RFC 8018 §5.2), which both the JDK and Android 26 bring. Slow on purpose. */
final class PasswordHash {
    /** What NIST SP 800-132 leaves to the time, and OWASP's advice of 2023 for this function. */
    static final int ITERATIONS = 600_000;

    private static final int MAX_ITERATIONS = 10_000_000;
    private static final int SALT_BYTES = 16;
    private static final int KEY_BYTES = 32;
    private static final String PRF = "HmacSHA256";
    /** The number of a block, in front of which the salt goes. */
    private static final byte[] FIRST_BLOCK = {0, 0, 0, 1};

    private final byte[] salt;
    private final int iterations;
    private final byte[] key;

    private PasswordHash(byte[] salt, int iterations, byte[] key) {
        this.salt = salt;
        this.iterations = iterations;
        this.key = key;
    }

    /** Takes a noticeable fraction of a second; null if there is no password, which can lock nothing. */
    static @Nullable PasswordHash of(Secret password, int iterations, Random random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        byte[] key = derive(password, salt, iterations);
        return key.length == 0 ? null : new PasswordHash(salt, iterations, key);
    }

    /** @throws IllegalArgumentException if these cannot be the parts of one */
    static PasswordHash stored(byte[] salt, int iterations, byte[] key) {
        if (salt.length != SALT_BYTES || key.length != KEY_BYTES || iterations < 1 || iterations > MAX_ITERATIONS) {
            throw new IllegalArgumentException("not a stored password hash");
        }
        return new PasswordHash(salt.clone(), iterations, key.clone());
    }

    /** Takes as long as {@link #of}, and equally long for every password. */
    boolean matches(Secret password) {
        return MessageDigest.isEqual(key, derive(password, salt, iterations));
    }

    byte[] salt() {
        return salt.clone();
    }

    int iterations() {
        return iterations;
    }

    byte[] key() {
        return key.clone();
    }

    /**
     * PBKDF2 with one block. Not by the platform's SecretKeyFactory: what that makes has the password in it until the collector comes by.
     */
    private static byte[] derive(Secret password, byte[] salt, int iterations) {
        return password.useUtf8(SecretAccess.forAuthenticators(), octets -> {
            if (octets.length == 0) {
                return new byte[0];
            }
            try {
                Mac prf = Mac.getInstance(PRF);
                prf.init(new PasswordKey(octets));
                prf.update(salt);
                byte[] round = prf.doFinal(FIRST_BLOCK);
                byte[] key = round.clone();
                for (int i = 1; i < iterations; i++) {
                    prf.update(round);
                    prf.doFinal(round, 0);
                    for (int at = 0; at < key.length; at++) {
                        key[at] ^= round[at];
                    }
                }
                return key;
            } catch (GeneralSecurityException e) {
                throw new IllegalStateException("this platform lacks HMAC with SHA-256", e);
            }
        });
    }

    /** Octets that somebody else overwrites. The Mac overwrites the copy that it gets. */
    private static final class PasswordKey implements SecretKey {
        private static final long serialVersionUID = 1;

        private final transient byte[] octets;

        PasswordKey(byte[] octets) {
            this.octets = octets;
        }

        @Override
        public String getAlgorithm() {
            return PRF;
        }

        @Override
        public String getFormat() {
            return "RAW";
        }

        @Override
        public byte[] getEncoded() {
            return octets.clone();
        }
    }

    @Override
    public String toString() {
        return "PasswordHash[redacted]";
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.lock;

import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.secret.SecretAccess;
import java.security.MessageDigest;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * The stored hash of a password or PIN: PBKDF2 with HMAC-SHA-256 (RFC 8018 §5.2). Slow on purpose.
 */
final class StoredHash {
    /**
     * OWASP's advice of 2023 for this function; NIST SP 800-132 leaves the number to the state of
     * the art.
     */
    static final int ITERATIONS = 600_000;

    /** Of a hash that is compared in memory only, while there is no lock. */
    static final int UNSTORED = 1;

    private static final int MAX_ITERATIONS = 10_000_000;
    private static final int SALT_BYTES = 16;
    private static final int KEY_BYTES = Pbkdf2.BYTES;

    private final byte[] salt;
    private final int iterations;
    private final byte[] key;

    private StoredHash(byte[] salt, int iterations, byte[] key) {
        this.salt = salt;
        this.iterations = iterations;
        this.key = key;
    }

    /**
     * Computes a hash, which takes a noticeable fraction of a second. Returns null for an empty
     * password, which can lock nothing.
     */
    static @Nullable StoredHash of(Secret password, int iterations, Random random) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        byte[] key = derive(password, salt, iterations);
        return key.length == 0 ? null : new StoredHash(salt, iterations, key);
    }

    /** Whether guessing the password from it would be slow. */
    boolean isStorable() {
        return iterations != UNSTORED;
    }

    /** @throws IllegalArgumentException if these cannot be the parts of a hash */
    static StoredHash stored(byte[] salt, int iterations, byte[] key) {
        if (salt.length != SALT_BYTES || key.length != KEY_BYTES || iterations < 1 || iterations > MAX_ITERATIONS) {
            throw new IllegalArgumentException("not a stored password hash");
        }
        return new StoredHash(salt.clone(), iterations, key.clone());
    }

    /** Compares a password. Takes as long as {@link #of}, and equally long for every password. */
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

    private static byte[] derive(Secret password, byte[] salt, int iterations) {
        return password.useUtf8(
                SecretAccess.forAuthenticators(),
                bytes -> bytes.length == 0 ? new byte[0] : Pbkdf2.sha256(bytes, salt, iterations));
    }

    @Override
    public String toString() {
        return "PasswordHash[redacted]";
    }
}

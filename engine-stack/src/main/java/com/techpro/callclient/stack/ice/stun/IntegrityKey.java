// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice.stun;

import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.secret.SecretAccess;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.text.Normalizer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The key for a message's integrity (RFC 8489 §9.1.1, §9.2.2). {@code toString} never shows it. Not
 * thread-safe.
 */
public final class IntegrityKey {
    /** Every text below U+0300 is in NFC (Unicode Standard Annex 15, §9). */
    private static final char FIRST_TO_COMPOSE = 0x300;

    private final SecretKeySpec key;

    private IntegrityKey(byte[] key) {
        this.key = new SecretKeySpec(key, "HmacSHA1");
    }

    /** How a long-term credential becomes a key (RFC 8489 §18.5). */
    public enum PasswordAlgorithm {
        MD5(1, "MD5"),
        SHA_256(2, "SHA-256");

        final int code;
        private final String digest;

        PasswordAlgorithm(int code, String digest) {
            this.code = code;
            this.digest = digest;
        }
    }

    /** Returns the key for a password that both sides exchanged for this session. */
    public static IntegrityKey shortTerm(String password) {
        return new IntegrityKey(opaque(password).getBytes(StandardCharsets.UTF_8));
    }

    /** Returns the key for a username and password at a server. */
    public static IntegrityKey longTerm(String username, String realm, Secret password, PasswordAlgorithm algorithm) {
        return password.use(SecretAccess.forAuthenticators(), characters -> {
            MessageDigest digest = digest(algorithm.digest);
            digest.update((opaque(username) + ":" + opaque(realm) + ":").getBytes(StandardCharsets.UTF_8));
            Secret prepared = Secret.of(opaque(characters));
            try {
                return prepared.useUtf8(SecretAccess.forAuthenticators(), bytes -> {
                    digest.update(bytes);
                    return new IntegrityKey(digest.digest());
                });
            } finally {
                prepared.wipe();
            }
        });
    }

    /**
     * USERHASH: replaces the username if the server does not want it in clear text (RFC 8489
     * §14.4).
     */
    static byte[] userHash(String username, String realm) {
        return digest("SHA-256").digest((opaque(username) + ":" + opaque(realm)).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Returns the HMAC-SHA1 or HMAC-SHA256 of the message up to an offset, with another length in
     * its header.
     */
    byte[] hmac(boolean sha256, byte[] message, int until, int length) {
        try {
            Mac mac = Mac.getInstance(sha256 ? "HmacSHA256" : "HmacSHA1");
            mac.init(key);
            mac.update(message, 0, 2);
            mac.update((byte) (length >> 8));
            mac.update((byte) length);
            mac.update(message, 4, until - 4);
            return mac.doFinal();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every platform has HMAC", e);
        }
    }

    /**
     * Applies the OpaqueString profile as far as it changes anything that people type (RFC 8265
     * §4.2.2).
     */
    static String opaque(CharSequence text) {
        StringBuilder mapped = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            mapped.append(Character.getType(c) == Character.SPACE_SEPARATOR ? ' ' : c);
        }
        return Normalizer.normalize(mapped, Normalizer.Form.NFC);
    }

    /**
     * The same in place, if nothing needs composing: a password never becomes a string, which could
     * not be wiped.
     */
    private static CharSequence opaque(char[] password) {
        boolean composed = true;
        for (int i = 0; i < password.length; i++) {
            composed &= password[i] < FIRST_TO_COMPOSE;
            if (Character.getType(password[i]) == Character.SPACE_SEPARATOR) {
                password[i] = ' ';
            }
        }
        CharBuffer text = CharBuffer.wrap(password);
        return composed ? text : opaque(text);
    }

    private static MessageDigest digest(String name) {
        try {
            return MessageDigest.getInstance(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every platform has " + name, e);
        }
    }

    @Override
    public String toString() {
        return "IntegrityKey[redacted]";
    }
}

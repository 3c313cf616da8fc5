// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.dtls;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The hash of a certificate, as in the value of {@code a=fingerprint} (RFC 8122 §5). SHA-256,
 * SHA-384 or SHA-512.
 */
public final class Fingerprint {
    /** The hash in our offers and answers. */
    static final Hash USUAL = Hash.SHA_256;

    enum Hash {
        SHA_256("sha-256", 32),
        SHA_384("sha-384", 48),
        SHA_512("sha-512", 64);

        private final String token;
        private final int length;

        Hash(String token, int length) {
            this.token = token;
            this.length = length;
        }

        byte[] of(byte[] certificate) {
            try {
                return MessageDigest.getInstance(token.toUpperCase(Locale.ROOT)).digest(certificate);
            } catch (NoSuchAlgorithmException e) {
                throw new AssertionError("every JDK and Android has " + token, e);
            }
        }
    }

    private final Hash hash;
    private final byte[] value;

    private Fingerprint(Hash hash, byte[] value) {
        this.hash = hash;
        this.value = value;
    }

    /** @param certificate in DER */
    static Fingerprint of(byte[] certificate) {
        return new Fingerprint(USUAL, USUAL.of(certificate));
    }

    /**
     * @return null if it is malformed, or its hash is unknown or too weak (RFC 8122 §5 forbids MD5
     *     and MD2; SHA-1 does not suffice)
     */
    public static @Nullable Fingerprint parse(String attribute) {
        int space = attribute.indexOf(' ');
        if (space < 0) {
            return null;
        }
        for (Hash hash : Hash.values()) {
            if (hash.token.equalsIgnoreCase(attribute.substring(0, space))) {
                byte[] value = bytes(attribute.substring(space + 1).trim(), hash.length);
                return value == null ? null : new Fingerprint(hash, value);
            }
        }
        return null;
    }

    /**
     * Parses pairs of hexadecimal digits with colons between them. Lower case is accepted, though
     * the grammar does not allow it.
     */
    private static byte @Nullable [] bytes(String text, int length) {
        if (text.length() != 3 * length - 1) {
            return null;
        }
        byte[] value = new byte[length];
        for (int i = 0; i < length; i++) {
            int high = Character.digit(text.charAt(3 * i), 16);
            int low = Character.digit(text.charAt(3 * i + 1), 16);
            if (high < 0 || low < 0 || (i > 0 && text.charAt(3 * i - 1) != ':')) {
                return null;
            }
            value[i] = (byte) ((high << 4) | low);
        }
        return value;
    }

    boolean matches(byte[] certificate) {
        return MessageDigest.isEqual(hash.of(certificate), value);
    }

    /** Returns the value of the attribute. */
    public String toAttribute() {
        StringBuilder text = new StringBuilder(hash.token).append(' ');
        for (int i = 0; i < value.length; i++) {
            text.append(i == 0 ? "" : ":").append(String.format(Locale.ROOT, "%02X", value[i]));
        }
        return text.toString();
    }

    @Override
    public boolean equals(@Nullable Object o) {
        return o instanceof Fingerprint other && other.hash == hash && Arrays.equals(other.value, value);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(value);
    }

    @Override
    public String toString() {
        return "Fingerprint[" + hash.token + "]";
    }
}

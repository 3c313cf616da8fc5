// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.auth;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import org.jspecify.annotations.Nullable;

/** The hash functions of digest authentication, strongest first (RFC 7616 §3.3, RFC 8760 §2.1). */
public enum DigestAlgorithm {
    SHA_512_256("SHA-512-256", "SHA-512/256"),
    SHA_256("SHA-256", "SHA-256"),
    MD5("MD5", "MD5");

    private final String token;
    private final String platformName;

    DigestAlgorithm(String token, String platformName) {
        this.token = token;
        this.platformName = platformName;
    }

    /** The name in a header; the session variant appends {@code -sess}. */
    public String token() {
        return token;
    }

    /**
     * Returns the algorithm of that header name, with or without {@code -sess}; null if it is
     * unknown or not available on this platform.
     */
    static @Nullable DigestAlgorithm named(String token) {
        String base = isSession(token) ? token.substring(0, token.length() - "-sess".length()) : token;
        for (DigestAlgorithm algorithm : values()) {
            if (algorithm.token.equalsIgnoreCase(base)) {
                return algorithm.isAvailable() ? algorithm : null;
            }
        }
        return null;
    }

    static boolean isSession(String token) {
        int length = "-sess".length();
        return token.regionMatches(true, token.length() - length, "-sess", 0, length);
    }

    /** Android 8 has no SHA-512/256. */
    private boolean isAvailable() {
        try {
            MessageDigest.getInstance(platformName);
            return true;
        } catch (NoSuchAlgorithmException e) {
            return false;
        }
    }

    MessageDigest newDigest() {
        try {
            return MessageDigest.getInstance(platformName);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("algorithm was available when it was chosen", e);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice;

import java.util.Random;

/**
 * The credentials that authenticate one side's checks for one generation (RFC 8445 §5.3).
 *
 * @param ufrag 4 to 256 characters
 * @param password 22 to 256 characters
 */
public record IceCredentials(String ufrag, String password) {
    private static final String CHARACTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

    /**
     * Returns random credentials: 48 bits of ufrag and 144 of password (§5.3 requires 24 and 128).
     */
    public static IceCredentials random(Random random) {
        return new IceCredentials(characters(random, 8), characters(random, 24));
    }

    private static String characters(Random random, int count) {
        StringBuilder text = new StringBuilder(count);
        for (int i = 0; i < count; i++) {
            text.append(CHARACTERS.charAt(random.nextInt(CHARACTERS.length())));
        }
        return text.toString();
    }

    @Override
    public String toString() {
        return "IceCredentials[redacted]";
    }
}

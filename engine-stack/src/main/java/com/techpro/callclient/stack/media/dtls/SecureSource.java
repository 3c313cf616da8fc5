// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.dtls;

import java.security.SecureRandom;
import java.util.Random;

/**
 * Passes a source of random numbers to BouncyCastle as the type that it needs. In production the
 * source is secure; in virtual time its numbers repeat.
 */
final class SecureSource extends SecureRandom {
    private static final long serialVersionUID = 1;
    private final Random source;

    private SecureSource(Random source) {
        this.source = source;
    }

    static SecureRandom of(Random source) {
        return source instanceof SecureRandom secure ? secure : new SecureSource(source);
    }

    @Override
    public void nextBytes(byte[] bytes) {
        source.nextBytes(bytes);
    }

    @Override
    public byte[] generateSeed(int count) {
        byte[] seed = new byte[count];
        source.nextBytes(seed);
        return seed;
    }
}

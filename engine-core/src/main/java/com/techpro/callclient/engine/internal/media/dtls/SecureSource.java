// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media.dtls;

import java.security.SecureRandom;
import java.util.Random;

/** A source of random numbers under the type that BouncyCastle asks for. In production it is one; where time is virtual, its numbers repeat. */
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

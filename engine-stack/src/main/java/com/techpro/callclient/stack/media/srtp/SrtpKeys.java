// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.srtp;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;

/**
 * The master key and salt of one direction, with their suite and lifetime. Immutable;
 * {@code toString} never shows the key.
 */
public final class SrtpKeys {
    /** The most packets that RFC 3711 §9.2 allows. */
    public static final long MAX_LIFETIME = 1L << 48;

    private final SrtpSuite suite;
    private final byte[] masterKeySalt;
    private final long lifetime;

    public SrtpKeys(SrtpSuite suite, byte[] masterKeySalt, long lifetime) {
        if (masterKeySalt.length != suite.keyLength() + suite.saltLength()) {
            throw new IllegalArgumentException(
                    suite + " does not have " + masterKeySalt.length + " bytes of key and salt");
        }
        if (lifetime < 1 || lifetime > MAX_LIFETIME) {
            throw new IllegalArgumentException("a master key lives for 1 to 2^48 packets");
        }
        this.suite = suite;
        this.masterKeySalt = masterKeySalt.clone();
        this.lifetime = lifetime;
    }

    /**
     * Generates keys.
     *
     * @param random a SecureRandom, except in tests
     */
    public static SrtpKeys generate(SrtpSuite suite, Random random) {
        byte[] keySalt = new byte[suite.keyLength() + suite.saltLength()];
        random.nextBytes(keySalt);
        return new SrtpKeys(suite, keySalt, MAX_LIFETIME);
    }

    /** Parses the value of an {@code a=crypto} attribute, without the {@code crypto:}. */
    public static CryptoAttribute parse(String value) {
        return Sdes.parse(value);
    }

    /**
     * Returns the value of an {@code a=crypto} attribute, without the {@code crypto:}. It contains
     * the key: for SDP inside TLS only.
     */
    public String toCryptoAttribute(int tag) {
        return Sdes.format(tag, this);
    }

    public SrtpSuite suite() {
        return suite;
    }

    /** A copy of the master key followed by the master salt. */
    public byte[] masterKeySalt() {
        return masterKeySalt.clone();
    }

    /** The number of packets that the key may protect. */
    public long lifetime() {
        return lifetime;
    }

    @Override
    public boolean equals(Object o) {
        return o instanceof SrtpKeys other
                && other.suite == suite
                && other.lifetime == lifetime
                && MessageDigest.isEqual(other.masterKeySalt, masterKeySalt);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(masterKeySalt);
    }

    @Override
    public String toString() {
        return "SrtpKeys[" + suite + ", redacted]";
    }
}

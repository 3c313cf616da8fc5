// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media.srtp;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;

/**
 * One suite's transform of one kind of packet, RTP or RTCP, under its session keys. Works in place on an array and keeps no state between
 * packets, so one serves all sources.
 *
 * <p>What is written behind the packet differs: SRTP puts its tag last, SRTCP has the E bit and index word too, before the tag in
 * AES-CM (RFC 3711 figure 2) but after it in AES-GCM (RFC 7714 §9.4). The transform knows; the context only learns how much longer the
 * packet got.
 */
interface SrtpCipher {
    /** The word behind SRTCP: E bit and 31-bit index. */
    int INDEX_WORD = 4;

    /**
     * Encrypts and authenticates.
     *
     * @param from where the packet starts
     * @param header how much of it stays readable
     * @param length its length now; there is room for the trailer behind it
     */
    void protect(byte[] packet, int from, int header, int length, int ssrc, long index);

    /**
     * Checks and decrypts.
     *
     * @param length its length with the trailer, which the context has checked to fit
     * @return whether it is authentic; if not, it is as it was
     */
    boolean unprotect(byte[] packet, int from, int header, int length, int ssrc, long index);

    /** What {@code protect} adds. */
    int trailer();

    static SrtpCipher forRtp(SrtpSuite suite, KeyDerivation derivation) {
        byte[] key = derivation.derive(KeyDerivation.RTP_ENCRYPTION, suite.keyLength());
        byte[] salt = derivation.derive(KeyDerivation.RTP_SALT, suite.saltLength());
        if (suite.isAead()) {
            return new AesGcm(key, salt, false);
        }
        byte[] mac = derivation.derive(KeyDerivation.RTP_AUTHENTICATION, AesCm.MAC_KEY);
        return new AesCm(key, salt, mac, suite.rtpTagLength(), false);
    }

    static SrtpCipher forRtcp(SrtpSuite suite, KeyDerivation derivation) {
        byte[] key = derivation.derive(KeyDerivation.RTCP_ENCRYPTION, suite.keyLength());
        byte[] salt = derivation.derive(KeyDerivation.RTCP_SALT, suite.saltLength());
        if (suite.isAead()) {
            return new AesGcm(key, salt, true);
        }
        byte[] mac = derivation.derive(KeyDerivation.RTCP_AUTHENTICATION, AesCm.MAC_KEY);
        return new AesCm(key, salt, mac, suite.rtcpTagLength(), true);
    }

    /** Big-endian, as on the wire. */
    static void putInt(byte[] to, int at, int value) {
        to[at] = (byte) (value >>> 24);
        to[at + 1] = (byte) (value >>> 16);
        to[at + 2] = (byte) (value >>> 8);
        to[at + 3] = (byte) value;
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.srtp;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;

/**
 * The transform of one suite for RTP or RTCP, with its session keys. Works in place on an array and
 * keeps no state between packets, so one serves all sources.
 *
 * <p>The trailer differs: SRTP appends its tag. SRTCP also appends the E bit and index word, before
 * the tag in AES-CM (RFC 3711 figure 2), but after it in AES-GCM (RFC 7714 §9.4). The transform
 * handles this; the context only learns the trailer's length.
 */
interface SrtpCipher {
    /** The length of SRTCP's index word: E bit and 31-bit index. */
    int INDEX_WORD = 4;

    /**
     * Encrypts and authenticates.
     *
     * @param from the start of the packet
     * @param header the length of the part that stays readable
     * @param length the current length; there is room for the trailer after it
     */
    void protect(byte[] packet, int from, int header, int length, int ssrc, long index);

    /**
     * Authenticates and decrypts.
     *
     * @param length the length with the trailer, which the context has checked
     * @return whether it is authentic; if not, it is unchanged
     */
    boolean unprotect(byte[] packet, int from, int header, int length, int ssrc, long index);

    /** The octets that {@code protect} adds. */
    int trailer();

    static SrtpCipher forRtp(SrtpSuite suite, KeyDerivation derivation) {
        byte[] key = derivation.derive(KeyDerivation.RTP_ENCRYPTION, suite.keyLength());
        byte[] salt = derivation.derive(KeyDerivation.RTP_SALT, suite.saltLength());
        if (suite.isAead()) {
            return AesGcm.forRtp(key, salt);
        }
        byte[] mac = derivation.derive(KeyDerivation.RTP_AUTHENTICATION, AesCm.MAC_KEY);
        return new AesCm(key, salt, mac, suite.rtpTagLength(), false);
    }

    /**
     * @param rtp the cipher of the same context, whose thread uses this one too
     */
    static SrtpCipher forRtcp(SrtpSuite suite, KeyDerivation derivation, SrtpCipher rtp) {
        byte[] key = derivation.derive(KeyDerivation.RTCP_ENCRYPTION, suite.keyLength());
        byte[] salt = derivation.derive(KeyDerivation.RTCP_SALT, suite.saltLength());
        if (rtp instanceof AesGcm gcm) {
            return gcm.forRtcp(key, salt);
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

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.phonesystem;

/** An SRTP crypto suite, under the names of RFC 4568 §6.2 and RFC 7714 §14.2. Lengths are in bytes. */
public enum SrtpSuite {
    AEAD_AES_256_GCM(32, 12, 16, 16),
    AEAD_AES_128_GCM(16, 12, 16, 16),
    AES_CM_128_HMAC_SHA1_80(16, 14, 10, 10),
    AES_CM_128_HMAC_SHA1_32(16, 14, 4, 10);

    private final int keyLength;
    private final int saltLength;
    private final int rtpTagLength;
    private final int rtcpTagLength;

    SrtpSuite(int keyLength, int saltLength, int rtpTagLength, int rtcpTagLength) {
        this.keyLength = keyLength;
        this.saltLength = saltLength;
        this.rtpTagLength = rtpTagLength;
        this.rtcpTagLength = rtcpTagLength;
    }

    public int keyLength() {
        return keyLength;
    }

    public int saltLength() {
        return saltLength;
    }

    public int rtpTagLength() {
        return rtpTagLength;
    }

    public int rtcpTagLength() {
        return rtcpTagLength;
    }

    public boolean isAead() {
        return this == AEAD_AES_256_GCM || this == AEAD_AES_128_GCM;
    }
}

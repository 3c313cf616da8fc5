// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.srtp;

import java.security.GeneralSecurityException;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * AES in counter mode with HMAC-SHA1 (RFC 3711 §4.1.1, §4.2.1). The JDK's counter mode needs a new
 * initialisation, with garbage, for every packet. Encrypting the counter blocks in one call of the
 * plain block cipher needs none.
 */
final class AesCm implements SrtpCipher {
    static final int MAC_KEY = 20;

    private static final int BLOCK = 16;
    private static final int DIGEST = 20;

    private final Cipher aes;
    private final Mac mac;
    private final byte[] salt;
    private final int tagLength;
    private final boolean rtcp;
    private final byte[] iv = new byte[BLOCK];
    private final byte[] word = new byte[INDEX_WORD];
    private final byte[] digest = new byte[DIGEST];
    private byte[] counters = new byte[0];
    private byte[] keystream = new byte[0];

    AesCm(byte[] key, byte[] salt, byte[] macKey, int tagLength, boolean rtcp) {
        try {
            aes = Cipher.getInstance("AES/ECB/NoPadding");
            aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"));
            mac = Mac.getInstance("HmacSHA1");
            mac.init(new SecretKeySpec(macKey, "HmacSHA1"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this platform has no AES or HMAC-SHA1", e);
        }
        this.salt = salt;
        this.tagLength = tagLength;
        this.rtcp = rtcp;
    }

    @Override
    public void protect(byte[] packet, int from, int header, int length, int ssrc, long index) {
        crypt(packet, from + header, length - header, ssrc, index);
        int covered = length;
        if (rtcp) {
            SrtpCipher.putInt(packet, from + length, (int) index | 0x80000000);
            covered += INDEX_WORD;
        }
        authenticate(packet, from, covered, index);
        System.arraycopy(digest, 0, packet, from + covered, tagLength);
    }

    @Override
    public boolean unprotect(byte[] packet, int from, int header, int length, int ssrc, long index) {
        int covered = length - tagLength;
        authenticate(packet, from, covered, index);
        int different = 0;
        for (int i = 0; i < tagLength; i++) {
            different |= digest[i] ^ packet[from + covered + i];
        }
        if (different != 0) {
            return false;
        }
        crypt(packet, from + header, length - trailer() - header, ssrc, index);
        return true;
    }

    @Override
    public int trailer() {
        return rtcp ? INDEX_WORD + tagLength : tagLength;
    }

    /** HMAC over the packet and, in SRTP, the roll-over counter after it (RFC 3711 §4.2). */
    private void authenticate(byte[] packet, int from, int length, long index) {
        mac.update(packet, from, length);
        if (!rtcp) {
            SrtpCipher.putInt(word, 0, (int) (index >>> 16));
            mac.update(word, 0, INDEX_WORD);
        }
        try {
            mac.doFinal(digest, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA1 did not fit its 20 bytes", e);
        }
    }

    /** XORs with the keystream of IV = (salt * 2^16) XOR (SSRC * 2^64) XOR (index * 2^16). */
    private void crypt(byte[] packet, int from, int length, int ssrc, long index) {
        System.arraycopy(salt, 0, iv, 0, salt.length);
        for (int i = 0; i < 4; i++) {
            iv[4 + i] ^= (byte) (ssrc >>> (24 - 8 * i));
        }
        for (int i = 0; i < 6; i++) {
            iv[8 + i] ^= (byte) (index >>> (40 - 8 * i));
        }
        int blocks = (length + BLOCK - 1) / BLOCK;
        if (counters.length < blocks * BLOCK) {
            counters = new byte[blocks * BLOCK];
            keystream = new byte[blocks * BLOCK];
        }
        for (int block = 0; block < blocks; block++) {
            int at = block * BLOCK;
            System.arraycopy(iv, 0, counters, at, BLOCK - 2);
            counters[at + 14] = (byte) (block >>> 8);
            counters[at + 15] = (byte) block;
        }
        try {
            aes.update(counters, 0, blocks * BLOCK, keystream, 0);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES refused whole blocks", e);
        }
        for (int i = 0; i < length; i++) {
            packet[from + i] ^= keystream[i];
        }
    }
}

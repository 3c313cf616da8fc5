// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.srtp;

import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.InvalidKeyException;
import javax.crypto.AEADBadTagException;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/** AES in Galois/counter mode, keys of 128 and 256 bits (RFC 7714). */
final class AesGcm implements SrtpCipher {
    private static final int TAG = 16;
    private static final int IV = 12;

    /** Takes a key with each packet, and expands it only if it is not the one before. */
    private final Cipher cipher;

    private final SecretKeySpec key;
    private final byte[] salt;
    private final boolean rtcp;
    private final byte[] iv = new byte[IV];
    private final byte[] word = new byte[INDEX_WORD];
    /** The cipher's output: in place, it would copy the input first. */
    private byte[] output = new byte[0];

    static AesGcm forRtp(byte[] key, byte[] salt) {
        try {
            return new AesGcm(Cipher.getInstance("AES/GCM/NoPadding"), key, salt, false);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this platform has no AES-GCM", e);
        }
    }

    /** Returns the transform of SRTCP, which shares this one's cipher: a report is rare, and a cipher large. */
    AesGcm forRtcp(byte[] rtcpKey, byte[] rtcpSalt) {
        return new AesGcm(cipher, rtcpKey, rtcpSalt, true);
    }

    private AesGcm(Cipher cipher, byte[] key, byte[] salt, boolean rtcp) {
        this.cipher = cipher;
        this.key = new SecretKeySpec(key, "AES");
        this.salt = salt;
        this.rtcp = rtcp;
    }

    @Override
    public void protect(byte[] packet, int from, int header, int length, int ssrc, long index) {
        try {
            start(Cipher.ENCRYPT_MODE, packet, from, header, ssrc, index);
            run(packet, from + header, length - header, length - header + TAG);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refused to encrypt", e);
        }
        if (rtcp) {
            System.arraycopy(word, 0, packet, from + length + TAG, INDEX_WORD);
        }
    }

    @Override
    public boolean unprotect(byte[] packet, int from, int header, int length, int ssrc, long index) {
        int sealed = length - header - (rtcp ? INDEX_WORD : 0);
        try {
            start(Cipher.DECRYPT_MODE, packet, from, header, ssrc, index);
            run(packet, from + header, sealed, sealed - TAG);
            return true;
        } catch (AEADBadTagException e) {
            return false;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES-GCM refused to decrypt", e);
        }
    }

    @Override
    public int trailer() {
        return rtcp ? TAG + INDEX_WORD : TAG;
    }

    private void run(byte[] packet, int from, int input, int expected) throws GeneralSecurityException {
        if (output.length < expected) {
            output = new byte[expected];
        }
        int written = cipher.doFinal(packet, from, input, output, 0);
        System.arraycopy(output, 0, packet, from, written);
    }

    /**
     * Sets the IV (RFC 7714 §8.1 and §9.1: two zero bytes, SSRC, then the 48-bit index, which for SRTCP is two zero bytes and
     * 31 bits; XOR the salt) and the associated data (the header; in SRTCP the index word too, §9.3).
     */
    private void start(int mode, byte[] packet, int from, int header, int ssrc, long index)
            throws InvalidKeyException, InvalidAlgorithmParameterException {
        System.arraycopy(salt, 0, iv, 0, IV);
        for (int i = 0; i < 4; i++) {
            iv[2 + i] ^= (byte) (ssrc >>> (24 - 8 * i));
        }
        for (int i = 0; i < 6; i++) {
            iv[6 + i] ^= (byte) (index >>> (40 - 8 * i));
        }
        cipher.init(mode, key, new GCMParameterSpec(TAG * 8, iv));
        cipher.updateAAD(packet, from, header);
        if (rtcp) {
            SrtpCipher.putInt(word, 0, (int) index | 0x80000000);
            cipher.updateAAD(word, 0, INDEX_WORD);
        }
    }
}

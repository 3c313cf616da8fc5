// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.srtp;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Cipher;
import javax.crypto.spec.SecretKeySpec;

/**
 * Session keys from a master key: AES in counter mode over the label (RFC 3711 §4.3; RFC 7714 §11 keeps it, with a 12-byte salt padded by two zero
 * bytes). The key derivation rate is always zero, so each key is derived once.
 */
final class KeyDerivation {
    static final int RTP_ENCRYPTION = 0;
    static final int RTP_AUTHENTICATION = 1;
    static final int RTP_SALT = 2;
    static final int RTCP_ENCRYPTION = 3;
    static final int RTCP_AUTHENTICATION = 4;
    static final int RTCP_SALT = 5;

    private final Cipher aes;
    private final byte[] salt = new byte[16];

    KeyDerivation(SrtpKeys keys) {
        SrtpSuite suite = keys.suite();
        byte[] keySalt = keys.masterKeySalt();
        try {
            aes = Cipher.getInstance("AES/ECB/NoPadding");
            aes.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(keySalt, 0, suite.keyLength(), "AES"));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this platform has no AES", e);
        }
        System.arraycopy(keySalt, suite.keyLength(), salt, 0, suite.saltLength());
        Arrays.fill(keySalt, (byte) 0);
    }

    byte[] derive(int label, int length) {
        byte[] counter = salt.clone();
        counter[7] ^= (byte) label;
        byte[] blocks = new byte[(length + 15) / 16 * 16];
        try {
            for (int block = 0; block * 16 < blocks.length; block++) {
                counter[15] = (byte) block;
                aes.update(counter, 0, 16, blocks, block * 16);
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("AES refused a block", e);
        }
        return Arrays.copyOf(blocks, length);
    }
}

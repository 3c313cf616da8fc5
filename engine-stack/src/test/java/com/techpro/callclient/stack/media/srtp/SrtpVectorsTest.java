// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;

/** The published vectors, which are stated for session keys and so apply below the context. */
class SrtpVectorsTest {
    private static final String KEY_128 = "000102030405060708090a0b0c0d0e0f";
    private static final String KEY_256 = KEY_128 + "101112131415161718191a1b1c1d1e1f";
    private static final String SALT = "517569642070726f2071756f";
    private static final int RTP_SSRC = 0x5501a0b2;
    private static final int RTP_SEQUENCE = 0xf17b;
    private static final int RTCP_SSRC = 0x4d617273;
    private static final int RTCP_INDEX = 0x5d4;
    private static final String RTP =
            "8040f17b8041f8d35501a0b2" + "47616c6c696120657374206f6d6e69732064697669736120696e207061727465732074726573";
    private static final String RTCP = "81c8000d4d617273"
            + "4e5450314e545032525450200000042a0000e9304c756e61deadbeefdeadbeefdeadbeefdeadbeefdeadbeef";

    @Test
    void rfc_7714_16_1_srtp_aes_128_gcm() {
        bothWays(
                gcm(KEY_128, false),
                12,
                RTP_SSRC,
                RTP_SEQUENCE,
                RTP,
                "8040f17b8041f8d35501a0b2f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833"
                        + "899d7f27beb16a9152cf765ee4390cce");
    }

    @Test
    void rfc_7714_16_2_srtp_aes_256_gcm() {
        bothWays(
                gcm(KEY_256, false),
                12,
                RTP_SSRC,
                RTP_SEQUENCE,
                RTP,
                "8040f17b8041f8d35501a0b232b1de78a822fe12ef9f78fa332e33aab18012389a58e2f3b50b2a0276ffae0f1ba63799b87b"
                        + "7aa3db36dfffd6b0f9bb7878d7a76c13");
    }

    @Test
    void rfc_7714_17_1_srtcp_aes_128_gcm() {
        bothWays(
                gcm(KEY_128, true),
                8,
                RTCP_SSRC,
                RTCP_INDEX,
                RTCP,
                "81c8000d4d61727363e94885dcdab67ca727d7662f6b7e997ff5c0f76c06f32dc676a5f1730d6fda4ce09b4686303ded0bb9275b"
                        + "c84aa45896cf4d2fc5abf87245d9eade800005d4");
    }

    @Test
    void rfc_7714_17_2_srtcp_aes_256_gcm() {
        bothWays(
                gcm(KEY_256, true),
                8,
                RTCP_SSRC,
                RTCP_INDEX,
                RTCP,
                "81c8000d4d617273d50ae4d1f5ce5d304ba297e47d470c282c3ece5dbffe0a50a2eaa5c1110555be8415f658c61de0476f1b6fad"
                        + "1d1eb30c4446839f57ff6f6cb26ac3be800005d4");
    }

    @Test
    void rfc_3711_b_2_counter_mode_keystream() {
        // Given the session key and salt of the appendix, SSRC 0 and index 0, so that IV is the salt with a zero
        // counter
        byte[] zeros = new byte[16 * 3];
        var cipher = new AesCm(
                hex("2b7e151628aed2a6abf7158809cf4f3c"), hex("f0f1f2f3f4f5f6f7f8f9fafbfcfd"), new byte[20], 0, false);
        // When zeros are encrypted
        cipher.protect(zeros, 0, 0, zeros.length, 0, 0);
        // Then what is left is the keystream
        assertThat(HexFormat.of().formatHex(zeros))
                .isEqualTo(
                        "e03ead0935c95e80e166b16dd92b4eb4d23513162b02d0f72a43a2fe4a5f97ab41e95b3bb0a2e8dd477901e4fca894c0");
    }

    @Test
    void rfc_3711_b_2_counter_runs_into_its_second_byte() {
        byte[] zeros = new byte[16 * 0xFF02];
        var cipher = new AesCm(
                hex("2b7e151628aed2a6abf7158809cf4f3c"), hex("f0f1f2f3f4f5f6f7f8f9fafbfcfd"), new byte[20], 0, false);
        cipher.protect(zeros, 0, 0, zeros.length, 0, 0);
        assertThat(HexFormat.of().formatHex(zeros, 16 * 0xFEFF, 16 * 0xFF02))
                .isEqualTo(
                        "ec8cdf7398607cb0f2d21675ea9ea1e4362b7c3c6773516318a077d7fc5073ae6a2cc3787889374fbeb4c81b17ba6c44");
    }

    @Test
    void rfc_3711_b_3_key_derivation() {
        var derivation = new KeyDerivation(new SrtpKeys(
                SrtpSuite.AES_CM_128_HMAC_SHA1_80,
                hex("e1f97a0d3e018be0d64fa32c06de41390ec675ad498afeebb6960b3aabe6"),
                1));
        assertThat(derivation.derive(KeyDerivation.RTP_ENCRYPTION, 16))
                .isEqualTo(hex("c61e7a93744f39ee10734afe3ff7a087"));
        assertThat(derivation.derive(KeyDerivation.RTP_SALT, 14)).isEqualTo(hex("30cbbc08863d8c85d49db34a9ae1"));
        assertThat(derivation.derive(KeyDerivation.RTP_AUTHENTICATION, 96))
                .isEqualTo(
                        hex(
                                "cebe321f6ff7716b6fd4ab49af256a156d38baa48f0a0acf3c34e2359e6cdbcee049646c43d9327ad175578ef722709863"
                                        + "71c10c9a369ac2f94a8c5fbcdddc256d6e919a48b610ef17c2041e474035766b68642c59bbfc2f34db60dbdfb2dc68"));
    }

    @Test
    void aes_cm_agrees_with_the_counter_mode_and_hmac_of_the_jdk() throws Exception {
        // Given a packet whose header, SSRC and index use all their bytes
        byte[] key = hex("2b7e151628aed2a6abf7158809cf4f3c");
        byte[] salt = hex("f0f1f2f3f4f5f6f7f8f9fafbfcfd");
        byte[] macKey = hex("cebe321f6ff7716b6fd4ab49af256a156d38baa4");
        int ssrc = 0xdeadbeef;
        long index = 0x123456789abcL;
        byte[] packet = new byte[12 + 37 + 10];
        Arrays.fill(packet, 0, 49, (byte) 0x5a);
        byte[] clear = packet.clone();
        // When it is protected
        var cipher = new AesCm(key, salt, macKey, 10, false);
        cipher.protect(packet, 0, 12, 49, ssrc, index);
        // Then the payload is AES-CTR under the IV computed by hand, and the tag covers packet and roll-over counter
        byte[] iv = hex("f0f1f2f32a584818" + "eacdac83" + "66410000");
        Cipher ctr = Cipher.getInstance("AES/CTR/NoPadding");
        ctr.init(Cipher.ENCRYPT_MODE, new SecretKeySpec(key, "AES"), new IvParameterSpec(iv));
        assertThat(Arrays.copyOfRange(packet, 12, 49)).isEqualTo(ctr.doFinal(clear, 12, 37));
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(macKey, "HmacSHA1"));
        mac.update(packet, 0, 49);
        assertThat(Arrays.copyOfRange(packet, 49, 59)).isEqualTo(Arrays.copyOf(mac.doFinal(hex("12345678")), 10));
    }

    private static AesGcm gcm(String key, boolean rtcp) {
        AesGcm rtp = AesGcm.forRtp(hex(key), hex(SALT));
        return rtcp ? rtp.forRtcp(hex(key), hex(SALT)) : rtp;
    }

    private static void bothWays(
            SrtpCipher cipher, int header, int ssrc, long index, String clear, String protectedPacket) {
        byte[] expected = hex(protectedPacket);
        byte[] packet = Arrays.copyOf(hex(clear), expected.length);
        int length = hex(clear).length;

        cipher.protect(packet, 0, header, length, ssrc, index);
        assertThat(HexFormat.of().formatHex(packet)).isEqualTo(protectedPacket);

        assertThat(cipher.unprotect(packet, 0, header, packet.length, ssrc, index))
                .isTrue();
        assertThat(HexFormat.of().formatHex(packet, 0, length)).isEqualTo(clear);
    }

    private static byte[] hex(String digits) {
        return HexFormat.of().parseHex(digits);
    }
}

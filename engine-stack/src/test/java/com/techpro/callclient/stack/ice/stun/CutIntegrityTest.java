// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice.stun;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 8489 §14.5, §14.6: how much of an integrity has to be there. The sender here has the key, and cuts what it made. */
class CutIntegrityTest {
    private static final String PASSWORD = "VOkJxbRl1RmTxUk/WvJxBt";

    @ParameterizedTest
    @CsvSource({
        "HmacSHA256, 32, true",
        "HmacSHA256, 28, true",
        "HmacSHA256, 16, true",
        "HmacSHA256, 12, false",
        "HmacSHA256, 4, false",
        "HmacSHA256, 0, false",
        "HmacSHA1, 20, true",
        "HmacSHA1, 16, false",
        "HmacSHA1, 4, false",
        "HmacSHA1, 0, false",
    })
    void an_integrity_that_is_short_enough_to_guess_is_none(String algorithm, int octets, boolean enough)
            throws GeneralSecurityException {
        ByteBuffer message = header(4 + octets);
        byte[] integrity = integrity(message, algorithm, octets);

        assertThat(read(message, integrity, algorithm)).isEqualTo(enough);
        if (octets > 0) {
            integrity[octets - 1] ^= 1;
            assertThat(read(message, integrity, algorithm))
                    .as("the last octet counts")
                    .isFalse();
        }
    }

    /** RFC 8489 §9.1.3: whoever can forge the weaker of the two must not have the stronger left unread. */
    @Test
    void of_two_integrities_the_stronger_decides() throws GeneralSecurityException {
        ByteBuffer first = header(4 + 20);
        byte[] weak = integrity(first, "HmacSHA1", 20);
        ByteBuffer both = ByteBuffer.allocate(20 + 24)
                .put(header(24 + 36).array())
                .putShort((short) 0x0008)
                .putShort((short) 20)
                .put(weak);
        byte[] strong = integrity(both, "HmacSHA256", 32);

        assertThat(read(both, strong, "HmacSHA256")).isTrue();
        strong[0] ^= 1;
        assertThat(read(both, strong, "HmacSHA256")).isFalse();
    }

    private static boolean read(ByteBuffer header, byte[] integrity, String algorithm) {
        ByteBuffer message = ByteBuffer.allocate(header.capacity() + 4 + integrity.length)
                .put(header.array())
                .putShort((short) (algorithm.equals("HmacSHA1") ? 0x0008 : 0x001C))
                .putShort((short) integrity.length)
                .put(integrity)
                .flip();
        return StunVectorsTest.parsed(message.array()).isAuthentic(IntegrityKey.shortTerm(PASSWORD));
    }

    /** A binding request without attributes of its own. */
    private static ByteBuffer header(int length) {
        return ByteBuffer.allocate(20)
                .putShort((short) 0x0001)
                .putShort((short) length)
                .putInt(0x2112A442)
                .putLong(0xB7E7A701BC34D686L)
                .putInt(0xFA87DFAE);
    }

    private static byte[] integrity(ByteBuffer message, String algorithm, int octets) throws GeneralSecurityException {
        Mac mac = Mac.getInstance(algorithm);
        mac.init(new SecretKeySpec(PASSWORD.getBytes(StandardCharsets.UTF_8), algorithm));
        return Arrays.copyOf(mac.doFinal(message.array()), octets);
    }
}

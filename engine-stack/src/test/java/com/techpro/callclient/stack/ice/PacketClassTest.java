// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class PacketClassTest {
    /** The table of RFC 7983 §7 with the ranges that RFC 9443 §2 left to others: ZRTP and QUIC are not spoken here. */
    private static PacketClass expected(int first) {
        if (first <= 3) {
            return PacketClass.STUN;
        }
        if (first >= 20 && first <= 63) {
            return PacketClass.DTLS;
        }
        if (first >= 64 && first <= 79) {
            return PacketClass.TURN_CHANNEL;
        }
        return first >= 128 && first <= 191 ? PacketClass.RTP : PacketClass.UNKNOWN;
    }

    @Test
    void the_first_byte_decides_the_class_of_a_packet() {
        for (int first = 0; first < 256; first++) {
            ByteBuffer packet = ByteBuffer.wrap(new byte[] {9, (byte) first, 1}).position(1);
            assertThat(PacketClass.of(packet)).as("first byte " + first).isEqualTo(expected(first));
            assertThat(packet.position()).isEqualTo(1);
        }
        assertThat(PacketClass.of(ByteBuffer.allocate(0))).isEqualTo(PacketClass.UNKNOWN);
    }
}

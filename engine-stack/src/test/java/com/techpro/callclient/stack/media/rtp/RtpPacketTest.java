// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RtpPacketTest {
    private final RtpPacket view = new RtpPacket();

    @Test
    void written_packets_are_read_back() {
        ByteBuffer packet = ByteBuffer.allocate(20);
        packet.position(3);
        RtpPacket.writeHeader(packet, true, 101, 0xFEDC, 0x89ABCDEF, 0xCAFEBABE);
        packet.put(new byte[] {1, 2, 3, 4, 5}).flip().position(3);

        assertThat(view.wrap(packet)).isTrue();
        assertThat(view.marker()).isTrue();
        assertThat(view.payloadType()).isEqualTo(101);
        assertThat(view.sequence()).isEqualTo(0xFEDC);
        assertThat(view.timestamp()).isEqualTo(0x89ABCDEF);
        assertThat(view.ssrc()).isEqualTo(0xCAFEBABE);
        assertThat(view.csrcCount()).isZero();
        assertThat(view.payloadStart()).isEqualTo(15);
        assertThat(view.payloadLength()).isEqualTo(5);
    }

    @Test
    void sources_extension_and_padding_are_not_payload() {
        // Given two contributing sources, an extension of one word, four octets of payload and three of padding
        ByteBuffer packet = hex("b2000001000000020000000311111111222222220000000199999999aabbccdd000003");

        assertThat(view.wrap(packet)).isTrue();
        assertThat(view.csrcCount()).isEqualTo(2);
        assertThat(view.csrc(1)).isEqualTo(0x22222222);
        assertThatThrownBy(() -> view.csrc(2)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThat(view.payloadStart()).isEqualTo(12 + 8 + 8);
        assertThat(view.payloadLength()).isEqualTo(4);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "80",
                // one octet short of a header
                "8000000100000002000000",
                // version 1
                "400000010000000200000003ff",
                // sources that are not there
                "8f0000010000000200000003ff",
                // an extension that is not there, and one longer than the packet
                "900000010000000200000003ff",
                "90000001000000020000000300000002ffffffff",
                // padding of nothing, of zero, and longer than the payload
                "a00000010000000200000003",
                "a0000001000000020000000300",
                "a000000100000002000000030103",
            })
    void a_malformed_packet_is_refused(String octets) {
        assertThat(view.wrap(hex(octets))).isFalse();
    }

    private static ByteBuffer hex(String octets) {
        return ByteBuffer.wrap(HexFormat.of().parseHex(octets));
    }
}

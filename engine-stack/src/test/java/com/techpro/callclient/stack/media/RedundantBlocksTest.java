// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.stack.media.rtp.RedPayload;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedundantBlocksTest {
    private static final int START = 12;
    private static final int TIMESTAMP = -160;

    private final RedundantBlocks blocks = new RedundantBlocks();
    private final byte[] packet = new byte[2_048];

    /** RFC 2198 §3, octet by octet: µ-law of 160 and 320 units before, and the header of the primary block. */
    @Test
    void RFC2198_3_older_blocks_come_first() {
        add(1, 4, 0, TIMESTAMP - 320);
        add(2, 4, 8, TIMESTAMP - 160);
        fill(3, 4);

        assertThat(blocks.wrap(packet, START, 4, 0, TIMESTAMP, 2)).isEqualTo(21);

        assertThat(Arrays.copyOfRange(packet, START, START + 21))
                .containsExactly(
                        0x80, 0x05, 0x00, 0x04, 0x88, 0x02, 0x80, 0x04, 0x00, 1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 3, 3);
    }

    @Test
    void only_as_many_as_wanted_are_put_and_nothing_without_any() {
        fill(9, 4);
        assertThat(blocks.wrap(packet, START, 4, 0, TIMESTAMP, 2)).isZero();
        assertThat(packet[START]).isEqualTo((byte) 9);
        for (int i = 5; i > 0; i--) {
            add(i, 10, 0, TIMESTAMP - 160 * i);
        }
        assertThat(wrap(10, 0)).isZero();
        assertThat(wrap(10, 1)).isEqualTo(5 + 20);
        assertThat(wrap(10, 5)).isEqualTo(9 + 30);
        blocks.forget();
        assertThat(wrap(10, 2)).isZero();
    }

    /** A packet of 60 ms takes one of G.711 before it, one of 100 ms none. */
    @ParameterizedTest
    @CsvSource({"160, 489", "320, 969", "480, 965", "597, 1199", "598, 0", "800, 0"})
    void a_packet_stays_within_the_largest_payload(int octets, int whole) {
        add(1, octets, 0, TIMESTAMP - 2 * octets);
        add(2, octets, 0, TIMESTAMP - octets);

        assertThat(wrap(octets, 2)).isEqualTo(whole).isLessThanOrEqualTo(RedundantBlocks.LARGEST_PAYLOAD);
    }

    @Test
    void blocks_too_old_for_fourteen_bits_or_too_long_for_ten_are_left_out() {
        add(1, 4, 0, TIMESTAMP - RedPayload.MOST_OFFSET - 1);
        assertThat(wrap(4, 2)).isZero();
        add(2, 4, 0, TIMESTAMP - RedPayload.MOST_OFFSET);
        assertThat(wrap(4, 2)).isEqualTo(5 + 8);
        add(3, RedPayload.MOST_LENGTH + 1, 0, TIMESTAMP - 160);
        assertThat(wrap(4, 2)).isZero();
    }

    private int wrap(int octets, int wanted) {
        return blocks.wrap(packet, START, octets, 0, TIMESTAMP, wanted);
    }

    private void add(int value, int octets, int payloadType, int timestamp) {
        fill(value, octets);
        blocks.add(packet, START, octets, payloadType, timestamp);
    }

    private void fill(int value, int octets) {
        Arrays.fill(packet, START, START + octets, (byte) value);
    }
}

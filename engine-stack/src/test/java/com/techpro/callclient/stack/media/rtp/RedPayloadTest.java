// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.testkit.contracts.Seeds;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedPayloadTest {
    private final RedPayload red = new RedPayload();

    /** A packet of 20 ms: 84 octets of DVI4 (5), and 14 of LPC (7) that are 160 units earlier. */
    @Test
    void RFC2198_4_the_example_has_a_primary_and_a_redundant_block() {
        byte[] payload = new byte[3 + 5 + 14 + 84];
        System.arraycopy(bytes(0x87, 0x02, 0x80, 0x0E, 0x05), 0, payload, 3, 5);

        assertThat(red.wrap(payload, 3, payload.length - 3)).isTrue();

        assertThat(red.blocks()).isEqualTo(1);
        assertThat(red.payloadType(0)).isEqualTo(7);
        assertThat(red.offset(0)).isEqualTo(160);
        assertThat(red.length(0)).isEqualTo(14);
        assertThat(red.start(0)).isEqualTo(8);
        assertThat(red.primaryType()).isEqualTo(5);
        assertThat(red.primaryStart()).isEqualTo(22);
        assertThat(red.primaryLength()).isEqualTo(84);
        assertThatThrownBy(() -> red.start(1)).isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void several_blocks_lie_in_the_order_of_their_headers() {
        byte[] payload = bytes(0x88, 0xFF, 0xFF, 0xFF, 0x80, 0x00, 0x04, 0x02, 0x7F);
        byte[] whole = Arrays.copyOf(payload, 9 + 1023 + 2);

        assertThat(red.wrap(whole, 0, whole.length)).isTrue();

        assertThat(red.blocks()).isEqualTo(2);
        assertThat(red.offset(0)).isEqualTo(RedPayload.MOST_OFFSET);
        assertThat(red.length(0)).isEqualTo(RedPayload.MOST_LENGTH);
        assertThat(red.start(0)).isEqualTo(9);
        assertThat(red.payloadType(1)).isZero();
        assertThat(red.offset(1)).isEqualTo(1);
        assertThat(red.start(1)).isEqualTo(9 + 1023);
        assertThat(red.primaryType()).isEqualTo(127);
        assertThat(red.primaryLength()).isZero();
    }

    @Test
    void without_redundant_blocks_one_octet_precedes_the_primary_one() {
        assertThat(red.wrap(bytes(0x00, 0x11, 0x22), 0, 3)).isTrue();
        assertThat(red.blocks()).isZero();
        assertThat(red.primaryStart()).isEqualTo(1);
        assertThat(red.primaryLength()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3, 4, 5, 6, 18})
    void a_payload_that_ends_too_early_is_refused(int length) {
        byte[] payload = Arrays.copyOf(bytes(0x87, 0x02, 0x80, 0x0E, 0x05), 100);

        assertThat(red.wrap(payload, 0, length)).isFalse();
        assertThat(red.wrap(payload, 0, 19)).isTrue();
    }

    @Test
    void more_blocks_than_anybody_sends_are_refused() {
        byte[] payload = new byte[4 * RedPayload.MOST_BLOCKS + 5];
        for (int i = 0; i < RedPayload.MOST_BLOCKS; i++) {
            RedPayload.writeBlockHeader(payload, 4 * i, 0, 160, 0);
        }
        assertThat(red.wrap(payload, 0, payload.length)).isTrue();
        RedPayload.writeBlockHeader(payload, 4 * RedPayload.MOST_BLOCKS, 0, 160, 0);
        assertThat(red.wrap(payload, 0, payload.length)).isFalse();
    }

    @Test
    void a_header_reads_as_it_was_written() {
        var random = Seeds.random(2198);
        byte[] payload = new byte[5 + 1023];
        for (int i = 0; i < 10_000; i++) {
            int type = random.nextInt(128);
            int offset = random.nextInt(RedPayload.MOST_OFFSET + 1);
            int length = random.nextInt(RedPayload.MOST_LENGTH + 1);
            RedPayload.writeBlockHeader(payload, 0, type, offset, length);
            payload[4] = (byte) random.nextInt(128);

            assertThat(red.wrap(payload, 0, payload.length)).isTrue();
            assertThat(red.payloadType(0)).isEqualTo(type);
            assertThat(red.offset(0)).isEqualTo(offset);
            assertThat(red.length(0)).isEqualTo(length);
        }
    }

    private static byte[] bytes(int... octets) {
        byte[] bytes = new byte[octets.length];
        for (int i = 0; i < octets.length; i++) {
            bytes[i] = (byte) octets[i];
        }
        return bytes;
    }
}

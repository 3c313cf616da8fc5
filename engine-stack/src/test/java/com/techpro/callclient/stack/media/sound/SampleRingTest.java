// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.sound;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SampleRingTest {
    private final SampleRing ring = new SampleRing(8);

    @Test
    void samples_keep_their_order_across_the_end_of_the_ring() {
        short next = 0;
        short expected = 0;
        for (int length = 1; length <= 8; length++) {
            for (int i = 0; i < 8; i++) {
                short[] in = new short[length];
                for (int at = 0; at < length; at++) {
                    in[at] = next++;
                }
                assertThat(ring.write(in, length)).isEqualTo(length);
                short[] out = new short[length];
                assertThat(ring.read(out, length)).isEqualTo(length);
                for (short sample : out) {
                    assertThat(sample).isEqualTo(expected++);
                }
            }
        }
    }

    @Test
    void a_ring_of_any_length_keeps_order_and_takes_no_more() {
        SampleRing six = new SampleRing(6);
        short[] out = new short[6];
        assertThat(six.read(out, 6)).isZero();
        for (int round = 0; round < 7; round++) {
            assertThat(six.write(new short[] {1, 2, 3, 4}, 4)).isEqualTo(4);
            assertThat(six.write(new short[] {5, 6, 7, 8}, 4)).isEqualTo(2);
            assertThat(six.read(out, 5)).isEqualTo(5);
            assertThat(six.write(new short[] {9}, 1)).isOne();
            assertThat(six.read(out, 6)).isEqualTo(2);
            assertThat(out).startsWith(6, 9);
        }
    }

    @Test
    void a_full_ring_takes_no_more_and_an_empty_one_gives_no_more() {
        assertThat(ring.write(new short[] {1, 2, 3, 4, 5}, 5)).isEqualTo(5);
        assertThat(ring.write(new short[] {6, 7, 8, 9, 10}, 5)).isEqualTo(3);
        ring.skip(2);
        short[] out = new short[9];
        assertThat(ring.read(out, 9)).isEqualTo(6);
        assertThat(out).containsExactly(3, 4, 5, 6, 7, 8, 0, 0, 0);
    }
}

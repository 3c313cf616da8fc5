// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.playout;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.stack.media.codec.Codec;
import com.techpro.callclient.stack.media.codec.Decoder;
import com.techpro.callclient.stack.media.codec.G711;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Copies of earlier packets (RFC 2198) in the jitter buffer. */
class PlayoutCopiesTest {
    private static final int FRAME = 160;
    /** So that sequence numbers and timestamps wrap. */
    private static final int FIRST_SEQUENCE = 65_500;

    private static final int FIRST_TIMESTAMP = -10 * FRAME;

    private final Playout playout = new Playout(8_000, 8_000);
    private final List<Integer> decoded = new ArrayList<>();
    private final Recorder codec = new Recorder();
    private final short[] frame = new short[FRAME];
    private final byte[] payload = new byte[FRAME];
    private int now = FIRST_TIMESTAMP;

    @Test
    void a_copy_fills_the_gap_and_is_recovered_but_not_concealed() {
        run(0, 19);
        // Given a buffer that waits, from the first loss on
        lose();
        withCopies(21, 1);
        run(22, 39);
        lose();
        long concealed = playout.concealed();
        withCopies(41, 1);
        run(42, 60);

        assertThat(decoded).isSorted().doesNotHaveDuplicates().contains(20, 40).hasSize(59);
        assertThat(playout.concealed()).isEqualTo(concealed);
        assertThat(playout.recovered()).isEqualTo(2);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void two_packets_lost_in_a_row_are_recovered_from_the_next(int distance) {
        run(0, 19);
        for (int loss = 20; loss < 200; loss += 20) {
            for (int i = 0; i < distance; i++) {
                lose();
            }
            withCopies(loss + distance, distance);
            run(loss + distance + 1, loss + 19);
        }
        assertThat(decoded).isSorted().doesNotHaveDuplicates();
        // The first time the buffer does not wait yet.
        assertThat(playout.recovered()).isBetween(8L * distance + 1, 9L * distance);
        assertThat(playout.concealed()).isLessThanOrEqualTo((long) distance * FRAME);
    }

    /** As of a sender that repeats the packet before the last (GStreamer's distance of 2). */
    @Test
    void a_copy_that_comes_two_packets_later_is_waited_for() {
        run(0, 19);
        for (int loss = 20; loss < 200; loss += 20) {
            lose();
            withCopies(loss + 1, 0);
            packet(loss + 2);
            copy(loss + 2, 2);
            fetch();
            run(loss + 3, loss + 19);
        }
        assertThat(decoded).isSorted().doesNotHaveDuplicates();
        assertThat(playout.recovered()).isBetween(7L, 9L);
    }

    @Test
    void a_packet_that_came_itself_is_not_played_again_from_its_copy() {
        for (int i = 0; i < 50; i++) {
            withCopies(i, 2);
        }
        assertThat(decoded).isSorted().doesNotHaveDuplicates();
        assertThat(playout.recovered()).isZero();
        assertThat(playout.buffer().duplicate()).isZero();
        assertThat(playout.concealed()).isZero();
    }

    @Test
    void copies_of_packets_that_came_themselves_are_not_waited_for() {
        for (int i = 0; i < 300; i++) {
            withCopies(i, 2);
        }
        assertThat(playout.expanded()).isZero();
        assertThat(playout.delay()).isLessThan(2 * FRAME);
    }

    @Test
    void an_overtaken_packet_takes_the_place_of_its_copy() {
        for (int i = 0; i < 60; i += 2) {
            packet(i + 1);
            copy(i + 1, 1);
            packet(i);
            fetch();
            fetch();
        }
        assertThat(decoded).isSorted().doesNotHaveDuplicates();
        assertThat(playout.recovered()).isZero();
        assertThat(playout.buffer().duplicate()).isZero();
        assertThat(playout.buffer().late()).isZero();
    }

    @Test
    void a_packet_that_comes_after_its_copy_was_played_is_late() {
        run(0, 19);
        lose();
        withCopies(21, 1);
        run(22, 30);
        packet(20);
        run(31, 40);

        assertThat(decoded).isSorted().doesNotHaveDuplicates().contains(20);
        assertThat(playout.buffer().late()).isOne();
    }

    @Test
    void a_packet_concealed_long_ago_is_not_played_from_a_copy() {
        run(0, 19);
        lose();
        run(21, 30);
        copy(31, 11);
        run(31, 40);

        assertThat(decoded).isSorted().doesNotContain(20);
        assertThat(playout.recovered()).isZero();
    }

    /** A sender's silence has no sequence numbers, so that an offset over it tells no number. */
    @Test
    void a_copy_that_would_overlap_a_packet_is_not_played() {
        run(0, 9);
        packet(10);
        packet(12);
        playout.buffer()
                .insertCopy(
                        number(11), FIRST_TIMESTAMP + 10 * FRAME + 80, now, FRAME, FRAME, codec, octets(11), 0, FRAME);
        fetch();
        fetch();
        fetch();
        run(13, 30);
        assertThat(decoded).isSorted().doesNotContain(11).contains(10, 12);
    }

    @Test
    void before_anything_came_and_after_a_restart_a_copy_begins_nothing() {
        copy(5, 1);
        fetch();
        assertThat(decoded).isEmpty();
        run(5, 20);
        playout.restart();
        copy(22, 1);
        fetch();
        assertThat(decoded).doesNotContain(21);
    }

    /** Whatever comes in whatever order, each packet is decoded once and in its turn. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5, 6, 7, 8})
    void seeded_orders_of_packets_and_copies(int seed) {
        Random random = Seeds.random(seed);
        double loss = 0.05 * random.nextInt(6);
        int distance = 1 + random.nextInt(3);
        int spread = 1 + random.nextInt(6);
        List<List<Integer>> arrivals = new ArrayList<>();
        for (int i = 0; i < 3_010; i++) {
            arrivals.add(new ArrayList<>());
        }
        for (int i = 0; i < 3_000; i++) {
            if (random.nextDouble() >= loss) {
                arrivals.get(i + random.nextInt(spread)).add(i);
            }
        }
        for (List<Integer> turn : arrivals) {
            for (int packet : turn) {
                packet(packet);
                for (int d = 1; d <= distance; d++) {
                    copy(packet, d);
                }
            }
            fetch();
        }
        assertThat(decoded).isSorted().doesNotHaveDuplicates();
        assertThat(decoded.size()).isGreaterThan((int) (3_000 * (1 - loss)) - 200);
        assertThat(playout.recovered() > 0).isEqualTo(loss > 0);
    }

    private void run(int first, int last) {
        for (int i = first; i <= last; i++) {
            packet(i);
            fetch();
        }
    }

    private void withCopies(int packet, int copies) {
        packet(packet);
        for (int d = copies; d > 0; d--) {
            copy(packet, d);
        }
        fetch();
    }

    private void lose() {
        fetch();
    }

    private void packet(int index) {
        playout.buffer()
                .insert(number(index), FIRST_TIMESTAMP + index * FRAME, now, FRAME, codec, octets(index), 0, FRAME);
    }

    private void copy(int holder, int distance) {
        int index = holder - distance;
        playout.buffer()
                .insertCopy(
                        number(index),
                        FIRST_TIMESTAMP + index * FRAME,
                        now,
                        FRAME,
                        distance * FRAME,
                        codec,
                        octets(index),
                        0,
                        FRAME);
    }

    private void fetch() {
        playout.next(frame, now);
        now += FRAME;
    }

    private byte[] octets(int index) {
        payload[0] = (byte) (index >> 8);
        payload[1] = (byte) index;
        return payload;
    }

    private static int number(int index) {
        return FIRST_SEQUENCE + index & 0xFFFF;
    }

    /** Writes down the number in each payload that it decodes. */
    private final class Recorder implements Decoder {
        @Override
        public Codec codec() {
            return G711.ULAW;
        }

        @Override
        public int samples(byte[] from, int offset, int length) {
            return length;
        }

        @Override
        public int decode(byte[] from, int offset, short[] to, int toOffset, int length) {
            decoded.add((from[offset] & 0xFF) << 8 | from[offset + 1] & 0xFF);
            Arrays.fill(to, toOffset, toOffset + length, (short) 0);
            return length;
        }
    }
}

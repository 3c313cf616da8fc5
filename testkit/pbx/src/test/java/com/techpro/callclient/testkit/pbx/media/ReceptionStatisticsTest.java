// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.media;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;

/** RFC 3550 §6.4.1 and appendix A. */
class ReceptionStatisticsTest {
    private static final long FRAME = 20_000_000;

    private final ReceptionStatistics statistics = new ReceptionStatistics();

    private void arrives(int source, int type, int sequence, int timestamp, long at) {
        ByteBuffer packet = ByteBuffer.allocate(20).put((byte) 0x80).put((byte) type);
        packet.putShort((short) sequence).putInt(timestamp).putInt(source).rewind();
        statistics.received(packet, at);
        assertThat(packet.position()).isZero();
    }

    @Test
    void an_even_stream_has_no_jitter_and_loses_nothing_also_where_its_numbers_begin_anew() {
        for (int i = 0; i < 100; i++) {
            arrives(1, 0, 65_500 + i, Integer.MAX_VALUE - 400 + 160 * i, i * FRAME);
        }

        assertThat(statistics.packets()).isEqualTo(100);
        assertThat(statistics.lost()).isZero();
        assertThat(statistics.jitterMillis()).isZero();
    }

    @Test
    void a_missing_packet_counts_as_lost_until_it_arrives_late() {
        arrives(1, 0, 1, 160, 0);
        arrives(1, 0, 4, 640, 3 * FRAME);
        assertThat(statistics.lost()).isEqualTo(2);

        arrives(1, 0, 3, 480, 4 * FRAME);
        assertThat(statistics.lost()).isEqualTo(1);
        arrives(1, 0, 3, 480, 4 * FRAME);
        arrives(1, 0, 3, 480, 4 * FRAME);
        assertThat(statistics.lost()).as("never less than none").isZero();
    }

    @Test
    void jitter_is_in_milliseconds_at_any_clock_rate() {
        statistics.expect(List.of("rtpmap:111 opus/48000/2", "rtpmap:0 PCMU/8000", "ptime:20"));
        for (int i = 0; i < 500; i++) {
            arrives(1, 111, i, 960 * i, i * FRAME + (i % 2) * 8_000_000);
        }

        assertThat(statistics.jitterMillis()).isCloseTo(8, within(0.1));
    }

    @Test
    void packets_of_one_key_press_say_nothing_about_jitter() {
        arrives(1, 0, 1, 160, 0);
        for (int i = 0; i < 10; i++) {
            arrives(1, 101, 2 + i, 320, FRAME + i * FRAME);
        }
        arrives(1, 0, 12, 320 + 1_600, 11 * FRAME);

        assertThat(statistics.jitterMillis()).isZero();
        assertThat(statistics.packets()).isEqualTo(12);
    }

    @Test
    void another_source_begins_anew_and_adds_up() {
        arrives(1, 0, 1, 160, 0);
        arrives(1, 0, 3, 480, 2 * FRAME);
        arrives(2, 0, 30_000, 77, 3 * FRAME);
        arrives(2, 0, 30_001, 237, 4 * FRAME);

        assertThat(statistics.packets()).isEqualTo(4);
        assertThat(statistics.lost()).isEqualTo(1);
        statistics.received(ByteBuffer.allocate(8), 5 * FRAME);
        assertThat(statistics.packets()).isEqualTo(4);
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.quality;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReceptionLogTest {
    private final ReceptionLog log = new ReceptionLog();

    private void receive(int from, int to) {
        for (int sequence = from; sequence < to; sequence++) {
            log.received(sequence & 0xFFFF);
        }
    }

    @Test
    void a_packet_is_lost_once_enough_later_ones_are_known() {
        receive(10, 20);
        receive(21, 21 + ReceptionLog.REORDERING - 1);
        assertThat(log.missing()).isZero();
        receive(21 + ReceptionLog.REORDERING - 1, 21 + ReceptionLog.REORDERING);
        assertThat(log.missing()).isOne();
        assertThat(log.metrics().lost()).isOne();
    }

    @Test
    void an_overtaken_packet_is_not_lost() {
        receive(10, 20);
        receive(21, 60);
        log.received(20);
        receive(60, 200);
        assertThat(log.metrics().lost()).isZero();
        assertThat(log.duplicates()).isZero();
    }

    @Test
    void sequence_numbers_wrap() {
        receive(65_500, 65_700);
        log.end();
        assertThat(log.metrics()).returns(200L, BurstMetrics::packets).returns(0L, BurstMetrics::lost);
    }

    @Test
    void a_packet_that_came_too_late_is_discarded_but_has_arrived() {
        receive(10, 20);
        receive(21, 30);
        log.received(20);
        log.discarded(20);
        assertThat(log.lostInInterval()).isZero();
        log.end();
        assertThat(log.metrics()).returns(0L, BurstMetrics::lost).returns(1L, BurstMetrics::discarded);
    }

    @Test
    void numbers_that_were_not_due_do_not_count() {
        receive(10, 20);
        log.skipTo(500);
        receive(500, 600);
        log.end();
        assertThat(log.metrics()).returns(110L, BurstMetrics::packets).returns(0L, BurstMetrics::lost);
    }

    @Test
    void another_source_begins_anew_and_its_figures_are_added() {
        receive(10, 20);
        log.received(22);
        log.restart();
        receive(40_000, 40_010);
        log.end();
        assertThat(log.metrics()).returns(23L, BurstMetrics::packets).returns(2L, BurstMetrics::lost);
    }

    @Test
    void an_interval_goes_from_report_to_report() {
        receive(100, 110);
        log.reported();
        receive(111, 115);
        log.received(114);
        log.transit(4);
        log.transit(8);

        assertThat(log.firstSequence()).isEqualTo(110);
        assertThat(log.length()).isEqualTo(5);
        assertThat(log.arrived(0)).isFalse();
        assertThat(log.arrived(1)).isTrue();
        assertThat(log.lostInInterval()).isOne();
        assertThat(log.duplicates()).isOne();
        assertThat(log.jitter()).isEqualTo(new ReceptionLog.Jitter(4, 8, 6, 2));
        log.reported();
        assertThat(log.length()).isZero();
        assertThat(log.duplicates()).isZero();
        assertThat(log.jitter()).isEqualTo(new ReceptionLog.Jitter(0, 0, 0, 0));
    }

    @Test
    void an_interval_has_the_last_packets_and_no_more_than_are_remembered() {
        receive(0, 3 * ReceptionLog.CAPACITY);
        assertThat(log.length()).isEqualTo(ReceptionLog.CAPACITY);
        assertThat(log.firstSequence()).isEqualTo(2 * ReceptionLog.CAPACITY);
        assertThat(log.lostInInterval()).isZero();
        assertThat(log.packets()).isEqualTo(3L * ReceptionLog.CAPACITY - ReceptionLog.REORDERING);
    }

    @Test
    void a_long_gap_is_counted_as_lost() {
        receive(0, 10);
        log.received(2_900);
        log.end();
        assertThat(log.metrics()).returns(2_901L, BurstMetrics::packets).returns(2_890L, BurstMetrics::lost);
    }
}

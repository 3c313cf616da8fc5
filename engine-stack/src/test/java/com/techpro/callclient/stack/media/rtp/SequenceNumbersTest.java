// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.stack.media.rtp.SequenceNumbers.Verdict;
import org.junit.jupiter.api.Test;

class SequenceNumbersTest {
    private final SequenceNumbers numbers = new SequenceNumbers();

    @Test
    void a_source_is_believed_after_two_packets_in_a_row() {
        numbers.begin(100, SequenceNumbers.PROBATION);
        assertThat(numbers.received(100)).isEqualTo(Verdict.ON_PROBATION);
        assertThat(numbers.received(50)).isEqualTo(Verdict.ON_PROBATION);
        assertThat(numbers.valid()).isFalse();
        assertThat(numbers.received(51)).isEqualTo(Verdict.IN_ORDER);
        assertThat(numbers.valid()).isTrue();
        assertThat(numbers.expected()).isEqualTo(1);
    }

    @Test
    void an_authenticated_source_is_believed_at_once() {
        numbers.begin(100, 1);
        assertThat(numbers.received(100)).isEqualTo(Verdict.IN_ORDER);
    }

    @Test
    void wraps_are_counted_in_the_upper_half() {
        numbers.begin(65_000, 1);
        for (int i = 65_000; i < 65_000 + 200_000; i++) {
            assertThat(numbers.received(i & 0xFFFF)).isEqualTo(Verdict.IN_ORDER);
        }
        assertThat(numbers.extendedHighest()).isEqualTo(65_000 + 200_000 - 1);
        assertThat(numbers.expected()).isEqualTo(200_000);
        assertThat(numbers.lost()).isZero();
    }

    @Test
    void a_packet_from_before_the_wrap_does_not_wrap_again() {
        numbers.begin(65_534, 1);
        numbers.received(65_534);
        numbers.received(0);
        assertThat(numbers.received(65_535)).isEqualTo(Verdict.OUT_OF_ORDER);
        assertThat(numbers.received(1)).isEqualTo(Verdict.IN_ORDER);
        assertThat(numbers.extendedHighest()).isEqualTo(0x10001);
        assertThat(numbers.lost()).isZero();
    }

    @Test
    void a_jump_is_believed_when_the_next_packet_confirms_it() {
        numbers.begin(100, 1);
        numbers.received(100);
        assertThat(numbers.received(40_000)).isEqualTo(Verdict.JUMP);
        assertThat(numbers.received(101)).isEqualTo(Verdict.IN_ORDER);
        assertThat(numbers.received(40_001)).isEqualTo(Verdict.JUMP);
        assertThat(numbers.received(40_002)).isEqualTo(Verdict.RESTARTED);
        assertThat(numbers.received(40_003)).isEqualTo(Verdict.IN_ORDER);
        assertThat(numbers.lost()).isZero();
    }

    @Test
    void the_share_lost_is_that_of_the_interval() {
        numbers.begin(0, 1);
        for (int i = 0; i < 100; i++) {
            if (i % 4 != 3 || i == 99) {
                numbers.received(i);
            }
        }
        assertThat(numbers.lost()).isEqualTo(24);
        assertThat(numbers.fractionLost()).isEqualTo(24 * 256 / 100);
        for (int i = 100; i < 200; i++) {
            numbers.received(i);
        }
        assertThat(numbers.fractionLost()).isZero();
        assertThat(numbers.lost()).isEqualTo(24);
        // Duplicates may make it negative, which a report's share cannot be
        for (int i = 0; i < 50; i++) {
            numbers.received(199);
        }
        assertThat(numbers.lost()).isEqualTo(-26);
        assertThat(numbers.fractionLost()).isZero();
    }

    @Test
    void jitter_is_the_smoothed_difference_of_transit_times() {
        // Given packets that are 160 apart and arrive alternately 0 and 16 late, for which the estimate settles at 16
        var jitter = new InterarrivalJitter();
        for (int i = 0; i < 200; i++) {
            jitter.received(i * 160, 5000 + i * 160 + (i % 2) * 16);
        }
        assertThat(jitter.value()).isBetween(15L, 16L);
        // And the recurrence of RFC 3550 §6.4.1 in floating point agrees on a ramp
        var other = new InterarrivalJitter();
        double reference = 0;
        int transit = 0;
        for (int i = 0; i < 100; i++) {
            int late = (i * 37) % 101;
            other.received(i * 160, i * 160 + late);
            reference += i == 0 ? 0 : (Math.abs(late - transit) - reference) / 16;
            transit = late;
        }
        assertThat((double) other.value()).isBetween(reference - 1.5, reference + 1.5);
    }

    @Test
    void skipped_numbers_are_neither_expected_nor_lost() {
        numbers.begin(65_530, 1);
        numbers.received(65_530);
        numbers.skipTo(4);
        assertThat(numbers.received(4)).isEqualTo(Verdict.IN_ORDER);
        assertThat(numbers.expected()).isEqualTo(2);
        assertThat(numbers.lost()).isZero();

        numbers.skipTo(5);
        numbers.received(7);
        assertThat(numbers.expected()).isEqualTo(5);
        assertThat(numbers.lost()).isEqualTo(2);
    }

    @Test
    void skips_to_old_or_distant_numbers_or_during_probation_are_ignored() {
        numbers.begin(100, 2);
        numbers.skipTo(150);
        numbers.received(100);
        numbers.received(101);
        assertThat(numbers.expected()).isEqualTo(1);

        numbers.skipTo(101);
        numbers.skipTo(90);
        numbers.skipTo(101 + 3000);
        numbers.received(102);
        assertThat(numbers.expected()).isEqualTo(2);
        assertThat(numbers.lost()).isZero();

        numbers.skipTo(102 + 2999);
        numbers.received(102 + 2999);
        assertThat(numbers.expected()).isEqualTo(3);
    }
}

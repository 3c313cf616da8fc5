// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** A loop that is late again and again has too much work; one that is late once was held up. */
class OverloadDetectorTest {
    private static final long MILLI = 1_000_000;
    private static final long SLOT = 4 * MILLI;
    private static final int TEN_SECONDS = 2_500;

    private final OverloadDetector detector = new OverloadDetector();
    private long now = 1;

    @Test
    void one_long_pause_is_no_overload() {
        turns(100, 0);
        turns(1, 180 * MILLI);
        turns(100, 19 * MILLI);

        assertThat(detector.isOverloaded()).isFalse();
    }

    @Test
    void five_late_turns_in_a_second_are_overload() {
        turns(4, 21 * MILLI);
        assertThat(detector.isOverloaded()).isFalse();
        turns(1, 21 * MILLI);
        assertThat(detector.isOverloaded()).isTrue();
    }

    @Test
    void late_turns_a_third_of_a_second_apart_are_no_overload() {
        for (int i = 0; i < 50; i++) {
            turns(1, 50 * MILLI);
            turns(83, 0);
        }

        assertThat(detector.isOverloaded()).isFalse();
    }

    @Test
    void overload_ends_after_ten_seconds_without_a_late_turn() {
        turns(5, 21 * MILLI);
        turns(TEN_SECONDS - 10, 0);
        turns(1, 21 * MILLI);
        turns(TEN_SECONDS - 10, 0);
        assertThat(detector.isOverloaded()).isTrue();
        turns(20, 0);
        assertThat(detector.isOverloaded()).isFalse();
    }

    @Test
    void overload_that_recurs_lasts_longer_each_time_up_to_five_minutes() {
        int lasted = 0;
        for (int expected : new int[] {1, 2, 4, 8, 16, 32, 32}) {
            turns(5, 21 * MILLI);
            lasted = 0;
            while (detector.isOverloaded()) {
                turns(1, 0);
                lasted++;
            }
            assertThat(lasted).isBetween(expected * TEN_SECONDS - 5, expected * TEN_SECONDS + 5);
        }
        turns(lasted + 10, 0);
        turns(5, 21 * MILLI);
        turns(TEN_SECONDS + 10, 0);

        assertThat(detector.isOverloaded()).as("after a long calm").isFalse();
    }

    private void turns(int count, long late) {
        for (int i = 0; i < count; i++) {
            now += SLOT;
            detector.turn(now, now - late);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.playout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DelayPeaksTest {
    private static final int MILLI = 8;

    private final DelayPeaks peaks = new DelayPeaks();
    private int arrival = Integer.MAX_VALUE - 30_000 * MILLI;

    @BeforeEach
    void begin() {
        peaks.clear(MILLI);
    }

    @Test
    void a_single_peak_is_not_waited_for() {
        calm(3_000);
        peak(400, 300);
        calm(10_100);
        peak(400);

        assertThat(peaks.expected()).isZero();
    }

    @Test
    void the_higher_of_two_peaks_is_waited_for_at_any_arrival_time() {
        for (int i = 0; i < 12; i++) {
            peak(200, i == 0 ? 200 : 480, 100);
            calm(4_940);
        }

        assertThat(peaks.expected()).isEqualTo(480);
    }

    @Test
    void a_peak_that_no_longer_comes_is_given_up_after_twice_its_period() {
        peak(480);
        calm(1_980);
        peak(300);
        calm(3_980);
        assertThat(peaks.expected()).isEqualTo(480);
        calm(60);
        assertThat(peaks.expected()).isZero();
        peak(300);
        assertThat(peaks.expected()).isZero();
    }

    @Test
    void another_stream_knows_nothing_of_the_peaks_before() {
        peak(480);
        calm(1_000);
        peak(480);
        peaks.clear(MILLI);
        assertThat(peaks.expected()).isZero();
        peak(480);

        assertThat(peaks.expected()).isZero();
    }

    private void peak(int... above) {
        for (int units : above) {
            receive(units);
        }
    }

    private void calm(int millis) {
        for (int i = 0; i < millis; i += 20) {
            receive(0);
        }
    }

    private void receive(int above) {
        peaks.received(above, arrival);
        arrival += 20 * MILLI;
    }
}

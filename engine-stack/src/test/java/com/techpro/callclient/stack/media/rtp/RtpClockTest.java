// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RtpClockTest {
    @ParameterizedTest
    @CsvSource({
        "0, 8000, 0",
        "124999, 8000, 0",
        "125000, 8000, 1",
        "20000000, 48000, 960",
        "1000000000, 44100, 44100",
        "3500000000, 44100, 154350",
        "-1, 8000, -1",
        "-125000, 8000, -1",
        "-125001, 8000, -2"
    })
    void a_moment_falls_into_a_unit(long nanos, int clockRate, int units) {
        assertThat(RtpClock.units(nanos, clockRate)).isEqualTo(units);
    }

    /** 8000 a second fill 32 bits in 6 days and 5 hours. */
    @Test
    void moments_wrap_as_timestamps_do() {
        long wrapped = (1L << 32) * 125_000;
        assertThat(RtpClock.units(wrapped + 250_000, 8000)).isEqualTo(2);
        assertThat(RtpClock.units(wrapped - 125_000, 8000)).isEqualTo(-1);
    }

    @ParameterizedTest
    @CsvSource({
        "0, 8000, 0",
        "1, 8000, 125000",
        "960, 48000, 20000000",
        "44101, 44100, 1000022675",
        "1000000, 8000, 125000000000"
    })
    void units_last(long units, int clockRate, long nanos) {
        assertThat(RtpClock.nanos(units, clockRate)).isEqualTo(nanos);
    }
}

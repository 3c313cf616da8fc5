// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.audio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AudioFormatTest {
    @ParameterizedTest
    @CsvSource({"8000, 20, 160", "8000, 10, 80", "16000, 20, 320", "48000, 60, 2880", "11025, 40, 441"})
    void a_frame_has_the_samples_of_its_length(int rate, int millis, int samples) {
        assertThat(new AudioFormat(rate, Duration.ofMillis(millis)).samplesPerFrame())
                .isEqualTo(samples);
    }

    @ParameterizedTest
    @CsvSource({"7999, 20", "48001, 20", "8000, 0", "8000, -20", "11025, 20"})
    void rates_out_of_range_and_fractions_of_samples_are_refused(int rate, int millis) {
        assertThatThrownBy(() -> new AudioFormat(rate, Duration.ofMillis(millis)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void narrowband_is_the_format_of_G711() {
        assertThat(AudioFormat.NARROWBAND.samplesPerFrame()).isEqualTo(80);
    }
}

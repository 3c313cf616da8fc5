// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.machine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import java.io.IOException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("slow")
class SpeechCostMeasurementTest {
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void each_part_of_a_second_of_a_call_takes_some_time_and_less_than_a_second(boolean telephone) throws IOException {
        SpeechCost cost = new SpeechCostMeasurement(SpeechClip.builtIn(), telephone, () -> false).measure();
        assertThat(cost.makeMillis()).isPositive();
        assertThat(cost.protectMillis()).isPositive();
        assertThat(cost.sendMillis()).isPositive();
        assertThat(cost.judgeMillis()).isPositive();
        assertThat(cost.millis()).isLessThan(1_000);
    }

    @Test
    void a_run_that_is_stopped_measures_nothing() throws IOException {
        assertThat(new SpeechCostMeasurement(SpeechClip.builtIn(), false, () -> true)
                        .measure()
                        .millis())
                .isZero();
    }
}

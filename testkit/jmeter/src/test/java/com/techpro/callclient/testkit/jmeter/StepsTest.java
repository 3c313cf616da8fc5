// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.jmeter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.testkit.soak.gate.Gate;
import com.techpro.callclient.testkit.soak.run.StepFailedException;
import com.techpro.callclient.testkit.soak.speech.SpeechClip;
import com.techpro.callclient.testkit.soak.speech.SpeechSource;
import com.techpro.callclient.testkit.soak.verify.SilenceCheck;
import com.techpro.callclient.testkit.soak.verify.SilenceVerdict;
import com.techpro.callclient.testkit.soak.verify.Span;
import java.io.IOException;
import java.util.List;
import org.apache.jmeter.samplers.SampleResult;
import org.junit.jupiter.api.Test;

/** What makes a sample a failure. */
class StepsTest {
    private static final int SECOND = SpeechClip.SAMPLE_RATE;

    private final Steps steps = new Steps("a step");

    private static SilenceVerdict heard(int amplitude, int samples) throws IOException {
        short[] heard = new short[samples];
        for (int i = 0; i < samples; i++) {
            heard[i] = (short) (amplitude * Math.sin(i * 0.3));
        }
        return new SilenceCheck()
                .judge(new SpeechSource(SpeechClip.builtIn(), 1), heard, 0, List.of(new Span(0, samples)));
    }

    private SampleResult held(int amplitude, int samples) throws IOException, StepFailedException {
        steps.silence(heard(amplitude, samples));
        return steps.end();
    }

    @Test
    void silence_on_hold_is_a_success() throws IOException, StepFailedException {
        SampleResult part = held(0, SECOND).getSubResults()[0];

        assertThat(part.isSuccessful()).isTrue();
        assertThat(part.getResponseCode()).isEqualTo("200");
    }

    @Test
    void a_sound_on_hold_is_a_failure_with_its_name() {
        assertThatThrownBy(() -> held(3_000, SECOND))
                .isInstanceOfSatisfying(
                        StepFailedException.class,
                        failed -> assertThat(failed.code()).isEqualTo("sound-on-hold"));
        SampleResult part = steps.end().getSubResults()[0];
        assertThat(part.isSuccessful()).isFalse();
        assertThat(part.getResponseCode()).isEqualTo("sound-on-hold");
    }

    @Test
    void a_hold_that_was_too_short_to_tell_is_a_failure() {
        assertThatThrownBy(() -> held(0, SECOND / 10))
                .isInstanceOfSatisfying(
                        StepFailedException.class,
                        failed -> assertThat(failed.code()).isEqualTo("hold-not-judged"));
    }

    @Test
    void a_recording_of_which_nothing_was_heard_is_a_failure() {
        assertThatThrownBy(() -> steps.recorded(null))
                .isInstanceOfSatisfying(
                        StepFailedException.class,
                        failed -> assertThat(failed.code()).isEqualTo("speech-nothing-heard"));
        assertThat(steps.end().getSubResults()[0].isSuccessful()).isFalse();
    }

    @Test
    void a_step_that_does_not_come_about_is_a_failure() {
        assertThatThrownBy(() -> steps.time("unregister", () -> {
                    throw StepFailedException.because("stuck-unregistering", "nobody answered");
                }))
                .isInstanceOf(StepFailedException.class);
        assertThat(steps.end().getSubResults()[0].isSuccessful()).isFalse();
    }

    @Test
    void a_room_is_a_success_if_each_of_its_claims_is_so() throws StepFailedException {
        Gate green = Gate.of("roster", "sees everybody", "2 of 2", "all 2", true);
        Gate red = Gate.of("hears-others", "hears all the others", "1 of 2", "all 2", false);
        ConferenceSampler.judge(List.of(green, green));

        for (List<Gate> claims : List.of(List.of(red, green), List.of(green, red))) {
            assertThatThrownBy(() -> ConferenceSampler.judge(claims))
                    .isInstanceOf(StepFailedException.class)
                    .hasMessage("hears all the others: 1 of 2");
        }
        assertThatThrownBy(() -> ConferenceSampler.judge(List.of(green, Gate.notReached("roster", "sees everybody"))))
                .isInstanceOf(StepFailedException.class);
    }
}

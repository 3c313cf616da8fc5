// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.jmeter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.engine.call.CallQuality;
import com.techpro.callclient.engine.call.QualitySample;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.judge.speech.SpeechSource;
import com.techpro.callclient.testkit.judge.verify.SilenceCheck;
import com.techpro.callclient.testkit.judge.verify.SilenceVerdict;
import com.techpro.callclient.testkit.judge.verify.Span;
import com.techpro.callclient.testkit.judge.verify.SpeechVerdict;
import com.techpro.callclient.testkit.soak.gate.Gate;
import com.techpro.callclient.testkit.soak.report.StepFailedException;
import com.techpro.callclient.testkit.soak.run.HeardSpeech;
import com.techpro.callclient.testkit.soak.settings.CallLimits;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.apache.jmeter.samplers.SampleResult;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What makes a sample fail. */
class StepsTest {
    /** In milliseconds. */
    private static final long LATE = 700;
    /**
     * JMeter's samples have their own clock, which can differ from the system's by milliseconds.
     */
    private static final long CLOCKS_APART = 100;

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

    private static HeardSpeech heard(double excusedPercent, double mos, long lost, Duration delay) throws IOException {
        return heard(excusedPercent, mos, lost, delay, 0, 7_000);
    }

    private static HeardSpeech heard(
            double excusedPercent, double mos, long lost, Duration delay, double level, int band) throws IOException {
        SpeechVerdict verdict = new SpeechVerdict(
                SpeechVerdict.Outcome.VERIFIED,
                Duration.ofSeconds(4),
                0,
                excusedPercent,
                Duration.ZERO,
                0,
                0,
                0,
                5,
                level,
                band,
                delay,
                0,
                Duration.ZERO,
                List.of());
        CallQuality quality = new CallQuality(
                "PCMA",
                null,
                new QualitySample(Instant.EPOCH, mos, 0, Duration.ZERO, null, Duration.ZERO),
                new CallQuality.Sending(200, false),
                new CallQuality.Receiving(200 - lost, 0, lost, 0, 0, null, null),
                null,
                null,
                List.of());
        return new HeardSpeech(verdict, heard(0, SECOND), quality);
    }

    private static SampleResult part(SampleResult whole, String label) {
        return Arrays.stream(whole.getSubResults())
                .filter(part -> part.getSampleLabel().equals(label))
                .findFirst()
                .orElseThrow(() -> new AssertionError("no step " + label));
    }

    @Test
    void speech_excused_by_a_stall_succeeds_and_is_counted_separately() throws IOException, StepFailedException {
        steps.speech(heard(2.5, 4.3, 0, Duration.ofMillis(80)));
        steps.speech(heard(0, 4.3, 0, Duration.ofMillis(80)));
        SampleResult whole = steps.end();

        assertThat(whole.isSuccessful()).isTrue();
        assertThat(whole.getResponseCode()).isEqualTo("speech-excused");
        assertThat(whole.getResponseMessage())
                .isEqualTo("heard, but for speech that was missing while this machine stalled");
        assertThat(part(whole, "a step speech").getResponseCode()).isEqualTo("speech-excused");
        SampleResult excused = part(whole, "a step excused");
        assertThat(excused.isSuccessful()).isTrue();
        assertThat(excused.getTime()).isEqualTo(100);
        assertThat(excused.getResponseMessage()).isEqualTo("2.50 % missing while this machine stalled");
    }

    @Test
    void a_sample_without_missing_speech_has_no_excuse() throws IOException, StepFailedException {
        steps.speech(heard(0, 4.3, 0, Duration.ofMillis(80)));
        SampleResult whole = steps.end();

        assertThat(whole.getResponseCode()).isEqualTo("200");
        assertThat(whole.getSubResults()).hasSize(1);
    }

    @Test
    void a_sample_that_began_late_began_when_it_was_to() {
        long intended = System.currentTimeMillis() - LATE;
        SampleResult whole = new Steps("a step", OptionalLong.of(intended)).end();

        assertThat(whole.getStartTime()).isEqualTo(intended);
        assertThat(whole.getTime()).isGreaterThanOrEqualTo(LATE - CLOCKS_APART);
        SampleResult start = part(whole, "a step start");
        assertThat(start.isSuccessful()).isFalse();
        assertThat(start.getResponseCode()).isEqualTo("late-start");
        assertThat(start.getTime()).isGreaterThanOrEqualTo(LATE - CLOCKS_APART);
        assertThat(whole.isSuccessful()).isTrue();
    }

    @Test
    void a_sample_in_time_says_so() {
        // Whatever the machine does meanwhile, a start in the future is in time.
        SampleResult whole = new Steps("a step", OptionalLong.of(Long.MAX_VALUE)).end();

        assertThat(part(whole, "a step start").isSuccessful()).isTrue();
        assertThat(steps.end().getSubResults()).as("without a schedule").isEmpty();
    }

    @Test
    void a_call_within_its_limits_is_a_success() throws IOException, StepFailedException {
        CallLimits set = new CallLimits(1.0, 4.3, Duration.ofMillis(80), Duration.ofSeconds(1), -10.0, 7_000, null);
        steps.limits(CallLimit.ofSetUp(set, Duration.ofSeconds(1), Duration.ZERO));
        steps.limits(CallLimit.ofSound(set, heard(0, 4.3, 2, Duration.ofMillis(80), -10, 7_000)));

        assertThat(steps.end().getSubResults())
                .allMatch(SampleResult::isSuccessful)
                .extracting(SampleResult::getSampleLabel)
                .containsExactly(
                        "a step maxSetup",
                        "a step maxLoss",
                        "a step minMos",
                        "a step maxDelay",
                        "a step minLevel",
                        "a step band");
    }

    @ParameterizedTest
    @CsvSource({
        "1000, 0, ''",
        "1000, 500, ''",
        "1001, 0, max-setup",
        "1300, 299, max-setup",
        "1300, 300, generator-too-slow",
        "2000, 1900, generator-too-slow"
    })
    void a_set_up_time_that_only_stalls_of_this_machine_made_too_long_says_so(
            long setUp, long stalled, String expected) {
        CallLimits set = new CallLimits(null, null, null, Duration.ofSeconds(1), null, null, null);
        List<CallLimit> limits = CallLimit.ofSetUp(set, Duration.ofMillis(setUp), Duration.ofMillis(stalled));
        assertThat(limits)
                .singleElement()
                .satisfies(limit -> assertThat(limit.kept() ? "" : limit.code()).isEqualTo(expected));
    }

    @Test
    void a_limit_that_is_not_set_is_not_judged() throws IOException, StepFailedException {
        steps.limits(CallLimit.ofSetUp(CallLimits.NONE, Duration.ofSeconds(30), Duration.ZERO));
        steps.limits(CallLimit.ofSound(CallLimits.NONE, heard(0, 1, 100, Duration.ofSeconds(2))));

        assertThat(steps.end().getSubResults()).isEmpty();
    }

    @Test
    void a_call_beyond_a_limit_fails_with_figure_and_limit() throws IOException {
        CallLimits set = new CallLimits(1.0, 3.6, Duration.ofMillis(400), Duration.ofSeconds(3), -10.0, 7_000, null);
        List<List<CallLimit>> beyond = List.of(
                CallLimit.ofSetUp(set, Duration.ofMillis(3_001), Duration.ZERO),
                CallLimit.ofSound(set, heard(0, 4.3, 3, Duration.ofMillis(80))),
                CallLimit.ofSound(set, heard(0, 3.59, 0, Duration.ofMillis(80))),
                CallLimit.ofSound(set, heard(0, 4.3, 0, Duration.ofMillis(401))),
                CallLimit.ofSound(set, heard(0, 4.3, 0, Duration.ofMillis(80), -10.1, 7_000)),
                CallLimit.ofSound(set, heard(0, 4.3, 0, Duration.ofMillis(80), 0, 5_900)));
        List<String> codes =
                List.of("max-setup", "max-loss", "min-mos", "max-delay", "speech-too-quiet", "speech-narrow");
        List<String> told = List.of(
                "3001 ms, 3000 ms at most",
                "1.50 % of packets lost, 1.00 % at most",
                "MOS 3.59, 3.60 at least",
                "401 ms, 400 ms at most",
                "-10.1 dB, -10.0 dB at least",
                "up to 5900 Hz, 7000 Hz at least");

        for (int i = 0; i < codes.size(); i++) {
            String code = codes.get(i);
            Steps one = new Steps("a step");
            List<CallLimit> limits = beyond.get(i);
            assertThatThrownBy(() -> one.limits(limits))
                    .isInstanceOfSatisfying(
                            StepFailedException.class,
                            failed -> assertThat(failed.code()).isEqualTo(code));
            List<SampleResult> red = Arrays.stream(one.end().getSubResults())
                    .filter(part -> !part.isSuccessful())
                    .toList();
            assertThat(red).hasSize(1);
            assertThat(red.get(0).getResponseCode()).isEqualTo(code);
            assertThat(red.get(0).getResponseMessage()).isEqualTo(told.get(i));
        }
    }
}

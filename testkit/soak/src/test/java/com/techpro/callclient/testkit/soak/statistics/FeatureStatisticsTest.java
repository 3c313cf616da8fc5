// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.judge.verify.SpeechLimits;
import com.techpro.callclient.testkit.judge.verify.SpeechVerdict;
import com.techpro.callclient.testkit.judge.verify.SpeechVerdict.Outcome;
import com.techpro.callclient.testkit.soak.gate.Gate;
import com.techpro.callclient.testkit.soak.script.FeatureRecord;
import com.techpro.callclient.testkit.soak.settings.CallFeature;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Each kind of transfer, and pickup, has gates of its own. */
class FeatureStatisticsTest {
    private static final Set<CallFeature> ASKED = Set.of(CallFeature.BLIND_TRANSFER, CallFeature.LAMPS);

    private final FeatureStatistics features = new FeatureStatistics();

    private void call(String problem, Outcome... heard) {
        features.tried(CallFeature.BLIND_TRANSFER);
        features.add(new FeatureRecord(
                CallFeature.BLIND_TRANSFER,
                problem,
                Arrays.stream(heard).map(FeatureStatisticsTest::speech).toList()));
    }

    private List<String> red() {
        return features.gates(ASKED, true).stream()
                .filter(gate -> gate.verdict() == Gate.Verdict.RED)
                .map(Gate::title)
                .toList();
    }

    @Test
    void one_that_was_done_and_heard_holds_both_gates() {
        call(null, Outcome.VERIFIED, Outcome.VERIFIED);
        assertThat(features.gates(ASKED, true)).hasSize(2).allMatch(Gate::green);
    }

    @Test
    void none_at_all_is_red_where_there_were_calls_enough() {
        assertThat(red()).containsExactly("blind transfer, done");
        assertThat(features.gates(ASKED, false)).hasSize(2).allMatch(Gate::green);
    }

    @Test
    void one_that_was_not_done_is_red() {
        call(null, Outcome.VERIFIED, Outcome.VERIFIED);
        call("transfer-failed");
        assertThat(red()).containsExactly("blind transfer, done");
        assertThat(features.gates(ASKED, true)).extracting(Gate::note).containsExactly("transfer-failed", "");
        assertThat(features.faultyCalls()).containsExactly(Map.entry("transfer-failed", 1L));
    }

    @Test
    void one_that_never_ended_is_red() {
        call(null, Outcome.VERIFIED, Outcome.VERIFIED);
        features.tried(CallFeature.BLIND_TRANSFER);
        assertThat(red()).containsExactly("blind transfer, done");
    }

    @Test
    void after_one_that_was_not_done_nothing_is_heard_and_that_is_no_other_fault() {
        call("transfer-failed");
        assertThat(red()).containsExactly("blind transfer, done");
        assertThat(features.gates(ASKED, true).get(1).note()).isEqualTo("see blind-transfer-done");
    }

    @Test
    void one_that_was_done_and_after_which_one_ear_alone_was_judged_is_red() {
        call(null, Outcome.VERIFIED, Outcome.VERIFIED);
        call(null, Outcome.VERIFIED);
        assertThat(red()).containsExactly("blind transfer, speech heard after it");
    }

    @Test
    void speech_heard_before_another_failure_is_judged() {
        call(null, Outcome.VERIFIED, Outcome.VERIFIED);
        call("stuck-hanging-up", Outcome.VERIFIED, Outcome.GAPS);
        assertThat(red()).containsExactly("blind transfer, done", "blind transfer, speech heard after it");
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"VERIFIED", "MACHINE_STALLED"})
    void a_transfer_after_which_speech_is_not_verified_is_red(Outcome outcome) {
        call(null, Outcome.VERIFIED, Outcome.VERIFIED);
        call(null, Outcome.VERIFIED, outcome);
        assertThat(red()).containsExactly("blind transfer, speech heard after it");
    }

    @Test
    void an_ear_for_which_the_machine_stood_still_proves_nothing() {
        call(null, Outcome.VERIFIED, Outcome.VERIFIED);
        call(null, Outcome.VERIFIED, Outcome.MACHINE_STALLED);
        assertThat(red()).isEmpty();
        assertThat(features.figures()).singleElement().satisfies(figures -> {
            assertThat(figures.directions()).isEqualTo(4);
            assertThat(figures.verified()).isEqualTo(3);
        });
    }

    private static SpeechVerdict speech(Outcome outcome) {
        return new SpeechVerdict(
                outcome,
                Duration.ofSeconds(3),
                0,
                0,
                Duration.ZERO,
                0,
                0,
                0.5,
                4.5,
                0,
                SpeechLimits.WIDEST_BAND,
                Duration.ofMillis(90),
                0,
                Duration.ZERO,
                List.of());
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.driver;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.judge.ear.Finding;
import com.techpro.callclient.testkit.judge.verify.Period;
import com.techpro.callclient.testkit.judge.verify.SilenceVerdict;
import com.techpro.callclient.testkit.judge.verify.SpeechVerdict;
import com.techpro.callclient.testkit.soak.script.FeatureRecord;
import com.techpro.callclient.testkit.soak.settings.CallFeature;
import com.techpro.callclient.testkit.soak.settings.SoakPhoneSystem.OnHold;
import com.techpro.callclient.testkit.soak.statistics.RunStatistics;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** What makes a call one with a fault. */
class CallResultTest {
    private final RunStatistics statistics = new RunStatistics(List.of());

    @Test
    void a_call_in_which_all_was_heard_is_faultless() {
        statistics.add(call(null, SpeechVerdict.Outcome.VERIFIED, SilenceVerdict.Outcome.SILENT, 4), OnHold.SILENCE);
        assertThat(statistics.failedCalls()).isZero();
        assertThat(statistics.verifiedDirections()).isEqualTo(2);
        assertThat(statistics.silentDirections()).isEqualTo(2);
        assertThat(statistics.keysArrived()).isEqualTo(statistics.keysPressed()).isEqualTo(4);
        assertThat(statistics.badCalls(List.of())).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"VERIFIED", "MACHINE_STALLED"})
    void one_ear_that_did_not_hear_is_a_fault(SpeechVerdict.Outcome outcome) {
        statistics.add(call(null, outcome, SilenceVerdict.Outcome.SILENT, 4), OnHold.SILENCE);
        assertThat(statistics.badCalls(List.of())).singleElement().satisfies(bad -> {
            assertThat(bad.problem()).isEqualTo("audio-not-verified");
            String figure = switch (outcome) {
                case GUESSED -> ", 0.0 % of 3.0 s";
                case TOO_QUIET, TOO_LOUD -> ", -7.3 dB";
                case NARROW -> ", up to 3300 Hz";
                default -> "";
            };
            assertThat(bad.detail())
                    .startsWith("callee: " + outcome.code() + figure + ", 40 ms missing at 1.00 s; caller: verified");
        });
    }

    @Test
    void an_ear_for_which_the_machine_stood_still_proves_nothing_and_is_counted_apart() {
        statistics.add(
                call(null, SpeechVerdict.Outcome.MACHINE_STALLED, SilenceVerdict.Outcome.SILENT, 4), OnHold.SILENCE);
        assertThat(statistics.failedCalls()).isZero();
        assertThat(statistics.judgedDirections()).isEqualTo(2);
        assertThat(statistics.verifiedDirections()).isEqualTo(1);
        assertThat(statistics.stalledDirections()).isEqualTo(1);
    }

    @ParameterizedTest
    @EnumSource(mode = Mode.EXCLUDE, names = "SILENT")
    void an_ear_that_heard_something_on_hold_is_a_fault(SilenceVerdict.Outcome outcome) {
        statistics.add(call(null, SpeechVerdict.Outcome.VERIFIED, outcome, 4), OnHold.SILENCE);
        assertThat(statistics.badCalls(List.of()))
                .singleElement()
                .satisfies(bad -> assertThat(bad.problem()).isEqualTo(outcome.code()));
        assertThat(statistics.silentDirections()).isEqualTo(1);
    }

    @Test
    void music_on_hold_is_allowed_to_a_foreign_phone_system_but_no_voice() {
        statistics.add(
                call(null, SpeechVerdict.Outcome.VERIFIED, SilenceVerdict.Outcome.OTHER_SOUND, 4), OnHold.ANYTHING);
        assertThat(statistics.failedCalls()).isZero();
        statistics.add(call(null, SpeechVerdict.Outcome.VERIFIED, SilenceVerdict.Outcome.VOICE, 4), OnHold.ANYTHING);
        assertThat(statistics.failedCalls()).isEqualTo(1);
    }

    @Test
    void music_on_hold_is_due_where_the_phone_system_plays_it() {
        statistics.add(call(null, SpeechVerdict.Outcome.VERIFIED, SilenceVerdict.Outcome.OTHER_SOUND, 4), OnHold.MUSIC);
        assertThat(statistics.failedCalls()).isZero();
        assertThat(statistics.silentDirections()).isEqualTo(2);
        statistics.add(call(null, SpeechVerdict.Outcome.VERIFIED, SilenceVerdict.Outcome.SILENT, 4), OnHold.MUSIC);
        statistics.add(call(null, SpeechVerdict.Outcome.VERIFIED, SilenceVerdict.Outcome.VOICE, 4), OnHold.MUSIC);
        assertThat(statistics.failedCalls()).isEqualTo(2);
    }

    /** Of a call that is red for another reason. */
    @Test
    void the_report_of_a_hold_names_the_faulty_side_and_not_music_on_hold() {
        SilenceVerdict.Outcome music = SilenceVerdict.Outcome.OTHER_SOUND;
        for (OnHold held : List.of(OnHold.ANYTHING, OnHold.MUSIC, OnHold.UNTOLD)) {
            assertThat(detail(music, SilenceVerdict.Outcome.SILENT, held)).doesNotContain("on hold");
            assertThat(detail(music, SilenceVerdict.Outcome.VOICE, held))
                    .contains("caller on hold: voice-on-hold")
                    .doesNotContain("callee on hold");
            assertThat(detail(SilenceVerdict.Outcome.VOICE, SilenceVerdict.Outcome.SILENT, held))
                    .contains("callee on hold: voice-on-hold")
                    .doesNotContain("caller on hold");
        }
        assertThat(detail(music, SilenceVerdict.Outcome.SILENT, OnHold.SILENCE))
                .contains("callee on hold: sound-on-hold");
        assertThat(detail(SilenceVerdict.Outcome.SILENT, SilenceVerdict.Outcome.SILENT, OnHold.MUSIC))
                .as("music was due")
                .contains("callee on hold: silent");
    }

    private static String detail(SilenceVerdict.Outcome held, SilenceVerdict.Outcome holder, OnHold by) {
        RunStatistics statistics = new RunStatistics(List.of());
        statistics.add(
                call("dtmf-wrong", SpeechVerdict.Outcome.VERIFIED, List.of(silence(held), silence(holder)), 3), by);
        return statistics.badCalls(List.of()).get(0).detail();
    }

    @Test
    void speech_after_a_transfer_is_counted_separately_and_after_a_pickup_not_twice() {
        List<SpeechVerdict> heard = List.of(
                speech(SpeechVerdict.Outcome.VERIFIED, List.of()),
                speech(SpeechVerdict.Outcome.MACHINE_STALLED, List.of()));
        statistics.add(new FeatureRecord(CallFeature.BLIND_TRANSFER, null, heard));
        statistics.add(new FeatureRecord(CallFeature.PICKUP, null, heard));
        assertThat(statistics.judgedDirections()).isEqualTo(2);
        assertThat(statistics.verifiedDirections()).isEqualTo(1);
        assertThat(statistics.stalledDirections()).isEqualTo(1);
    }

    @Test
    void keys_that_did_not_arrive_are_counted() {
        statistics.add(
                call("dtmf-wrong", SpeechVerdict.Outcome.VERIFIED, SilenceVerdict.Outcome.SILENT, 3), OnHold.SILENCE);
        assertThat(statistics.keysArrived()).isEqualTo(3);
        assertThat(statistics.keysPressed()).isEqualTo(4);
        assertThat(statistics.calls(1).failedByReason()).containsEntry("dtmf-wrong", 1L);
    }

    @Test
    void a_time_counts_once_it_has_settled() {
        CallSchedule due = new CallSchedule(Duration.ofMillis(500));
        due.begin(10_000);
        due.begin(12_000);
        assertThat(due.lasted(12_000)).isZero();
        assertThat(due.lasted(18_000)).isEqualTo(Duration.ofMillis(500));
        due.end(20_000);
        due.begin(30_000);
        due.end(33_000);
        assertThat(due.periods()).containsExactly(new Period(14_000, 20_000));
    }

    private static CallResult call(
            String problem, SpeechVerdict.Outcome speech, SilenceVerdict.Outcome onHold, int keysArrived) {
        return call(problem, speech, List.of(silence(onHold), silence(SilenceVerdict.Outcome.SILENT)), keysArrived);
    }

    private static CallResult call(
            String problem, SpeechVerdict.Outcome speech, List<SilenceVerdict> onHold, int keysArrived) {
        return new CallResult(
                1,
                0,
                1,
                Duration.ofMillis(10),
                Duration.ofSeconds(7),
                problem,
                List.of(
                        speech(
                                speech,
                                List.of(new Finding(
                                        Finding.Kind.MISSING, Duration.ofSeconds(1), Duration.ofMillis(40)))),
                        speech(SpeechVerdict.Outcome.VERIFIED, List.of())),
                onHold,
                0,
                4,
                keysArrived,
                List.of(),
                CallResult.Stalls.NONE,
                List.of(),
                List.of(),
                List.of());
    }

    private static SpeechVerdict speech(SpeechVerdict.Outcome outcome, List<Finding> findings) {
        return new SpeechVerdict(
                outcome,
                Duration.ofSeconds(3),
                1,
                0,
                Duration.ZERO,
                0,
                0,
                0.5,
                4.5,
                -7.3,
                3_300,
                Duration.ofMillis(90),
                0,
                Duration.ZERO,
                findings);
    }

    private static SilenceVerdict silence(SilenceVerdict.Outcome outcome) {
        return new SilenceVerdict(outcome, Duration.ofMillis(600), Duration.ZERO, Duration.ZERO, Duration.ZERO);
    }
}

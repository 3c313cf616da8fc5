// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.verify;

import static com.techpro.callclient.testkit.judge.verify.CallDegradation.BEGIN;
import static com.techpro.callclient.testkit.judge.verify.CallDegradation.HELD;
import static com.techpro.callclient.testkit.judge.verify.CallDegradation.LENGTH;
import static com.techpro.callclient.testkit.judge.verify.CallDegradation.MIDDLE;
import static com.techpro.callclient.testkit.judge.verify.CallDegradation.ONE_WAY;
import static com.techpro.callclient.testkit.judge.verify.CallDegradation.RESUMED;
import static com.techpro.callclient.testkit.judge.verify.CallDegradation.SECOND;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.techpro.callclient.testkit.judge.speech.Recording;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.judge.speech.Stall;
import com.techpro.callclient.testkit.judge.verify.CallDegradation.Call;
import com.techpro.callclient.testkit.judge.verify.SpeechVerdict.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What stalls of the machine excuse, and what nothing excuses. */
class CallCheckTest {
    private static final List<Period> DUE =
            List.of(new Period(BEGIN, BEGIN + HELD), new Period(BEGIN + RESUMED, BEGIN + LENGTH));
    private static final List<Period> ON_HOLD = List.of(new Period(BEGIN + HELD + 2 * ONE_WAY, BEGIN + RESUMED));

    private final CallCheck check = new CallCheck(SpeechLimits.CLEAN);
    private Call call;

    @BeforeEach
    void aRightCall() throws IOException {
        call = Call.some(SpeechClip.builtIn(), 1).get(0);
    }

    @Test
    void a_call_in_which_all_was_heard_is_verified_and_silent_on_hold() {
        assertThat(judged(List.of()).outcome()).isEqualTo(Outcome.VERIFIED);
        assertThat(check.onHold(ear(List.of())).outcome()).isEqualTo(SilenceVerdict.Outcome.SILENT);
    }

    @Test
    void a_speaker_that_never_played_has_heard_nothing() {
        call.heard = new short[0];
        CallCheck.Ear ear = new CallCheck.Ear(call.far, new Recording(call.heard, -1, List.of()), DUE, ON_HOLD);
        assertThat(check.speech(ear).outcome()).isEqualTo(Outcome.NOTHING_HEARD);
        assertThat(check.onHold(ear).outcome()).isEqualTo(SilenceVerdict.Outcome.SILENT);
    }

    @Test
    void a_dead_speaker_counts_as_nothing_heard_even_if_the_machine_stalled() {
        call.heard = Arrays.copyOf(call.heard, SECOND);
        assertThat(judged(List.of()).outcome()).isEqualTo(Outcome.NOTHING_HEARD);
        assertThat(judged(List.of(new Stall(BEGIN, BEGIN + LENGTH, LENGTH))).outcome())
                .isEqualTo(Outcome.NOTHING_HEARD);
    }

    @Test
    void a_stall_excuses_its_own_length_and_no_more() {
        Arrays.fill(call.heard, MIDDLE, MIDDLE + 300 * 8, (short) 0);
        SpeechVerdict excused = judged(List.of(stall(MIDDLE, 300)));
        assertThat(excused.outcome()).as(excused.toString()).isEqualTo(Outcome.VERIFIED);
        assertThat(excused.gapPercent()).isZero();
        assertThat(judged(List.of(stall(MIDDLE, 30))).outcome()).isEqualTo(Outcome.GAPS);
    }

    @Test
    void a_stall_elsewhere_excuses_nothing() {
        Arrays.fill(call.heard, MIDDLE, MIDDLE + 400 * 8, (short) 0);
        assertThat(judged(List.of(stall(SECOND, 400))).outcome()).isEqualTo(Outcome.GAPS);
        assertThat(judged(List.of(stall(MIDDLE + 500 * 8, 400))).outcome()).isEqualTo(Outcome.GAPS);
    }

    /** docs/judge.md: until 300 ms after its end, and then one way. */
    @Test
    void a_gap_that_begins_later_than_its_stall_can_have_made_it_is_not_excused() {
        Arrays.fill(call.heard, MIDDLE, MIDDLE + 200 * 8, (short) 0);
        assertThat(judged(List.of(stall(MIDDLE - 250 * 8, 200))).outcome()).isEqualTo(Outcome.VERIFIED);
        assertThat(judged(List.of(stall(MIDDLE - 1000 * 8, 200))).outcome()).isEqualTo(Outcome.GAPS);
        assertThat(judged(List.of(stall(MIDDLE - 3000 * 8, 200))).outcome()).isEqualTo(Outcome.GAPS);
    }

    /** With so much excused nothing could be said; but what no stall explains is enough for a verdict. */
    @Test
    void unexplained_gaps_are_judged_before_excused_ones() {
        List<Stall> stalls = new ArrayList<>();
        for (int at = MIDDLE - SECOND; at < MIDDLE; at += 200 * 8) {
            Arrays.fill(call.heard, at, at + 100 * 8, (short) 0);
            stalls.add(stall(at, 100));
        }
        SpeechVerdict stalled = judged(stalls);
        assertThat(stalled.excusedPercent()).isGreaterThan(5);
        assertThat(stalled.outcome()).isIn(Outcome.MACHINE_STALLED, Outcome.VERIFIED);

        Arrays.fill(call.heard, SECOND, SECOND + 400 * 8, (short) 0);
        assertThat(judged(stalls).outcome()).isEqualTo(Outcome.GAPS);
    }

    @Test
    void a_first_word_that_a_stall_took_is_excused() {
        CallDegradation.CLIPPED_RESUME.applyTo(call, 60);
        assertThat(judged(List.of()).outcome()).isEqualTo(Outcome.CLIPPED_BEGINNING);
        assertThat(judged(List.of(stall(RESUMED + ONE_WAY, 60))).outcome()).isEqualTo(Outcome.VERIFIED);
    }

    /** As behind a gateway to the telephone network: what it does to the level is told by nobody. */
    @Test
    void any_level_is_accepted_if_the_gain_of_the_phone_system_is_unknown() {
        CallDegradation.QUIETER.applyTo(call, 6);
        assertThat(judged(List.of()).outcome()).isEqualTo(Outcome.TOO_QUIET);
        assertThat(new CallCheck(SpeechLimits.CLEAN.atAnyLevelAndBand())
                        .speech(ear(List.of()))
                        .outcome())
                .isEqualTo(Outcome.VERIFIED);
    }

    @Test
    void a_limit_of_the_testers_own_decides_which_level_is_too_quiet() {
        CallDegradation.QUIETER.applyTo(call, 6);
        SpeechLimits anyLevel = SpeechLimits.CLEAN.atAnyLevelAndBand();
        SpeechVerdict quiet = judged(anyLevel.withLeastLevel(-5.5));
        assertThat(quiet.outcome()).isEqualTo(Outcome.TOO_QUIET);
        assertThat(quiet.levelDb()).isCloseTo(-6, within(0.2));
        assertThat(judged(anyLevel.withLeastLevel(-6.5)).outcome()).isEqualTo(Outcome.VERIFIED);
        assertThat(judged(SpeechLimits.CLEAN.withLeastLevel(-6.5)).outcome())
                .as("a limit that is set takes the place of the default")
                .isEqualTo(Outcome.VERIFIED);
    }

    /** The call is in G.711: nothing of it is above 4 kHz. */
    @Test
    void a_required_band_must_be_heard_regardless_of_the_codec() throws IOException {
        assertThat(judged(SpeechLimits.CLEAN.withBand(3_400)).outcome()).isEqualTo(Outcome.VERIFIED);
        SpeechVerdict narrow = judged(SpeechLimits.CLEAN.withBand(7_000));
        assertThat(narrow.outcome()).isEqualTo(Outcome.NARROW);
        assertThat(narrow.bandHertz()).isEqualTo(4_000);
        assertThat(SpeechCheck.bandOf(SpeechClip.builtIn())).isEqualTo(7_000);
    }

    private SpeechVerdict judged(SpeechLimits limits) {
        return new CallCheck(limits).speech(ear(List.of()));
    }

    /** A busy machine is no reason for packets that never came. */
    @Test
    void loss_shown_by_sequence_numbers_is_never_excused() {
        CallDegradation.SILENCE.applyTo(call, 5);
        List<Stall> always = List.of(new Stall(BEGIN, BEGIN + LENGTH, LENGTH / 8));
        Recording heard = new Recording(call.heard, BEGIN, always);
        CallCheck.Ear knowing =
                new CallCheck.Ear(call.far, heard, DUE, ON_HOLD, Fidelity.TELEPHONE, Duration.ofMillis(300));
        assertThat(judged(always).outcome()).isEqualTo(Outcome.VERIFIED);
        assertThat(check.speech(knowing).outcome()).isEqualTo(Outcome.GAPS);
    }

    @Test
    void speech_after_a_transfer_may_be_guessed_twice_as_much_and_no_more() throws IOException {
        CallDegradation.REPETITION.applyTo(call, 10);
        assertThat(judged(List.of()).outcome()).isEqualTo(Outcome.GUESSED);
        assertThat(check.speechAfterMove(ear(List.of())).outcome()).isEqualTo(Outcome.VERIFIED);

        aRightCall();
        CallDegradation.REPETITION.applyTo(call, 18);
        assertThat(check.speechAfterMove(ear(List.of())).outcome()).isEqualTo(Outcome.GUESSED);
    }

    private SpeechVerdict judged(List<Stall> stalls) {
        return check.speech(ear(stalls));
    }

    private CallCheck.Ear ear(List<Stall> stalls) {
        return new CallCheck.Ear(call.far, new Recording(call.heard, BEGIN, stalls), DUE, ON_HOLD);
    }

    private static Stall stall(int at, int millis) {
        return new Stall(BEGIN + at, BEGIN + at + millis * 8L, millis * 8L);
    }
}

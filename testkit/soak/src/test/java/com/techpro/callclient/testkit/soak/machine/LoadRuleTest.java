// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.machine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.soak.gate.Gate;
import com.techpro.callclient.testkit.soak.gate.Gate.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What counts against the program where the machine did not carry the load, and what does not. */
class LoadRuleTest {
    private static final Gate STALLED = gate("speech-not-judged", false, "");

    @ParameterizedTest
    @ValueSource(strings = {"speech-not-judged", "speech-lost-in-stalls"})
    void either_gate_about_stalls_tells_that_the_machine_did_not_carry_it_and_is_not_red(String id) {
        List<Gate> gates = List.of(gate(id, false, ""), gate("speech-heard", false, ""));
        assertThat(LoadRule.whyNot(gates, "")).isEqualTo(id + ": some (limit)");
        assertThat(LoadRule.judged(gates, "")).extracting(Gate::verdict).containsOnly(Verdict.NOT_JUDGED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"speech-heard", "speech-lost", "set-up-time-p99", "calls-without-fault", "descriptors-at-the-end"
            })
    void where_the_machine_carried_it_everything_red_stays_red(String id) {
        List<Gate> gates = List.of(gate("speech-not-judged", true, ""), gate(id, false, "audio-not-verified"));
        assertThat(LoadRule.whyNot(gates, "")).isEmpty();
        assertThat(LoadRule.judged(gates, "")).isEqualTo(gates);
    }

    @Test
    void programs_that_took_the_processors_excuse_sound_and_nothing_else() {
        Gate sound = gate("mos-worst", false, "");
        Gate leak = gate("descriptors-at-the-end", false, "");
        assertThat(LoadRule.whyNot(List.of(sound, leak), "busy")).isEqualTo("busy");
        assertThat(LoadRule.judged(List.of(sound, leak), "busy"))
                .extracting(Gate::verdict)
                .containsExactly(Verdict.NOT_JUDGED, Verdict.RED);
    }

    /** A run that is green on a busy machine is green. */
    @Test
    void programs_that_took_the_processors_are_not_named_where_no_sound_is_red() {
        List<Gate> gates = List.of(gate("mos-worst", true, ""), gate("descriptors-at-the-end", false, ""));
        assertThat(LoadRule.whyNot(gates, "busy")).isEmpty();
        assertThat(LoadRule.judged(gates, "busy")).isEqualTo(gates);
    }

    /** A run that ended early has them not judged: that tells nothing of the machine. */
    @Test
    void a_gate_about_stalls_that_is_not_judged_tells_nothing() {
        List<Gate> gates = List.of(STALLED.unlessEnded(true), gate("speech-heard", false, ""));
        assertThat(LoadRule.judged(gates, "")).isEqualTo(gates);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "speech-heard",
                "speech-lost",
                "blind-transfer-speech-heard",
                "attended-transfer-speech-heard",
                "pickup-speech-heard",
                "park-speech-heard",
                "forwarded-twice-speech-heard",
                "loss-asked-for",
                "packets-lost",
                "packets-late",
                "frames-concealed",
                "frames-inserted",
                "one-way-delay-median",
                "one-way-delay-p99",
                "mos-p99",
                "mos-worst",
                "set-up-time-median",
                "set-up-time-p99",
                "calls-attempted"
            })
    void sound_and_time_do_not_count_against_the_program(String id) {
        assertThat(verdict(id, "")).isEqualTo(Verdict.NOT_JUDGED);
    }

    /** None of these comes of being late. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "engine-exceptions",
                "phone-system-failures",
                "registrations",
                "registrations-after-goodbye",
                "logins",
                "codecs-and-keys",
                "dtmf-received",
                "lamp-changes",
                "calls-made",
                "conference-hears-itself",
                "conference-left-over",
                "app-users-unreadable",
                "app-users-erased",
                "app-users-forgotten",
                "descriptors-after-the-calls",
                "threads-at-the-end",
                "heap-after-the-calls",
                "calls-after-the-calls",
                "a-gate-that-is-new"
            })
    void everything_else_stays_red(String id) {
        assertThat(verdict(id, "")).isEqualTo(Verdict.RED);
        assertThat(verdict(id, "audio-not-verified")).isEqualTo(Verdict.RED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "calls-without-fault    | audio-not-verified                      | NOT_JUDGED",
                "calls-without-fault    | audio-not-verified, stuck-holding       | NOT_JUDGED",
                "calls-without-fault    | audio-not-verified-pickup               | NOT_JUDGED",
                "calls-without-fault    | hold-not-judged                         | NOT_JUDGED",
                "calls-without-fault    | server-error-503                        | NOT_JUDGED",
                "calls-without-fault    | server-error-500                        | RED",
                "calls-without-fault    | audio-not-verified, dtmf-repeated       | RED",
                "calls-without-fault    | dtmf-wrong                              | RED",
                "calls-without-fault    | voice-on-hold, audio-not-verified       | RED",
                "calls-without-fault    | not-finished                            | RED",
                "calls-without-fault    | encryption-refused                      | RED",
                "silence-on-hold        | hold-not-judged                         | NOT_JUDGED",
                "silence-on-hold        | voice-on-hold                           | RED",
                "silence-on-hold        | hold-not-judged, voice-on-hold          | RED",
                "blind-transfer-done    | stuck-transferring                      | NOT_JUDGED",
                "attended-transfer-done | stuck-consulting                        | NOT_JUDGED",
                "pickup-done            | stuck-picking-up                        | NOT_JUDGED",
                "blind-transfer-done    | transfer-refused                        | RED",
                "attended-transfer-done | transfer-refused, stuck-transferring    | RED",
                "pickup-done            | pickup-refused                          | RED",
                "park-done              | stuck-parking                           | NOT_JUDGED",
                "park-done              | park-refused                            | RED",
                "forwarded-twice-done   | stuck-ringing                           | NOT_JUDGED",
                "forwarded-twice-done   | not-found                               | RED",
                "network-change         | stuck-moving                            | NOT_JUDGED",
                "network-change         | speech gaps                             | NOT_JUDGED",
                "network-change         | speech other-sound                      | RED",
                "network-change         | declined                                | RED",
                "registrations-lost     | server-error-503                        | NOT_JUDGED",
                "registrations-lost     | timeout-response                        | NOT_JUDGED",
                "registrations-lost     | wrong-credentials                       | RED",
                "registrations-lost     | server-error-503, wrong-credentials     | RED",
                "texts-received         | server-error-503                        | NOT_JUDGED",
                "texts-received         | unexpected                              | RED",
                "texts-delivered        | server-error-503                        | NOT_JUDGED",
                "texts-delivered        | only accepted                           | RED",
            })
    void a_gate_with_several_reasons_is_excused_only_if_all_concern_sound_or_time(
            String id, String reasons, Verdict expected) {
        assertThat(verdict(id, reasons)).isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "calls-without-fault",
                "silence-on-hold",
                "pickup-done",
                "network-change",
                "registrations-lost",
                "texts-received",
                "texts-delivered"
            })
    void a_reason_that_nobody_knows_is_no_excuse(String id) {
        assertThat(verdict(id, "")).isEqualTo(Verdict.RED);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "#1: machine-stalled, 0.0 %                          | NOT_JUDGED",
                "#1: machine-stalled, 0.0 %; #3: machine-stalled, 0.0 % | NOT_JUDGED",
                "#1: machine-stalled, 0.0 %; #3: gaps, 9.0 %         | RED",
                "#1: other-sound                                     | RED",
                "not reached                                         | RED",
                "''                                                  | RED",
            })
    void a_voicemail_of_which_nothing_can_be_said_tells_that_the_machine_did_not_carry_it(
            String reasons, Verdict expected) {
        List<Gate> gates = List.of(gate("app-users-message-heard", false, reasons), gate("speech-heard", false, ""));
        assertThat(LoadRule.whyNot(gates, "").isEmpty()).isEqualTo(expected == Verdict.RED);
        assertThat(LoadRule.judged(gates, "")).extracting(Gate::verdict).containsOnly(expected);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "#1: gaps, 9.0 %                               | NOT_JUDGED",
                "#1: gaps, 9.0 %; #3: machine-stalled, 0.0 %   | NOT_JUDGED",
                "#1: gaps, 9.0 %; #3: other-sound              | RED",
                "#1: nothing was heard                         | RED",
                "not reached                                   | RED",
                "''                                            | RED",
            })
    void gaps_in_a_voicemail_are_excused_where_other_gates_tell_of_stalls(String reasons, Verdict expected) {
        List<Gate> gates = List.of(gate("app-users-message-heard", false, reasons), STALLED);
        assertThat(LoadRule.judged(gates, "").get(0).verdict()).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"server-error-503, NOT_JUDGED", "stuck-dialling, NOT_JUDGED", "not-found, RED", "'', RED"})
    void a_call_that_was_not_made_is_judged_by_why_it_was_not(String reason, Verdict expected) {
        List<Gate> gates = List.of(gate("calls-made", false, ""), gate("calls-without-fault", false, reason), STALLED);
        assertThat(LoadRule.judged(gates, "").get(0).verdict()).isEqualTo(expected);
    }

    @Test
    void green_and_unjudged_gates_stay_unchanged() {
        Gate holds = gate("speech-heard", true, "");
        Gate open = gate("speech-lost", false, "").notJudged("there was no data to judge it by");
        assertThat(LoadRule.judged(List.of(STALLED, holds, open), "")).contains(holds, open);
    }

    private static Verdict verdict(String id, String note) {
        return LoadRule.judged(List.of(gate(id, false, note), STALLED), "")
                .get(0)
                .verdict();
    }

    private static Gate gate(String id, boolean green, String note) {
        return Gate.of(id, id, "some", "limit", green, note);
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.statistics;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.soak.gate.Figure;
import com.techpro.callclient.testkit.soak.gate.Gate;
import com.techpro.callclient.testkit.soak.gate.Gate.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which of several red gates is left red. */
class RedCausesTest {
    private static final String CALLS = "calls-without-fault";

    private final List<Gate> gates = new ArrayList<>();
    private final Map<String, Long> faults = new TreeMap<>();
    private final Map<String, Long> ofFeatures = new TreeMap<>();

    private void gate(String id, long part, long whole, String note) {
        boolean holds = part == whole && whole > 0;
        gates.add(Gate.of(id, id, part + " of " + whole, "all", holds, note).measuredAs(Figure.share(part, whole)));
    }

    private List<Gate> judged() {
        return new RedCauses(gates, faults, Set.of("other-sound"), ofFeatures).judged();
    }

    private List<String> red() {
        return judged().stream()
                .filter(gate -> gate.verdict() == Verdict.RED)
                .map(Gate::id)
                .toList();
    }

    private String note(String id) {
        Gate found = judged().stream()
                .filter(gate -> gate.id().equals(id))
                .findFirst()
                .orElseThrow();
        assertThat(found.verdict()).isEqualTo(Verdict.NOT_JUDGED);
        return found.note();
    }

    @Test
    void where_all_holds_all_holds() {
        gate(CALLS, 4, 4, "");
        gate("speech-heard", 8, 8, "");
        assertThat(judged()).isEqualTo(gates);
    }

    @ParameterizedTest
    @CsvSource({
        "audio-not-verified, speech-heard",
        "audio-not-verified-pickup, pickup-speech-heard",
        "other-sound, silence-on-hold",
        "dtmf-wrong, dtmf-received",
        "stuck-pressing, dtmf-received"
    })
    void a_call_fault_that_another_gate_covers_makes_only_that_gate_red(String fault, String cause) {
        gate(CALLS, 3, 4, fault);
        gate(cause, 7, 8, "");
        faults.put(fault, 1L);
        assertThat(red()).containsExactly(cause);
        assertThat(note(CALLS)).isEqualTo("see " + cause);
    }

    @Test
    void two_faults_with_a_gate_each_are_named_both() {
        gate(CALLS, 2, 4, "audio-not-verified, other-sound");
        gate("silence-on-hold", 7, 8, "other-sound");
        gate("speech-heard", 7, 8, "");
        assertThat(red()).containsExactly("silence-on-hold", "speech-heard");
        assertThat(note(CALLS)).isEqualTo("see silence-on-hold, speech-heard");
    }

    /** One limit of the tester's own, broken by all that was heard, is one red gate. */
    @ParameterizedTest
    @CsvSource({
        "too-quiet, speech-level, true",
        "narrow, speech-band, true",
        "narrow, speech-level, false",
        "'gaps, too-quiet', speech-level, false",
    })
    void speech_faults_beyond_one_limit_are_attributed_to_its_gate(String unheard, String limit, boolean alone) {
        gate(CALLS, 2, 4, "audio-not-verified");
        gate("speech-heard", 7, 8, unheard);
        gate("blind-transfer-speech-heard", 1, 2, "speech " + unheard.replace(", ", ", speech "));
        gate(limit, 0, 1, "");
        if (alone) {
            assertThat(red()).containsExactly(limit);
            assertThat(List.of(note(CALLS), note("speech-heard"), note("blind-transfer-speech-heard")))
                    .containsOnly("see " + limit);
        } else {
            assertThat(red()).containsExactly("speech-heard", "blind-transfer-speech-heard", limit);
            assertThat(note(CALLS)).isEqualTo("see speech-heard");
        }
    }

    @Test
    void a_level_bounded_only_by_the_default_is_attributed_to_the_speech_heard() {
        gate(CALLS, 2, 4, "audio-not-verified");
        gate("speech-heard", 7, 8, "too-quiet");
        assertThat(red()).containsExactly("speech-heard");
    }

    @Test
    void a_fault_that_no_other_gate_is_about_stays_red() {
        gate(CALLS, 2, 4, "audio-not-verified, stuck-hanging-up");
        gate("speech-heard", 7, 8, "");
        assertThat(red()).containsExactly(CALLS, "speech-heard");
    }

    @Test
    void a_fault_stays_red_if_its_own_gate_is_green() {
        gate(CALLS, 3, 4, "dtmf-repeated");
        gate("dtmf-received", 16, 16, "");
        assertThat(red()).containsExactly(CALLS);
    }

    @Test
    void a_transfer_that_is_not_done_is_the_fault_of_its_calls() {
        gate(CALLS, 2, 4, "transfer-failed");
        gate("attended-transfer-done", 0, 1, "transfer-failed");
        faults.put("transfer-failed", 2L);
        ofFeatures.put("transfer-failed", 2L);
        assertThat(red()).containsExactly("attended-transfer-done");
        assertThat(note(CALLS)).isEqualTo("see attended-transfer-done");
    }

    @Test
    void another_call_with_the_same_fault_stays_red() {
        gate(CALLS, 1, 4, "stuck-hanging-up");
        gate("attended-transfer-done", 0, 1, "stuck-hanging-up");
        faults.put("stuck-hanging-up", 3L);
        ofFeatures.put("stuck-hanging-up", 2L);
        assertThat(red()).containsExactly(CALLS, "attended-transfer-done");
    }

    @Test
    void a_call_that_was_not_made_is_one_with_a_fault() {
        gate(CALLS, 3, 4, "not-answered");
        gates.add(Gate.of("calls-made", "calls made", "75 %", "100 %", false));
        assertThat(red()).containsExactly(CALLS);
        assertThat(note("calls-made")).isEqualTo("see " + CALLS);
    }

    @Test
    void where_nobody_called_nothing_else_is_asked() {
        gate(CALLS, 0, 0, "");
        for (String id :
                List.of("speech-heard", "silence-on-hold", "dtmf-received", "codecs-and-keys", "pickup-done")) {
            gate(id, 0, 0, "");
        }
        gates.add(Gate.of("sockets-after-the-calls", "sockets", "9", "at most 8", false));
        gates.add(Gate.of("lamp-changes", "lamps", "0 of 0, 2 unexpected", "none unexpected", false)
                .measuredAs(Figure.share(0, 0)));
        assertThat(red()).containsExactly(CALLS, "sockets-after-the-calls", "lamp-changes");
        assertThat(note("codecs-and-keys")).isEqualTo("see " + CALLS);
    }

    @Test
    void where_nobody_is_registered_nobody_calls() {
        gate("registrations", 0, 4, "");
        gate(CALLS, 0, 0, "");
        gate("speech-heard", 0, 0, "");
        assertThat(red()).containsExactly("registrations");
        assertThat(note(CALLS)).isEqualTo("see registrations");
        assertThat(note("speech-heard")).isEqualTo("see " + CALLS);
    }
}

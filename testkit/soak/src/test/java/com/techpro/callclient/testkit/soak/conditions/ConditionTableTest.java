// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.conditions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.techpro.callclient.testkit.contracts.LinkConditions;
import com.techpro.callclient.testkit.judge.verify.SpeechVerdict;
import com.techpro.callclient.testkit.judge.verify.SpeechVerdict.Outcome;
import com.techpro.callclient.testkit.soak.run.JudgedCall;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ConditionTableTest {
    private static final NetworkCondition CLEAN = new NetworkCondition("undisturbed", LinkConditions.LAN);

    private static SpeechVerdict heard(Outcome outcome, double missing, double other, double score, int delay) {
        return new SpeechVerdict(
                outcome,
                Duration.ofSeconds(5),
                missing,
                0,
                Duration.ZERO,
                other,
                0,
                0,
                score,
                0,
                7_000,
                Duration.ofMillis(delay),
                0,
                Duration.ZERO,
                List.of());
    }

    private static JudgedCall call(SpeechVerdict... heard) {
        return new JudgedCall(1, null, Duration.ZERO, List.of(heard), List.of(), 0, 0, List.of());
    }

    @Test
    void a_row_has_the_means_of_the_heard_directions_and_counts_the_faults() {
        JudgedCall unanswered = new JudgedCall(3, "no-answer", null, List.of(), List.of(), 0, 0, List.of());
        ConditionResult result = new ConditionResult(
                CLEAN,
                "pcmu",
                List.of(
                        call(heard(Outcome.VERIFIED, 0, 1, 5, 40), heard(Outcome.GAPS, 6, 2, 3, 60)),
                        call(heard(Outcome.GAPS, 6, 3, 4, 60), heard(Outcome.GUESSED, 0, 6, 4, 80)),
                        unanswered));
        assertThat(result.directions()).isEqualTo(6);
        assertThat(result.verified()).isEqualTo(1);
        assertThat(result.faults()).isEqualTo(Map.of("gaps", 2, "guessed", 1, "no-answer", 1));
        assertThat(result.toString().split(" {2,}"))
                .containsExactly(
                        "undisturbed",
                        "pcmu",
                        "1 of 6",
                        "4.0",
                        "3.0 %",
                        "3.0 %",
                        "60 ms",
                        "none",
                        "2 gaps, 1 guessed, 1 no-answer");
    }

    @Test
    void where_nothing_was_heard_there_is_no_figure() {
        assertThat(new ConditionResult(CLEAN, "opus", List.of(call()))
                        .toString()
                        .split(" {2,}"))
                .containsExactly("undisturbed", "opus", "0 of 2", "none", "none", "none", "none", "none");
    }

    @Test
    void each_codec_is_measured_over_each_network_and_worse_ones_are_heard_to_be_worse() throws IOException {
        NetworkCondition bad = new NetworkCondition("30 % lost", LinkConditions.LAN.withLoss(0.3));
        List<String> told = new ArrayList<>();
        ConditionTable table = ConditionTable.measure(
                List.of(CLEAN, bad), List.of("pcma", "g722"), 1, 2, result -> told.add(result.toString()));

        assertThat(table.results()).extracting(ConditionResult::codec).containsExactly("pcma", "g722", "pcma", "g722");
        assertThat(table.results().subList(0, 2))
                .allMatch(result -> result.verified() == 2 && result.faults().isEmpty());
        for (int codec = 0; codec < 2; codec++) {
            ConditionResult lossy = table.results().get(2 + codec);
            assertThat(lossy.verified()).isZero();
            assertThat(lossy.score()).isLessThan(table.results().get(codec).score() - 0.3);
        }
        assertThat(table.toString().lines().skip(1)).isEqualTo(told);
        assertThat(table.toString()).startsWith("network ");
    }

    @Test
    void the_usual_networks_are_nineteen_that_differ() {
        assertThat(NetworkCondition.usual()).hasSize(19).doesNotHaveDuplicates();
        assertThat(NetworkCondition.usual()).extracting(NetworkCondition::name).doesNotHaveDuplicates();
        assertThat(NetworkCondition.usual()).extracting(NetworkCondition::link).doesNotHaveDuplicates();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ConditionTable.measure(NetworkCondition.usual(), List.of("pcmu"), 0));
    }
}

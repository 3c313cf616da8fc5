// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.call.CallQuality;
import com.techpro.callclient.testkit.soak.gate.Gate;
import com.techpro.callclient.testkit.soak.run.CallRecord.Stalls;
import com.techpro.callclient.testkit.soak.verify.SpeechVerdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each figure of the table is bounded, and only what stalls can have cost is taken off it. */
class LoopbackGatesTest {
    private final LoopbackGates gates = new LoopbackGates();

    @Test
    void calls_as_they_should_be_hold_every_gate() {
        asked(1);
        gates.add(call(0, 0, 0, 0, 70, 4.3, 30, Stalls.NONE));
        assertThat(gates.gates()).hasSize(12).allMatch(Gate::green);
    }

    @ParameterizedTest
    @CsvSource({
        "packets lost, 1, 0, 0, 0, 70, 4.3, 30",
        "packets late, 0, 4, 0, 0, 70, 4.3, 30",
        "frames concealed, 0, 0, 8, 0, 70, 4.3, 30",
        "frames inserted, 0, 0, 0, 160, 70, 4.3, 30",
        "'one-way delay, median', 0, 0, 0, 0, 150, 4.3, 30",
        "'one-way delay, 99 of 100 directions', 0, 0, 0, 0, 250, 4.3, 30",
        "'estimated MOS, 99 of 100 ends', 0, 0, 0, 0, 70, 3.9, 30",
        "'estimated MOS, worst', 0, 0, 0, 0, 70, 3.5, 30",
        "'set-up time, median', 0, 0, 0, 0, 70, 4.3, 200",
        "'set-up time, 99 of 100 calls', 0, 0, 0, 0, 70, 4.3, 1200",
    })
    void a_figure_beyond_its_limit_is_red(
            String gate, int lost, int late, int concealed, int inserted, int delay, double mos, int setUp) {
        asked(1);
        gates.add(call(lost, late, concealed, inserted, delay, mos, setUp, Stalls.NONE));
        assertThat(red()).contains(gate);
    }

    @Test
    void a_stall_explains_what_it_can_have_cost_and_no_more() {
        Stalls stalls = new Stalls(1, Duration.ofMillis(100), Duration.ofMillis(100));
        asked(1);
        gates.add(call(0, 0, 6, 0, 70, 3.0, 30, stalls));
        assertThat(red()).isEmpty();
        gates.add(call(0, 0, 30, 0, 300, 3.0, 30, stalls));
        assertThat(red()).contains("frames concealed", "one-way delay, 99 of 100 directions");
    }

    @Test
    void an_estimate_that_no_call_was_fit_for_is_not_judged_and_so_not_green() {
        asked(1);
        gates.add(call(0, 0, 0, 0, 70, 1.0, 30, new Stalls(1, Duration.ofSeconds(1), Duration.ofSeconds(1))));
        assertThat(gates.gates())
                .filteredOn(gate -> gate.verdict() == Gate.Verdict.NOT_JUDGED)
                .extracting(Gate::title)
                .containsExactly("estimated MOS, 99 of 100 ends", "estimated MOS, worst");
    }

    @Test
    void what_nothing_was_there_to_judge_by_is_none() {
        assertThat(gates.gates()).hasSize(12).allSatisfy(gate -> {
            assertThat(gate.verdict()).isEqualTo(Gate.Verdict.NOT_JUDGED);
            assertThat(gate.measured()).isEqualTo("none");
            assertThat(gate.figure().value()).isNaN();
        });
    }

    @Test
    void the_rate_asked_for_is_reached_or_it_is_said_why_not() {
        asked(3);
        gates.add(call(0, 0, 0, 0, 70, 4.3, 30, Stalls.NONE));
        assertThat(red()).containsExactly("calls attempted when due, if two extensions were free");
        gates.noneFree();
        gates.noneFree();
        assertThat(gates.gates())
                .filteredOn(gate -> gate.title().startsWith("calls attempted"))
                .allMatch(Gate::green)
                .extracting(Gate::note)
                .containsExactly("1 calls, 2 times no two extensions were free");
    }

    @Test
    void a_consultation_was_not_due_by_the_clock() {
        asked(2);
        gates.consulted();
        gates.add(call(0, 0, 0, 0, 70, 4.3, 30, Stalls.NONE));
        gates.add(call(0, 0, 0, 0, 70, 4.3, 30, Stalls.NONE));
        assertThat(red()).containsExactly("calls attempted when due, if two extensions were free");
    }

    @Test
    void a_call_that_was_not_made_is_red() {
        asked(2);
        gates.attempted();
        gates.add(call(0, 0, 0, 0, 70, 4.3, 30, Stalls.NONE));
        assertThat(red()).containsExactly("calls made, of those attempted");
    }

    private void asked(int calls) {
        gates.askedFor(calls);
        gates.attempted();
    }

    private List<String> red() {
        return gates.gates().stream()
                .filter(gate -> gate.verdict() == Gate.Verdict.RED)
                .map(Gate::title)
                .toList();
    }

    private static CallRecord call(
            int lost, int late, int concealed, int inserted, int delay, double mos, int setUp, Stalls stalls) {
        CallQuality quality = new CallQuality(
                "PCMU",
                null,
                0,
                Duration.ZERO,
                null,
                Duration.ZERO,
                mos,
                350,
                350,
                late,
                lost,
                concealed,
                0,
                null,
                Instant.EPOCH);
        SpeechVerdict heard = new SpeechVerdict(
                SpeechVerdict.Outcome.VERIFIED,
                Duration.ofSeconds(3),
                0,
                0,
                Duration.ZERO,
                0,
                0,
                0.5,
                Duration.ofMillis(delay),
                0,
                Duration.ofMillis(inserted),
                List.of());
        return new CallRecord(
                1,
                0,
                1,
                Duration.ofMillis(setUp),
                Duration.ofSeconds(7),
                null,
                List.of(heard, heard),
                List.of(),
                0,
                0,
                0,
                List.of(quality, quality),
                stalls,
                List.of(),
                List.of());
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench.results;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.cli.bench.BenchFigure;
import com.techpro.callclient.testkit.cli.bench.BenchFigure.Better;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BenchComparisonTest {
    @Test
    void a_figure_is_worse_only_by_more_than_a_tenth() {
        assertThat(compared(once("CPU", 100), once("CPU", 110)).worse()).isEmpty();
        assertThat(compared(once("CPU", 100), once("CPU", 111)).worse())
                .containsExactly("CPU: 100.00 ms before, 111.00 ms now, +11 %");
        assertThat(compared(once("CPU", 100), once("CPU", 89)).worse()).isEmpty();
        assertThat(compared(once("CPU", 100), once("CPU", 89)).better())
                .containsExactly("CPU: 100.00 ms before, 89.00 ms now, -11 %");
    }

    @Test
    void a_figure_is_not_worse_by_less_than_its_rounds_differ() {
        BenchFigure wide = rounds("CPU", 100, 90, 125);
        assertThat(compared(wide, once("CPU", 135)).worse()).isEmpty();
        assertThat(compared(wide, once("CPU", 136)).worse()).hasSize(1);
        assertThat(compared(once("CPU", 100), rounds("CPU", 130, 110, 141)).worse())
                .isEmpty();
        assertThat(compared(once("CPU", 100), rounds("CPU", 130, 120, 141)).worse())
                .hasSize(1);
    }

    @Test
    void of_some_figures_more_is_better() {
        BenchFigure many = once("answers", 100).better(Better.MORE);
        BenchFigure few = once("answers", 80).better(Better.MORE);

        assertThat(compared(many, few).worse()).containsExactly("answers: 100.00 ms before, 80.00 ms now, -20 %");
        assertThat(compared(few, many).better()).hasSize(1);
    }

    @Test
    void of_a_figure_that_was_zero_a_tenth_of_the_target_is_nothing() {
        BenchFigure none = new BenchFigure("lost", 0, "%", 5, "");

        assertThat(compared(none, new BenchFigure("lost", 0.5, "%", 5, "")).worse())
                .isEmpty();
        assertThat(compared(none, new BenchFigure("lost", 0.6, "%", 5, "")).worse())
                .containsExactly("lost: 0.00 % before, 0.60 % now");
    }

    @Test
    void a_part_is_compared_with_the_part_of_the_same() {
        BenchComparison comparison = compared(
                List.of(once("A", 1), once("... media", 10), once("B", 1), once("... media", 20)),
                List.of(once("B", 1), once("... media", 20), once("A", 1), once("... media", 12)));

        assertThat(comparison.worse()).containsExactly("A ... media: 10.00 ms before, 12.00 ms now, +20 %");
        assertThat(comparison.similar()).isEqualTo(3);
    }

    @Test
    void of_two_with_the_same_name_each_is_compared() {
        List<BenchFigure> before = List.of(once("heap", 8), once("heap", 12));

        assertThat(compared(before, List.of(once("heap", 8), once("heap", 20))).worse())
                .containsExactly("heap (2): 12.00 ms before, 20.00 ms now, +67 %");
    }

    @Test
    void a_figure_on_one_side_only_is_named() {
        BenchComparison comparison = compared(
                List.of(once("gone", 1), once("ratio", 2)), List.of(once("new", 1), once("ratio", Double.NaN)));

        assertThat(comparison.missing()).containsExactly("new: only now", "gone: only before", "ratio: only before");
        assertThat(comparison.worse()).isEmpty();
        assertThat(comparison.text()).contains("not compared: gone: only before\n", "0 worse, 0 better, 0 about");
    }

    @Test
    void another_programs_cost_is_no_result_of_ours() {
        assertThat(compared(
                        once("... of SIPp", 1).better(Better.NEITHER),
                        once("... of SIPp", 9).better(Better.NEITHER)))
                .isEqualTo(new BenchComparison(List.of(), List.of(), List.of(), List.of(), 0));
    }

    @Test
    void another_machine_and_another_measurement_are_said() {
        BenchResults before =
                new BenchResults(1, Map.of("calls", "20"), Map.of("processor", "fast", "processors", "8"), List.of());
        BenchResults now =
                new BenchResults(1, Map.of("calls", "200"), Map.of("processor", "slow", "processors", "8"), List.of());

        BenchComparison comparison = BenchComparison.of(before, now);

        assertThat(comparison.differences())
                .containsExactly(
                        "another machine, processor: fast before, slow now",
                        "another measurement, calls: 20 before, 200 now");
        assertThat(comparison.text()).startsWith("another machine, processor: fast");
    }

    @Test
    void a_machine_that_others_used_then_or_now_is_said() {
        BenchFigure idle = new BenchFigure("machine in use by others", 9, "%", Double.NaN, "").better(Better.NEITHER);
        BenchFigure busy = new BenchFigure("machine in use by others", 55, "%", Double.NaN, "").better(Better.NEITHER);

        assertThat(compared(idle, idle).differences()).isEmpty();
        assertThat(compared(List.of(idle), List.of(idle, busy)).differences())
                .containsExactly("machine in use by others: up to 9 % before, up to 55 % now; figures of a busy machine"
                        + " say little");
        assertThat(compared(busy, idle).differences()).hasSize(1);
    }

    private static BenchFigure once(String name, double value) {
        return new BenchFigure(name, value, "ms", Double.NaN, "counted");
    }

    private static BenchFigure rounds(String name, double value, double least, double most) {
        return new BenchFigure(name, value, "ms", Double.NaN, "counted", Better.LESS, least, most);
    }

    private static BenchComparison compared(BenchFigure before, BenchFigure now) {
        return compared(List.of(before), List.of(now));
    }

    private static BenchComparison compared(List<BenchFigure> before, List<BenchFigure> now) {
        return BenchComparison.of(BenchResults.of(Map.of(), before), BenchResults.of(Map.of(), now));
    }
}

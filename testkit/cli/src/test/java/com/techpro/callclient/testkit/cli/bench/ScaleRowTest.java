// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.cli.bench.BenchFigure.Better;
import com.techpro.callclient.testkit.cli.bench.ScaleRow.Metric;
import com.techpro.callclient.testkit.cli.bench.ScaleRow.Sample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** In virtual time: a call takes a second to begin, and a size is measured for ten. */
class ScaleRowTest {
    private static final Duration EACH = Duration.ofSeconds(10);

    private final List<BenchFigure> figures = new ArrayList<>();
    private final ScaleRow row = new ScaleRow(
            "calls at once",
            "calls",
            List.of(1, 10, 100),
            List.of(new Metric("CPU", "ms", "thread CPU"), new Metric("heap", "kB", "collected")));
    private final Calls calls = new Calls();
    private long now = 3;

    /** One is measured as 1.0 and 2.0, ten as 10.0 and 20.0. */
    private final class Calls implements ScaleRow.Subject {
        private final List<Integer> measured = new ArrayList<>();
        private Duration limit = Duration.ZERO;
        private double missedOfHundred;
        private boolean refused;

        @Override
        public Optional<String> grow(int before, int size, Duration most) {
            limit = most;
            now += Duration.ofSeconds(size - before).toNanos();
            return refused && size > 10 ? Optional.of("the phone is busy") : Optional.empty();
        }

        @Override
        public Sample measure(int before, int size) {
            measured.add(size);
            now += EACH.toNanos();
            return new Sample(List.of((double) size, 2.0 * size), size < 100 ? 1 : missedOfHundred, 30);
        }
    }

    @Test
    void each_size_is_a_figure_and_a_point_of_each_curve() {
        ScaleResult result = run(Duration.ofHours(1));

        assertThat(result)
                .isEqualTo(new ScaleResult(
                        "calls at once",
                        "calls",
                        List.of(1, 10, 100),
                        List.of(
                                new ScaleResult.Curve("CPU", "ms", List.of(1.0, 10.0, 100.0)),
                                new ScaleResult.Curve("heap", "kB", List.of(2.0, 20.0, 200.0))),
                        ""));
        assertThat(figures)
                .extracting(BenchFigure::name)
                .containsExactly(
                        "CPU, 1 calls",
                        "heap, 1 calls",
                        "CPU, 10 calls",
                        "heap, 10 calls",
                        "CPU, 100 calls",
                        "heap, 100 calls");
        assertThat(figures.get(0).how()).isEqualTo("thread CPU; other programs used 30 % of the machine");
    }

    @Test
    void a_size_with_packets_that_are_not_moved_ends_the_row() {
        calls.missedOfHundred = 1.01;

        ScaleResult result = run(Duration.ofHours(1));

        assertThat(result.curves().get(0).values()).containsExactly(1.0, 10.0);
        assertThat(result.ending())
                .isEqualTo(
                        "It ends at 100 calls: 1 % of the packets due were not moved; other programs used 30 % of the"
                                + " machine.");
        BenchFigure last = figures.get(figures.size() - 1);
        assertThat(last.name()).isEqualTo("calls at once ends at");
        assertThat(last.value()).isEqualTo(100);
        assertThat(last.better()).isEqualTo(Better.NEITHER);
        assertThat(figures).hasSize(5);
    }

    @Test
    void a_size_that_cannot_be_reached_is_not_measured() {
        calls.refused = true;

        assertThat(run(Duration.ofHours(1)).ending()).isEqualTo("It ends at 100 calls: the phone is busy.");
        assertThat(calls.measured).containsExactly(1, 10);
    }

    @Test
    void a_size_that_would_last_too_long_is_not_begun() {
        // A second and ten, nine and ten, ninety and ten.
        assertThat(run(Duration.ofSeconds(130).minusNanos(1)).ending())
                .isEqualTo("It ends at 100 calls: there is no time left for so many.");
        assertThat(calls.measured).containsExactly(1, 10);

        calls.measured.clear();
        assertThat(run(Duration.ofSeconds(130)).ending()).isEmpty();
        assertThat(calls.measured).containsExactly(1, 10, 100);
        assertThat(calls.limit).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void without_any_time_nothing_is_begun() {
        assertThat(run(Duration.ofSeconds(9)).ending()).startsWith("It ends at 1 calls: there is no time");
        assertThat(calls.measured).isEmpty();
    }

    private ScaleResult run(Duration limit) {
        return row.run(calls, EACH, now + limit.toNanos(), () -> now, figures::add);
    }
}

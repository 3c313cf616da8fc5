// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.Test;

/** In virtual time: a burst takes a minute. */
class LostCallsTest {
    private static final Duration LONG = Duration.ofHours(1);

    private final List<String> made = new ArrayList<>();
    private final List<BenchFigure> figures = new ArrayList<>();
    private long now = 5;
    private int mostMade = 1_000;

    @Test
    void at_the_clean_rate_no_more_can_be_answered_than_are_made() {
        measure(100, LONG, perSecond -> Math.min(perSecond, 250));

        assertThat(figures).extracting(BenchFigure::value).containsExactly(0.0, 0.0, 0.0);
        assertThat(figures.get(0).how())
                .contains("100 of 100 calls/s answered, the best 250")
                .endsWith("; other programs used up to 30 % of the machine");
    }

    @Test
    void beyond_it_the_best_rate_could_be_answered() {
        measure(100, LONG, perSecond -> perSecond == 400 ? 150 : perSecond == 100 ? 90 : 200);

        assertThat(figures)
                .extracting(BenchFigure::name)
                .containsExactly(
                        "calls lost at up to 1 x the clean rate",
                        "calls lost at up to 2 x the clean rate",
                        "calls lost at up to 4 x the clean rate");
        assertThat(figures.get(0).value()).isEqualTo(10, within(1e-9));
        assertThat(figures.get(1).value()).isZero();
        assertThat(figures.get(2).value()).isEqualTo(25, within(1e-9));
    }

    @Test
    void the_highest_rate_comes_first_unmeasured_and_then_all_in_turns() {
        measure(100, LONG, perSecond -> perSecond);

        assertThat(made).containsExactly("(400)", "(400)", "100", "200", "400", "100", "200", "400");
    }

    /** A caller that answers itself at 310 calls a second makes no 400. */
    @Test
    void no_more_are_made_than_the_caller_can() {
        mostMade = 310;
        measure(100, LONG, perSecond -> perSecond);
        assertThat(made).containsExactly("(310)", "(310)", "100", "200", "310", "100", "200", "310");

        made.clear();
        mostMade = 90;
        measure(100, LONG, perSecond -> perSecond);
        assertThat(made).containsOnly("(100)", "100");
    }

    @Test
    void the_median_of_the_turns_is_given_and_their_extremes() {
        measure(100, LONG, perSecond -> made.size() < 6 ? perSecond - 10 : perSecond);

        assertThat(figures.get(0).value()).isEqualTo(5, within(1e-9));
        assertThat(figures.get(0).how()).startsWith("0.00 to 10.00, turns: 2; 95 of 100");
    }

    @Test
    void a_turn_that_would_end_too_late_is_left_out() {
        measure(100, Duration.ofMinutes(8).minusNanos(1), perSecond -> perSecond);
        assertThat(made).containsExactly("(400)", "(400)", "100", "200", "400");
        assertThat(figures.get(0).how()).contains("turns: 1;");

        made.clear();
        measure(100, Duration.ofMinutes(8), perSecond -> perSecond);
        assertThat(made).hasSize(8);
    }

    private void measure(int clean, Duration limit, IntUnaryOperator answered) {
        LostCalls.Bursts bursts = new LostCalls.Bursts() {
            @Override
            public void unmeasured(int perSecond) {
                made.add("(" + perSecond + ")");
                now += Duration.ofMinutes(1).toNanos();
            }

            @Override
            public AnswerBurst measured(int perSecond) {
                made.add(Integer.toString(perSecond));
                now += Duration.ofMinutes(1).toNanos();
                int calls = perSecond * AnswerBurst.SECONDS;
                int succeeded = answered.applyAsInt(perSecond) * AnswerBurst.SECONDS;
                return new AnswerBurst(
                        calls, perSecond, true, perSecond, succeeded, calls - succeeded, 0, Duration.ofSeconds(1), 30);
            }
        };
        new LostCalls(bursts, figures::add, () -> now).measure(clean, mostMade, limit, "share the processors");
    }
}

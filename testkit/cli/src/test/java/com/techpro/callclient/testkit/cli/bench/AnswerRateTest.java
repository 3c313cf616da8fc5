// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.soak.gate.ProcessProbe;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class AnswerRateTest {
    @Test
    void the_highest_clean_rate_is_found_to_one_in_twenty() {
        for (int clean : new int[] {800, 801, 1_337, 2_650, 9_999}) {
            int found = AnswerRate.highest(rate -> rate <= clean, 800, 12_800, 0.05);

            assertThat(found).isBetween((int) (clean / 1.051), clean);
        }
    }

    @Test
    void a_rate_that_nothing_can_do_is_none_and_a_limit_is_one() {
        assertThat(AnswerRate.highest(rate -> false, 800, 12_800, 0.05)).isZero();
        assertThat(AnswerRate.highest(rate -> true, 800, 12_800, 0.05)).isEqualTo(12_800);
    }

    @Test
    void a_burst_that_another_program_spoiled_is_repeated() {
        AtomicInteger bursts = new AtomicInteger();

        int found = AnswerRate.highest(rate -> bursts.incrementAndGet() % 2 == 0 && rate <= 3_000, 800, 12_800, 0.05);

        assertThat(found).isBetween(2_850, 3_000);
    }

    @Test
    void a_burst_is_clean_only_if_every_call_succeeded_in_time_and_at_once() {
        assertThat(burst(true, 1_000, 300, 0, 3).isClean()).isTrue();
        assertThat(burst(false, 1_000, 300, 0, 0).isClean()).isFalse();
        assertThat(burst(true, 850, 300, 0, 0).isClean()).isFalse();
        assertThat(burst(true, 1_000, 299, 1, 0).isClean()).isFalse();
        assertThat(burst(true, 1_000, 300, 0, 31).isClean()).isFalse();
    }

    private static AnswerBurst burst(boolean ended, double reached, int succeeded, int failed, int repeated) {
        return new AnswerBurst(3_000, 1_000, ended, reached, succeeded, failed, repeated, Duration.ofMillis(300), 0);
    }

    @Test
    void CPU_and_rate_are_those_of_the_calls_that_succeeded() {
        AnswerBurst burst = burst(true, 1_000, 1_500, 1_500, 0);

        assertThat(burst.microsPerCall()).isEqualTo(200);
        assertThat(burst.answeredPerSecond()).isEqualTo(500);
    }

    @Test
    @Tag("interop")
    @Timeout(120)
    void calls_of_the_engine_and_of_SIPp_are_counted() {
        ProcessProbe probe = new ProcessProbe();
        OtherLoad others = new OtherLoad(probe);
        try (Sipp caller = new Sipp();
                AnsweringEngine engine = new AnsweringEngine(caller, probe);
                AnsweringSipp sipp = new AnsweringSipp()) {
            for (Answerer answerer : new Answerer[] {engine, sipp}) {
                AnswerBurst burst = AnswerBurst.run(caller, answerer, 10, Processors.ANY, others);

                // An engine whose code is still interpreted may refuse some as overloaded.
                assertThat(burst.ended()).isTrue();
                assertThat(burst.succeeded() + burst.failed()).isEqualTo(10 * AnswerBurst.SECONDS);
                assertThat(burst.succeeded()).isPositive();
                assertThat(burst.cpu()).isPositive();
            }
        }
    }
}

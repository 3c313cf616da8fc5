// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.machine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.soak.gate.Gate.Verdict;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How many calls a machine is asked for, by what it was measured to be. */
class CallLoadTest {
    /** On two processors on which a run of 20 calls at once is green while nothing else is done. */
    private static final SpeechCost QUICK = new SpeechCost(10, 0.3, 0.5, 1.8);

    private static final SpeechCost SLOW = new SpeechCost(40, 5, 5, 40);

    @Test
    void a_quiet_machine_as_quick_as_the_one_of_the_bounds_carries_all_that_is_asked_for() {
        assertThat(CallLoad.of(20, QUICK, 2, 2).carried()).isEqualTo(20);
        assertThat(CallLoad.of(20, QUICK, 2, 2).share()).isEqualTo(1);
        assertThat(CallLoad.of(20, QUICK, 2, 2).gate().verdict()).isEqualTo(Verdict.HOLDS);
        assertThat(CallLoad.of(20, QUICK, 2, 2).gate().note()).isEmpty();
    }

    /** Half of it may go wrong with the measurement. */
    @Test
    void so_does_one_that_was_measured_to_be_slower_by_half() {
        assertThat(CallLoad.of(20, new SpeechCost(15, 0.5, 0.75, 2.7), 2, 2).carried())
                .isEqualTo(20);
        assertThat(CallLoad.of(20, QUICK, 1.3, 2).carried()).isEqualTo(20);
    }

    @Test
    void beside_a_build_that_keeps_both_processors_busy_fewer_are_carried() {
        assertThat(CallLoad.of(20, QUICK, 0.6, 2).carried()).isBetween(CallLoad.LEAST, 15);
    }

    /** 85 such calls at once took 1.05 of these processors, and each was heard whole. */
    @Test
    void of_cheap_speech_the_packets_decide() {
        SpeechCost telephone = new SpeechCost(0.4, 0.3, 0.5, 1.7);
        assertThat(CallLoad.of(200, telephone, 2, 2).carried()).isBetween(75, 95);
    }

    @Test
    void more_than_is_asked_for_is_never_carried() {
        assertThat(CallLoad.of(1, QUICK, 64, 64).carried()).isEqualTo(1);
        assertThat(CallLoad.of(20, QUICK, 64, 64).carried()).isEqualTo(20);
    }

    @Test
    void each_part_of_the_cost_and_other_load_reduce_the_number_of_calls() {
        int all = CallLoad.of(1_000, QUICK, 2, 2).carried();
        assertThat(all).isLessThan(1_000);
        assertThat(CallLoad.of(1_000, new SpeechCost(20, 0.3, 0.5, 1.8), 2, 2).carried())
                .isLessThan(all);
        assertThat(CallLoad.of(1_000, new SpeechCost(10, 9.3, 0.5, 1.8), 2, 2).carried())
                .isLessThan(all);
        assertThat(CallLoad.of(1_000, new SpeechCost(10, 0.3, 1, 1.8), 2, 2).carried())
                .isLessThan(all);
        assertThat(CallLoad.of(1_000, new SpeechCost(10, 0.3, 0.5, 17), 2, 2).carried())
                .isLessThan(all);
        assertThat(CallLoad.of(1_000, QUICK, 1, 2).carried()).isBetween(all / 2 - 1, all / 2 + 1);
    }

    @Test
    void fewer_calls_are_told_with_the_reason() {
        CallLoad load = CallLoad.of(20, SLOW, 2, 2);
        assertThat(load.carried()).isBetween(CallLoad.LEAST, 19);
        assertThat(load.isEnough()).isTrue();
        assertThat(load.gate().measured()).isEqualTo(load.carried() + " of 20 requested");
        assertThat(load.gate().note())
                .isEqualTo(
                        "a second of a call takes 90.0 ms here to make, encrypt, send and judge, and 2.0 of 2 processors"
                                + " are free");
        assertThat(load.report("").notCarried()).isEmpty();
    }

    /** At each side of the least number. */
    @ParameterizedTest
    @CsvSource({"20, 3, true", "20, 2, false", "20, 0, false", "2, 2, true", "2, 1, false", "1, 1, true", "1, 0, false"
    })
    void a_machine_that_carries_too_few_for_a_verdict_is_told_so(int asked, int carried, boolean enough) {
        CallLoad load = new CallLoad(asked, carried, SLOW, 0.3, 2);
        assertThat(load.isEnough()).isEqualTo(enough);
        assertThat(load.gate().verdict()).isEqualTo(enough ? Verdict.HOLDS : Verdict.NOT_JUDGED);
        assertThat(load.report("").notCarried().isEmpty()).isEqualTo(enough);
    }

    @Test
    void the_given_number_of_calls_is_made_but_no_more_than_requested() {
        assertThat(CallLoad.said(20, 7, 2).carried()).isEqualTo(7);
        assertThat(CallLoad.said(20, 30, 2).carried()).isEqualTo(20);
        assertThat(CallLoad.said(20, 1, 2).isEnough()).isTrue();
        assertThat(CallLoad.said(20, 7, 2).gate().note()).isEqualTo("the number was given, not measured");
    }

    @Test
    void overload_during_the_run_is_reported_too() {
        assertThat(CallLoad.of(20, QUICK, 2, 2).report("speech: 9 of 40").notCarried())
                .isEqualTo("speech: 9 of 40");
    }
}

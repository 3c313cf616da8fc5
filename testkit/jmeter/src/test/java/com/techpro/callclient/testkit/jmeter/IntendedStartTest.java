// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.jmeter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.apache.jmeter.threads.AbstractThreadGroup;
import org.apache.jmeter.threads.JMeterContext;
import org.apache.jmeter.threads.JMeterContextService;
import org.apache.jmeter.threads.JMeterVariables;
import org.apache.jmeter.threads.ThreadGroup;
import org.apache.jmeter.threads.openmodel.OpenModelThreadGroup;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * The intended starts of the Open Model Thread Group. No JMeter test runs, so times count from the
 * epoch.
 */
class IntendedStartTest {
    private final JMeterContext context = JMeterContextService.getContext();

    @AfterEach
    void clear() {
        context.clear();
    }

    private static OpenModelThreadGroup group(String schedule, long seed) {
        OpenModelThreadGroup group = new OpenModelThreadGroup();
        group.setName("open");
        group.setScheduleString(schedule);
        group.setRandomSeedString(Long.toString(seed));
        return group;
    }

    private OptionalLong of(AbstractThreadGroup group, int thread) {
        context.setVariables(new JMeterVariables());
        context.setThreadGroup(group);
        context.setThreadNum(thread);
        return IntendedStart.take(context);
    }

    private List<Long> all(AbstractThreadGroup group, int threads) {
        return IntStream.range(0, threads)
                .mapToObj(thread -> of(group, thread).orElseThrow())
                .toList();
    }

    @Test
    void even_arrivals_are_even_and_after_their_pause() {
        List<Long> due = all(group("pause(2 sec) rate(4/sec) even_arrivals(2 sec)", 0), 8);

        assertThat(due).isSorted().allSatisfy(millis -> assertThat(millis).isBetween(2_000L, 4_000L));
        for (int i = 1; i < due.size(); i++) {
            assertThat(due.get(i) - due.get(i - 1)).isBetween(249L, 251L);
        }
    }

    @Test
    void random_arrivals_are_the_same_for_one_seed_in_any_order() {
        List<Long> due = all(group("rate(5/sec) random_arrivals(10 sec)", 7), 50);

        assertThat(due).isSorted().doesNotHaveDuplicates();
        assertThat(of(group("rate(5/sec) random_arrivals(10 sec)", 7), 30)).hasValue(due.get(30));
        assertThat(of(group("rate(5/sec) random_arrivals(10 sec)", 7), 3)).hasValue(due.get(3));
        assertThat(all(group("rate(5/sec) random_arrivals(10 sec)", 8), 50)).isNotEqualTo(due);
    }

    @Test
    void a_thread_has_one_intended_start_and_none_for_later_samples() {
        assertThat(of(group("rate(1/sec) even_arrivals(2 sec)", 0), 0)).isPresent();
        assertThat(IntendedStart.take(context)).isEmpty();
    }

    @Test
    void a_thread_of_another_group_has_none() {
        assertThat(of(new ThreadGroup(), 0)).isEmpty();
    }

    @Test
    void without_a_seed_nobody_knows_when_an_arrival_at_random_was_due() {
        assertThatThrownBy(() -> of(group("rate(5/sec) random_arrivals(10 sec)", 0), 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("open: Random Seed is 0");
    }
}

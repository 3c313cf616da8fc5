// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.ports.time.Scheduler;
import com.techpro.callclient.ports.time.Timer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The contract of {@link Scheduler}. */
public abstract class SchedulerContract extends TimeSubject {
    private static final Duration MOMENT = Duration.ofMillis(20);

    @Test
    void SCH_1_tasks_never_overlap_and_see_each_others_effects() throws Exception {
        Loop loop = openLoop("contract");
        // Deliberately without synchronisation.
        int[] counter = new int[1];
        AtomicInteger inside = new AtomicInteger();
        AtomicInteger overlaps = new AtomicInteger();
        AtomicInteger finished = new AtomicInteger();
        List<Thread> posters = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            posters.add(start(() -> {
                for (int task = 0; task < 1_000; task++) {
                    loop.execute(() -> {
                        if (inside.incrementAndGet() > 1) {
                            overlaps.incrementAndGet();
                        }
                        counter[0]++;
                        inside.decrementAndGet();
                        finished.incrementAndGet();
                    });
                }
            }));
        }
        for (Thread poster : posters) {
            poster.join();
        }

        await(() -> finished.get() == 4_000);

        assertThat(overlaps).hasValue(0);
        assertThat(counter[0]).isEqualTo(4_000);
    }

    @Test
    void SCH_2_tasks_run_in_the_order_of_the_calls_and_never_inside_one() {
        Loop loop = openLoop("contract");
        List<String> order = new CopyOnWriteArrayList<>();
        loop.execute(() -> {
            order.add("outer begins");
            loop.execute(() -> order.add("first"));
            loop.execute(() -> order.add("second"));
            order.add("outer ends");
        });

        await(() -> order.size() == 4);

        assertThat(order).containsExactly("outer begins", "outer ends", "first", "second");
    }

    @Test
    void SCH_3_a_task_never_runs_before_its_delay_has_passed() {
        Loop loop = openLoop("contract");
        List<Long> early = new CopyOnWriteArrayList<>();
        AtomicInteger ran = new AtomicInteger();
        for (int i = 0; i < 50; i++) {
            Duration delay = Duration.ofNanos(i * 777_777L);
            long due = loop.nanoTime() + delay.toNanos();
            loop.schedule(delay, () -> {
                long late = loop.nanoTime() - due;
                if (late < 0) {
                    early.add(late);
                }
                ran.incrementAndGet();
            });
        }

        await(() -> ran.get() == 50);

        assertThat(early).isEmpty();
    }

    @Test
    void SCH_4_timers_run_in_the_order_they_are_due() {
        Loop loop = openLoop("contract");
        List<Integer> order = new CopyOnWriteArrayList<>();
        int[] delays = {30, 10, 50, 20, 40, 5, 15};
        loop.execute(() -> {
            for (int delay : delays) {
                loop.schedule(Duration.ofMillis(delay), () -> order.add(delay));
            }
        });

        await(() -> order.size() == delays.length);

        assertThat(order).containsExactly(5, 10, 15, 20, 30, 40, 50);
    }

    @Test
    void SCH_4_equal_due_times_run_in_the_order_of_scheduling() {
        // Two due times are certainly equal only on a clock that stands still.
        Loop loop = openLoop("contract");
        List<Integer> order = new CopyOnWriteArrayList<>();
        loop.execute(() -> {
            for (int i = 0; i < 100; i++) {
                int number = i;
                loop.schedule(MOMENT, () -> order.add(number));
            }
        });

        await(() -> order.size() == 100);

        assertThat(order).isSorted();
    }

    @Test
    void SCH_5_no_delay_or_a_negative_one_means_soon_but_not_inside_the_call() {
        Loop loop = openLoop("contract");
        List<String> order = new CopyOnWriteArrayList<>();
        loop.execute(() -> {
            loop.schedule(Duration.ZERO, () -> order.add("zero"));
            loop.schedule(Duration.ofSeconds(-5), () -> order.add("negative"));
            order.add("call");
        });

        await(() -> order.size() == 3);

        assertThat(order.get(0)).isEqualTo("call");
    }

    @Test
    void SCH_6_a_cancelled_task_does_not_run() {
        Loop loop = openLoop("contract");
        AtomicBoolean ran = new AtomicBoolean();
        AtomicBoolean later = new AtomicBoolean();
        Timer timer = loop.schedule(MOMENT, () -> ran.set(true));
        loop.schedule(MOMENT.multipliedBy(2), () -> later.set(true));

        boolean first = timer.cancel();
        boolean second = timer.cancel();
        await(later::get);

        assertThat(first).isTrue();
        assertThat(second).isFalse();
        assertThat(ran).isFalse();
    }

    @Test
    void SCH_6_cancelling_after_the_task_ran_answers_false() {
        Loop loop = openLoop("contract");
        AtomicBoolean ran = new AtomicBoolean();
        Timer timer = loop.schedule(Duration.ZERO, () -> ran.set(true));
        await(ran::get);

        assertThat(timer.cancel()).isFalse();
    }

    @Test
    void SCH_6_of_many_timers_exactly_those_not_cancelled_run() {
        Loop loop = openLoop("contract");
        AtomicInteger ran = new AtomicInteger();
        AtomicInteger cancelled = new AtomicInteger();
        AtomicBoolean last = new AtomicBoolean();
        loop.execute(() -> {
            for (int i = 0; i < 1_000; i++) {
                Timer timer = loop.schedule(Duration.ofNanos((i * 7919L) % 1_000 * 10_000), ran::incrementAndGet);
                if (i % 3 == 0 && timer.cancel()) {
                    cancelled.incrementAndGet();
                }
            }
            loop.schedule(Duration.ofMillis(50), () -> last.set(true));
        });

        await(() -> last.get() && loop.pendingTimers() == 0);

        assertThat(cancelled).hasValue(334);
        assertThat(ran).hasValue(666);
    }

    @Test
    void SCH_7_a_task_that_throws_is_reported_and_the_next_one_runs() {
        Loop loop = openLoop("contract");
        var failure = new IllegalStateException("on purpose");
        AtomicInteger ran = new AtomicInteger();
        loop.execute(() -> {
            throw failure;
        });
        loop.schedule(Duration.ZERO, () -> {
            throw failure;
        });
        loop.execute(ran::incrementAndGet);
        loop.schedule(MOMENT, ran::incrementAndGet);

        await(() -> ran.get() == 2);

        assertThat(failures).containsExactly(failure, failure);
    }

    @Test
    void SCH_8_is_current_exactly_inside_its_own_tasks() {
        Loop loop = openLoop("contract");
        Loop other = openLoop("other");
        List<Boolean> answers = new CopyOnWriteArrayList<>();
        loop.execute(() -> answers.add(loop.isCurrent()));
        loop.schedule(Duration.ZERO, () -> answers.add(loop.isCurrent()));
        await(() -> answers.size() == 2);
        other.execute(() -> answers.add(!loop.isCurrent() && other.isCurrent()));
        await(() -> answers.size() == 3);
        schedulers().workers().execute(() -> answers.add(!loop.isCurrent()));
        await(() -> answers.size() == 4);

        assertThat(answers).containsOnly(true);
        assertThat(loop.isCurrent()).isFalse();
    }

    @Test
    void SCH_9_time_never_goes_back() {
        Loop loop = openLoop("contract");
        List<Long> readings = new CopyOnWriteArrayList<>();
        for (int i = 0; i < 100; i++) {
            loop.schedule(Duration.ofNanos(i * 100_000L), () -> readings.add(loop.nanoTime()));
        }
        await(() -> readings.size() == 100);

        for (int i = 1; i < readings.size(); i++) {
            assertThat(readings.get(i) - readings.get(i - 1)).isNotNegative();
        }
    }

    @Test
    void SCH_10_any_thread_may_schedule_and_cancel() throws Exception {
        Loop loop = openLoop("contract");
        AtomicBoolean ran = new AtomicBoolean();
        AtomicBoolean cancelled = new AtomicBoolean();
        AtomicBoolean finished = new AtomicBoolean();
        start(() -> {
                    Timer timer = loop.schedule(MOMENT, () -> ran.set(true));
                    cancelled.set(timer.cancel());
                    loop.schedule(MOMENT.multipliedBy(2), () -> finished.set(true));
                })
                .join();

        await(finished::get);

        assertThat(cancelled).isTrue();
        assertThat(ran).isFalse();
    }

    @Test
    void SCH_10_cancelling_races_with_running_and_one_of_them_wins() throws Exception {
        Loop loop = openLoop("contract");
        int timers = 500;
        AtomicInteger ran = new AtomicInteger();
        AtomicInteger cancelled = new AtomicInteger();
        Thread racer = start(() -> {
            for (int i = 0; i < timers; i++) {
                Timer timer = loop.schedule(Duration.ofNanos(i * 1_000L), ran::incrementAndGet);
                if (i % 2 == 0 && timer.cancel()) {
                    cancelled.incrementAndGet();
                }
            }
        });
        racer.join();

        await(() -> loop.pendingTimers() == 0);
        await(() -> ran.get() + cancelled.get() == timers);
    }

    private static Thread start(Runnable body) {
        var thread = new Thread(body, "contract-kit");
        thread.start();
        return thread;
    }
}

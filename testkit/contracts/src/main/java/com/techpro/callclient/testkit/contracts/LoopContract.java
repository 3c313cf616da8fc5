// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.ports.time.Timer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** The contract of {@link Loop} in addition to {@link SchedulerContract}. */
public abstract class LoopContract extends TimeSubject {
    private static final Duration LONG = Duration.ofMinutes(10);

    @Test
    void LOOP_1_closing_drops_waiting_tasks_and_lets_the_running_one_finish() {
        Loop loop = openLoop("contract");
        Loop witness = openLoop("witness");
        List<String> ran = new CopyOnWriteArrayList<>();
        loop.execute(() -> {
            loop.execute(() -> ran.add("dropped"));
            loop.schedule(Duration.ZERO, () -> ran.add("dropped timer"));
            loop.close();
            ran.add("finished");
        });
        AtomicBoolean later = new AtomicBoolean();
        witness.schedule(Duration.ofMillis(50), () -> later.set(true));

        await(later::get);

        assertThat(ran).containsExactly("finished");
    }

    @Test
    void LOOP_1_a_closed_loop_ignores_tasks_and_counts_timers_as_cancelled() {
        Loop loop = openLoop("contract");
        Loop witness = openLoop("witness");
        Timer before = loop.schedule(LONG, () -> {});
        loop.close();
        AtomicBoolean ran = new AtomicBoolean();
        loop.execute(() -> ran.set(true));
        Timer after = loop.schedule(Duration.ZERO, () -> ran.set(true));
        AtomicBoolean later = new AtomicBoolean();
        witness.schedule(Duration.ofMillis(20), () -> later.set(true));
        await(later::get);

        assertThat(ran).isFalse();
        assertThat(before.cancel()).isFalse();
        assertThat(after.cancel()).isFalse();
        assertThat(loop.pendingTimers()).isZero();
    }

    @Test
    void LOOP_2_closing_twice_does_nothing() {
        Loop loop = openLoop("contract");
        loop.close();
        loop.close();

        assertThat(failures).isEmpty();
    }

    @Test
    void LOOP_3_pending_timers_are_those_neither_run_nor_cancelled() {
        Loop loop = openLoop("contract");
        assertThat(loop.pendingTimers()).isZero();
        Timer first = loop.schedule(LONG, () -> {});
        loop.schedule(LONG, () -> {});
        AtomicBoolean ran = new AtomicBoolean();
        loop.schedule(Duration.ZERO, () -> ran.set(true));
        await(() -> ran.get() && loop.pendingTimers() == 2);

        first.cancel();
        assertThat(loop.pendingTimers()).isEqualTo(1);
        first.cancel();
        assertThat(loop.pendingTimers()).isEqualTo(1);
    }
}

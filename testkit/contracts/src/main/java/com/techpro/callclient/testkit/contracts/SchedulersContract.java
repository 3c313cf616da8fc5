// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.ports.time.Loop;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link com.techpro.callclient.ports.time.Schedulers}, on one thread or on many.
 */
public abstract class SchedulersContract extends TimeSubject {
    private static final int MANY = 500;

    /** Returns the largest number of tasks that the workers run at the same time. */
    protected abstract int mostWorkers();

    @Test
    void SCHS_3_workers_are_bounded_and_lose_no_task() {
        AtomicInteger running = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger finished = new AtomicInteger();
        for (int i = 0; i < MANY; i++) {
            schedulers().workers().execute(() -> {
                most.accumulateAndGet(running.incrementAndGet(), Math::max);
                running.decrementAndGet();
                finished.incrementAndGet();
            });
        }

        await(() -> finished.get() == MANY);

        assertThat(most.get()).isLessThanOrEqualTo(mostWorkers());
    }

    @Test
    void SCHS_4_all_loops_share_one_clock() {
        Loop one = openLoop("one");
        Loop other = openLoop("other");
        for (int i = 0; i < 100; i++) {
            long first = one.nanoTime();
            long second = other.nanoTime();
            long third = one.nanoTime();
            assertThat(second - first).isNotNegative();
            assertThat(third - second).isNotNegative();
        }
    }

    @Test
    void closing_closes_every_loop() {
        Loop loop = openLoop("contract");
        loop.schedule(Duration.ofMinutes(10), () -> {});

        schedulers().close();

        assertThat(loop.pendingTimers()).isZero();
        assertThatThrownBy(() -> openLoop("late")).isInstanceOf(IllegalStateException.class);
    }
}

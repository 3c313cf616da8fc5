// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.techpro.callclient.ports.time.Loop;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What {@link com.techpro.callclient.ports.time.Schedulers} promises. */
public abstract class SchedulersContract extends TimeSubject {
    private static final int MANY = 500;

    /** How many tasks the workers run at the same time, at most. */
    protected abstract int mostWorkers();

    @Test
    void SCHS_1_a_busy_loop_does_not_delay_another() {
        assumeFalse(isVirtual(), "one thread runs everything");
        Loop busy = openLoop("busy");
        Loop free = openLoop("free");
        var release = new CountDownLatch(1);
        AtomicBoolean released = new AtomicBoolean();
        busy.execute(() -> released.set(waitFor(release)));
        free.execute(release::countDown);

        await(released::get);
    }

    @Test
    void SCHS_2_workers_run_at_the_same_time_and_may_block() {
        assumeFalse(isVirtual(), "one thread runs everything");
        var both = new CountDownLatch(2);
        AtomicInteger met = new AtomicInteger();
        for (int i = 0; i < 2; i++) {
            schedulers().workers().execute(() -> {
                both.countDown();
                if (waitFor(both)) {
                    met.incrementAndGet();
                }
            });
        }

        await(() -> met.get() == 2);
    }

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

    private static boolean waitFor(CountDownLatch latch) {
        try {
            return latch.await(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }
}

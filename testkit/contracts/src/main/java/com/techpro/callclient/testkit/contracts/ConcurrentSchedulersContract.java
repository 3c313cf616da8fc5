// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.time.Loop;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * The additional contract of {@link com.techpro.callclient.ports.time.Schedulers} with more than
 * one thread, which virtual time does not have.
 */
public abstract class ConcurrentSchedulersContract extends SchedulersContract {
    @Test
    void SCHS_1_a_busy_loop_does_not_delay_another() {
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
    void SCHS_5_tasks_that_wait_for_servers_keep_no_worker_from_its_task() {
        var release = new CountDownLatch(1);
        AtomicInteger released = new AtomicInteger();
        for (int i = 0; i < mostWorkers(); i++) {
            schedulers().networkWorkers().execute(() -> {
                if (waitFor(release)) {
                    released.incrementAndGet();
                }
            });
        }
        schedulers().workers().execute(release::countDown);

        await(() -> released.get() == mostWorkers());
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

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.jdk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.ports.time.Schedulers;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.ConcurrentSchedulersContract;
import com.techpro.callclient.testkit.contracts.LeakCheck;
import com.techpro.callclient.testkit.contracts.LoopContract;
import com.techpro.callclient.testkit.contracts.SchedulerContract;
import com.techpro.callclient.testkit.contracts.TimeUnderTest;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("real")
class JdkSchedulersTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final int WORKERS = 4;

    @RegisterExtension
    final LeakCheck leaks = new LeakCheck();

    private static final class Real implements TimeUnderTest {
        @Override
        public Schedulers newSchedulers() {
            return new JdkSchedulers(WORKERS);
        }

        @Override
        public void await(BooleanSupplier condition) {
            Await.until(condition, LIMIT);
        }
    }

    @Nested
    class AsScheduler extends SchedulerContract {
        @Override
        protected TimeUnderTest subject() {
            return new Real();
        }
    }

    @Nested
    class AsLoop extends LoopContract {
        @Override
        protected TimeUnderTest subject() {
            return new Real();
        }
    }

    @Nested
    class AsSchedulers extends ConcurrentSchedulersContract {
        @Override
        protected TimeUnderTest subject() {
            return new Real();
        }

        @Override
        protected int mostWorkers() {
            return WORKERS;
        }
    }

    @Test
    void timers_are_as_precise_as_the_machine_lets_a_thread_be() throws Exception {
        // A loop with a tick of its own would fail every time; one that other programs held up does not.
        for (int attempt = 0; attempt < 5; attempt++) {
            if (isAsPreciseAsABareThread()) {
                return;
            }
        }
        fail("half of the ticks were later than a bare thread's by more than a millisecond, five times over");
    }

    private static boolean isAsPreciseAsABareThread() throws Exception {
        int ticks = 100;
        try (var schedulers = new JdkSchedulers()) {
            Loop loop = schedulers.openLoop("pace", (thread, failure) -> {});
            long[] late = new long[ticks];
            var done = new CountDownLatch(ticks);
            // Beside it, on the same busy machine at the same time, a thread that does nothing but park.
            long[] lateThread = new long[ticks];
            long start = loop.nanoTime();
            var bare = new Thread(() -> {
                for (int i = 0; i < ticks; i++) {
                    long due = start + dueAfter(i).toNanos();
                    for (long left = due - System.nanoTime(); left > 0; left = due - System.nanoTime()) {
                        LockSupport.parkNanos(left);
                    }
                    lateThread[i] = System.nanoTime() - due;
                }
            });
            bare.start();
            for (int i = 0; i < ticks; i++) {
                int tick = i;
                long due = start + dueAfter(i).toNanos();
                loop.schedule(Duration.ofNanos(due - loop.nanoTime()), () -> {
                    late[tick] = loop.nanoTime() - due;
                    done.countDown();
                });
            }
            assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
            bare.join();
            Arrays.sort(late);
            Arrays.sort(lateThread);
            return late[ticks / 2]
                    < 2 * lateThread[ticks / 2] + Duration.ofMillis(1).toNanos();
        }
    }

    private static Duration dueAfter(int tick) {
        return Duration.ofMillis(2L * (tick + 25));
    }

    @Test
    void an_idle_loop_does_not_wake_up() throws Exception {
        try (var schedulers = new JdkSchedulers()) {
            Loop loop = schedulers.openLoop("idle", (thread, failure) -> {});
            loop.schedule(Duration.ofHours(1), () -> {});
            Thread thread = threadNamed("callclient-idle");
            Await.until(() -> isParked(thread), LIMIT);

            // A loop that ticks would be seen running in one of many looks.
            long end = System.nanoTime() + Duration.ofMillis(200).toNanos();
            while (System.nanoTime() < end) {
                assertThat(isParked(thread)).isTrue();
                LockSupport.parkNanos(100_000);
            }
        }
    }

    @Test
    void a_task_that_leaves_the_thread_interrupted_does_not_make_the_loop_spin() {
        try (var schedulers = new JdkSchedulers()) {
            Loop loop = schedulers.openLoop("interrupted", (thread, failure) -> {});
            loop.execute(() -> Thread.currentThread().interrupt());
            AtomicInteger ran = new AtomicInteger();
            loop.schedule(Duration.ofMillis(5), ran::incrementAndGet);
            Await.until(() -> ran.get() == 1, LIMIT);

            Thread thread = threadNamed("callclient-interrupted");
            Await.until(() -> isParked(thread), LIMIT);
        }
    }

    @Test
    void cancelled_timers_do_not_pile_up() {
        try (var schedulers = new JdkSchedulers()) {
            Loop loop = schedulers.openLoop("cancel", (thread, failure) -> {});
            AtomicInteger cancelled = new AtomicInteger();
            loop.execute(() -> {
                for (int i = 0; i < 100_000; i++) {
                    if (loop.schedule(Duration.ofSeconds(32), () -> {}).cancel()) {
                        cancelled.incrementAndGet();
                    }
                }
            });
            Await.until(() -> cancelled.get() == 100_000, LIMIT);
            assertThat(loop.pendingTimers()).isZero();
        }
    }

    private static boolean isParked(Thread thread) {
        return thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING;
    }

    private static Thread threadNamed(String name) {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals(name))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void a_loop_that_is_never_out_of_tasks_keeps_up_with_its_timers() {
        int timers = 1_600;
        AtomicInteger due = new AtomicInteger();
        AtomicInteger tasks = new AtomicInteger();
        AtomicInteger tasksBefore = new AtomicInteger();
        try (Schedulers schedulers = new JdkSchedulers(WORKERS)) {
            Loop loop = schedulers.openLoop("busy", (thread, failure) -> fail(failure));
            Runnable busy = new Runnable() {
                @Override
                public void run() {
                    tasks.incrementAndGet();
                    if (due.get() < timers) {
                        loop.execute(this);
                    }
                }
            };
            loop.execute(() -> {
                for (int i = 0; i < timers; i++) {
                    loop.schedule(Duration.ZERO, () -> {
                        if (due.incrementAndGet() == timers) {
                            tasksBefore.set(tasks.get());
                        }
                    });
                }
                for (int i = 0; i < 32; i++) {
                    loop.execute(busy);
                }
            });
            Await.until(() -> due.get() == timers, LIMIT);
        }
        assertThat(tasksBefore.get()).as("tasks for all these timers").isLessThan(4 * timers);
    }
}

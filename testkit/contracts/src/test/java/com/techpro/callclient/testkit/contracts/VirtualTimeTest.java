// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.ports.time.Schedulers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class VirtualTimeTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private static final class Virtual implements TimeUnderTest {
        private final VirtualTime time = VirtualTime.seeded(1);

        @Override
        public Schedulers newSchedulers() {
            return time;
        }

        @Override
        public void await(BooleanSupplier condition) {
            time.runUntil(condition, LIMIT);
        }

        @Override
        public boolean isVirtual() {
            return true;
        }
    }

    @Nested
    class AsScheduler extends SchedulerContract {
        @Override
        protected TimeUnderTest subject() {
            return new Virtual();
        }
    }

    @Nested
    class AsLoop extends LoopContract {
        @Override
        protected TimeUnderTest subject() {
            return new Virtual();
        }
    }

    @Nested
    class AsSchedulers extends SchedulersContract {
        @Override
        protected TimeUnderTest subject() {
            return new Virtual();
        }

        @Override
        protected int mostWorkers() {
            return 1;
        }
    }

    private final VirtualTime time = VirtualTime.seeded(7);

    @Test
    void an_hour_passes_at_once_and_only_when_told_to() {
        Loop loop = time.openLoop("test");
        List<Duration> ran = new ArrayList<>();
        loop.schedule(Duration.ofMinutes(30), () -> ran.add(time.elapsed()));
        loop.schedule(Duration.ofMinutes(90), () -> ran.add(time.elapsed()));

        time.advance(Duration.ofHours(1));

        assertThat(ran).containsExactly(Duration.ofMinutes(30));
        assertThat(time.elapsed()).isEqualTo(Duration.ofHours(1));
        assertThat(loop.now()).isEqualTo(VirtualTime.START.plus(Duration.ofHours(1)));
        assertThat(time.pendingTimers()).isEqualTo(1);
    }

    @Test
    void a_condition_that_never_holds_fails_the_test() {
        time.openLoop("test").schedule(Duration.ofHours(1), () -> {});

        assertThatThrownBy(() -> time.runUntil(() -> false, Duration.ofSeconds(5)))
                .isInstanceOf(AssertionError.class);
        assertThat(time.elapsed()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void time_stops_at_the_event_that_made_the_condition_hold() {
        Loop loop = time.openLoop("test");
        boolean[] done = new boolean[1];
        loop.schedule(Duration.ofSeconds(2), () -> done[0] = true);

        time.runUntil(() -> done[0], LIMIT);

        assertThat(time.elapsed()).isEqualTo(Duration.ofSeconds(2));
    }

    @Test
    void tasks_pending_at_the_limit_fail_the_test() {
        time.openLoop("test").schedule(Duration.ofHours(1), () -> {});

        assertThatThrownBy(() -> time.runUntilIdle(Duration.ofMinutes(1))).isInstanceOf(AssertionError.class);
        time.runUntilIdle(Duration.ofHours(2));
    }

    @Test
    void tasks_that_never_let_time_pass_fail_the_test() {
        Loop loop = time.openLoop("test");
        Runnable[] again = new Runnable[1];
        again[0] = () -> loop.execute(again[0]);
        loop.execute(again[0]);

        assertThatThrownBy(() -> time.advance(Duration.ofSeconds(1))).isInstanceOf(AssertionError.class);
    }

    @Test
    void an_assertion_in_a_task_reaches_the_test_even_if_the_engine_has_a_handler() {
        List<Throwable> reported = new ArrayList<>();
        Loop loop = time.openLoop("test", (thread, failure) -> reported.add(failure));
        loop.execute(() -> {
            throw new AssertionError("on purpose");
        });

        assertThatThrownBy(time::settle).isInstanceOf(AssertionError.class).hasMessage("on purpose");
        assertThat(reported).hasSize(1);
    }

    @Test
    void the_wall_clock_may_jump_and_timers_do_not_care() {
        Loop loop = time.openLoop("test");
        boolean[] ran = new boolean[1];
        loop.schedule(Duration.ofSeconds(10), () -> ran[0] = true);

        time.jumpWallClock(Duration.ofDays(-1));
        time.advance(Duration.ofSeconds(9));
        assertThat(ran[0]).isFalse();
        time.advance(Duration.ofSeconds(1));

        assertThat(ran[0]).isTrue();
        assertThat(loop.now()).isBefore(VirtualTime.START);
    }

    @Test
    void random_numbers_depend_on_the_seed_and_the_name() {
        assertThat(VirtualTime.seeded(7).random("a").nextLong())
                .isEqualTo(time.random("a").nextLong())
                .isNotEqualTo(time.random("b").nextLong())
                .isNotEqualTo(VirtualTime.seeded(8).random("a").nextLong());
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.lock;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The very moments at which the app locks. */
class DeadlineTest {
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final VirtualTime time = VirtualTime.seeded(1);
    private final Deadline deadline = new Deadline(new EngineLoop(time.openLoop("lock")), MINUTE);

    @AfterEach
    void close() {
        time.close();
    }

    @Test
    void it_is_over_when_its_length_has_passed_and_not_a_nanosecond_before() {
        time.advance(MINUTE.minusNanos(1));
        assertThat(deadline.isOver()).isFalse();
        time.advance(Duration.ofNanos(1));
        assertThat(deadline.isOver()).isTrue();
    }

    @Test
    void it_is_over_when_the_wall_clock_says_so_alone() {
        time.jumpWallClock(MINUTE.minusNanos(1));
        assertThat(deadline.isOver()).isFalse();
        time.jumpWallClock(Duration.ofNanos(1));
        assertThat(deadline.isOver()).isTrue();
    }

    @Test
    void it_is_over_when_the_wall_clock_goes_back_by_more_than_a_second() {
        time.jumpWallClock(Duration.ofSeconds(-1));
        assertThat(deadline.isOver()).isFalse();
        time.jumpWallClock(Duration.ofNanos(-1));
        assertThat(deadline.isOver()).isTrue();
    }

    /** A device that slept, whose monotonic clock stood still, and whose wall clock was set back meanwhile. */
    @Test
    void a_deadline_expires_by_the_monotonic_clock_regardless_of_the_wall_clock() {
        time.advance(MINUTE);
        time.jumpWallClock(MINUTE.negated());
        assertThat(deadline.isOver()).isTrue();
    }
}

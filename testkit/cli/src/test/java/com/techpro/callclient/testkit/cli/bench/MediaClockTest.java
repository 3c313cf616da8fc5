// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class MediaClockTest {
    private static final Duration SLOT = Duration.ofMillis(4);

    private final VirtualTime time = VirtualTime.seeded(1);
    private final MediaClock clock = new MediaClock(time);

    private Loop open(String name) {
        time.openBusy(name);
        Loop loop = clock.openAudioLoop(name, (thread, failure) -> {});
        time.busyLoop(name).eachTaskTakes(Duration.ofMillis(10));
        return loop;
    }

    private void run(Loop loop, int timersAtOnce) {
        for (int i = 0; i < timersAtOnce; i++) {
            var unused = loop.schedule(SLOT, () -> {});
        }
        time.advance(Duration.ofSeconds(1));
    }

    @Test
    void timers_that_wait_for_each_other_are_late() {
        run(open("media-0"), 3);

        BenchFigure figure = clock.figure("of three");
        assertThat(figure.value()).isEqualTo(20);
        assertThat(figure.how()).isEqualTo("median 10.00, most 20.00; 3 slots of three");
    }

    @Test
    void the_latest_of_a_hundred_is_left_out() {
        Loop loop = open("media-0");
        for (int i = 0; i < 98; i++) {
            run(loop, 1);
        }
        run(loop, 2);
        assertThat(clock.figure("").value()).isZero();

        run(loop, 2);
        assertThat(clock.figure("").value()).isEqualTo(10);
    }

    @Test
    void other_loops_and_earlier_slots_do_not_count() {
        run(open("media-0"), 2);
        clock.begin();
        run(open("signalling"), 2);

        assertThatThrownBy(() -> clock.figure("")).isInstanceOf(IllegalStateException.class);
    }
}

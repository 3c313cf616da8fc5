// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.playout;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.contracts.Seeds;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class DelayEstimatorTest {
    private final DelayEstimator window = new DelayEstimator();

    @Test
    void it_knows_the_fastest_and_how_long_to_wait_for_all_but_one_in_a_hundred() {
        Random random = Seeds.random(5);
        Deque<Integer> latest = new ArrayDeque<>();
        for (int packet = 0; packet < 3_000; packet++) {
            int transit = 1_000_000 + random.nextInt(160) + (random.nextInt(50) == 0 ? 2_000 : 0) + packet / 10;
            window.add(transit, packet * 160);
            latest.add(transit);
            if (latest.size() > DelayEstimator.SIZE) {
                latest.remove();
            }
            window.renew();

            List<Integer> sorted = latest.stream().sorted().toList();
            assertThat(window.fastest()).isEqualTo(sorted.get(0));
            assertThat(window.toWaitFor(Integer.MAX_VALUE / 2))
                    .isEqualTo(sorted.get(sorted.size() - 1 - sorted.size() / 100));
            assertThat(window.toWaitFor(40)).isLessThanOrEqualTo(sorted.get(0) + 40);
        }
    }

    @Test
    void after_a_pause_the_delay_spread_is_kept_at_any_timestamp_and_later_forgotten() {
        for (int i = 0; i < 50; i++) {
            window.add(i % 10 == 0 ? 400 : 0, i * 160);
        }
        window.resume();
        window.add(7_000_000, 0);
        assertThat(window.toWaitFor(1_000)).isEqualTo(7_000_400);
        assertThat(window.toWaitFor(300)).isEqualTo(7_000_300);
        assertThat(window.settled()).isFalse();
        window.resume();
        window.add(8_000_000, 0);
        assertThat(window.toWaitFor(1_000)).isEqualTo(8_000_400);

        for (int i = 1; i < DelayEstimator.SIZE; i++) {
            assertThat(window.toWaitFor(1_000)).isEqualTo(8_000_400);
            window.add(8_000_000, 0);
        }
        assertThat(window.toWaitFor(1_000)).isEqualTo(8_000_000);
        window.resume();
        window.clear(8);
        window.add(5, 0);
        assertThat(window.toWaitFor(1_000)).isEqualTo(5);
    }

    @Test
    void it_begins_anew() {
        window.add(7, 0);
        window.clear(8);

        assertThat(window.isEmpty()).isTrue();
        window.add(-900_000, 0);
        assertThat(window.fastest()).isEqualTo(-900_000);
    }
}

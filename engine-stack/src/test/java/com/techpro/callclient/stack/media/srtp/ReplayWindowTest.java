// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.contracts.Seeds;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 3711 §3.3.2, against a set of all that was ever accepted. */
class ReplayWindowTest {
    private static final long SIZE = 128;

    private final ReplayWindow window = new ReplayWindow();
    private final Set<Long> accepted = new HashSet<>();
    private long highest = -1;

    private void assertAllows(long index) {
        boolean expected = index > highest || (highest - index < SIZE && !accepted.contains(index));
        assertThat(window.allows(index)).as("%d after %d", index, highest).isEqualTo(expected);
    }

    private void accept(long index) {
        window.accept(index);
        accepted.add(index);
        highest = Math.max(highest, index);
        assertThat(window.highest()).isEqualTo(highest);
    }

    private void assertAllowsAsItShould() {
        for (long index = Math.max(0, highest - 2 * SIZE); index <= highest + 2; index++) {
            assertAllows(index);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 62, 63, 64, 65, 126, 127, 128, 129, 1000})
    void a_step_forward_keeps_the_indexes_still_within_the_window(long step) {
        for (long index = 1000; index < 1000 + SIZE; index += 3) {
            accept(index);
        }
        accept(highest + step);
        assertAllowsAsItShould();
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 62, 63, 64, 65, 126, 127})
    void an_overtaken_packet_is_accepted_once(long age) {
        accept(5000);
        assertAllows(5000 - age);
        accept(5000 - age);
        assertAllowsAsItShould();
    }

    @Test
    void the_first_may_have_any_index() {
        assertAllows(0);
        accept(0);
        assertAllowsAsItShould();
        accept(1L << 47);
        assertAllowsAsItShould();
    }

    @Test
    void random_indexes_match_a_set_of_all_accepted_ones() {
        Random random = Seeds.random(3711);
        for (int i = 0; i < 2000; i++) {
            long index = Math.max(0, highest + 40 - random.nextInt(200));
            assertAllows(index);
            if (window.allows(index)) {
                accept(index);
            }
        }
        assertAllowsAsItShould();
    }
}

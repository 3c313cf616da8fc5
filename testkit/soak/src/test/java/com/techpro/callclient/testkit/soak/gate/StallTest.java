// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.gate;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.soak.gate.Stall.Seen;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Whose doing a stall is. On two processors, something has been held up for 40 ms each time. */
class StallTest {
    @Test
    void of_a_wait_while_others_had_both_processors_the_others_are_to_blame() {
        assertThat(Stall.of(seen(0, 4, 0, 80, 0)).byOthers()).isEqualTo(millis(38));
        assertThat(Stall.of(seen(0, 4, 0, 80, 0)).own()).isEqualTo(millis(2));
    }

    @Test
    void a_stall_under_our_own_load_is_ours_even_if_others_ran_shortly_before() {
        Stall stall = Stall.of(seen(0, 80, 0, 50, 0));
        assertThat(stall.byOthers()).isZero();
        assertThat(stall.own()).isEqualTo(millis(40));
    }

    @Test
    void a_collection_is_our_own_doing_also_if_others_ran_beside_it() {
        assertThat(Stall.of(seen(0, 40, 40, 40, 0)).byOthers()).isZero();
    }

    @Test
    void of_a_wait_while_nobody_else_ran_nobody_else_is_to_blame() {
        assertThat(Stall.of(seen(0, 4, 0, 0, 0)).byOthers()).isZero();
        assertThat(Stall.of(seen(0, 4, 0, 10, 0)).byOthers()).isEqualTo(millis(10));
    }

    @Test
    void time_stolen_by_the_hypervisor_is_attributed_to_others() {
        assertThat(Stall.of(seen(30, 80, 0, 0, 0)).byOthers()).isEqualTo(millis(30));
        assertThat(Stall.of(seen(0, 0, 0, 0, 40)).byOthers()).isEqualTo(millis(40));
    }

    private static Seen seen(int stolen, int own, int collecting, int others, int absent) {
        return new Seen(millis(40), millis(stolen), millis(own), millis(collecting), millis(others), millis(absent), 2);
    }

    private static Duration millis(int count) {
        return Duration.ofMillis(count);
    }
}

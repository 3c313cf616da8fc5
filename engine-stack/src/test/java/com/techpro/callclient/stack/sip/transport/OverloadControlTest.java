// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** When the engine counts as overloaded, in milliseconds. */
class OverloadControlTest {
    private final OverloadControl control = new OverloadControl();

    private boolean refuses(long delay, long at) {
        return control.refuses(delay * 1_000_000, at * 1_000_000, false);
    }

    @Test
    void one_long_wait_is_no_overload_however_long() {
        assertThat(refuses(30_000, 0)).isFalse();
        assertThat(refuses(29_000, 199)).isFalse();
        assertThat(refuses(199, 220)).as("it caught up").isFalse();
        assertThat(refuses(300, 250)).as("and begins anew").isFalse();
        assertThat(control.isOverloaded()).isFalse();
    }

    @Test
    void being_behind_for_an_interval_is_until_waits_are_half_the_target() {
        assertThat(refuses(200, 0)).isFalse();
        assertThat(refuses(250, 50)).isFalse();
        assertThat(refuses(300, 200)).isTrue();
        assertThat(refuses(199, 201)).as("who did not wait too long is served").isFalse();
        assertThat(refuses(201, 202)).isTrue();
        assertThat(refuses(101, 203)).isFalse();
        assertThat(control.isOverloaded()).isTrue();
        assertThat(refuses(100, 204)).isFalse();
        assertThat(control.isOverloaded()).isFalse();
        assertThat(refuses(201, 205)).isFalse();
    }

    @Test
    void an_empty_queue_ends_it() {
        refuses(200, 0);
        refuses(300, 200);
        control.idle();

        assertThat(control.isOverloaded()).isFalse();
        assertThat(refuses(300, 201)).isFalse();
    }

    @Test
    void a_crowd_that_waits_too_long_is_refused_at_once() {
        assertThat(control.refuses(199_000_000, 0, true)).isFalse();
        assertThat(control.refuses(200_000_000, 1, true)).isTrue();
        assertThat(control.refuses(110_000_000, 2, true)).isTrue();
        assertThat(control.refuses(110_000_000, 3, false)).isFalse();
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip.transport;

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
        assertThat(refuses(29_000, 99)).isFalse();
        assertThat(refuses(99, 120)).as("it caught up").isFalse();
        assertThat(refuses(200, 150)).as("and begins anew").isFalse();
        assertThat(control.isOverloaded()).isFalse();
    }

    @Test
    void being_behind_for_an_interval_is_until_waits_are_half_the_target() {
        assertThat(refuses(100, 0)).isFalse();
        assertThat(refuses(150, 50)).isFalse();
        assertThat(refuses(200, 100)).isTrue();
        assertThat(refuses(99, 101)).as("who did not wait too long is served").isFalse();
        assertThat(refuses(101, 102)).isTrue();
        assertThat(refuses(51, 103)).isFalse();
        assertThat(control.isOverloaded()).isTrue();
        assertThat(refuses(50, 104)).isFalse();
        assertThat(control.isOverloaded()).isFalse();
        assertThat(refuses(101, 105)).isFalse();
    }

    @Test
    void an_empty_queue_ends_it() {
        refuses(100, 0);
        refuses(200, 100);
        control.idle();

        assertThat(control.isOverloaded()).isFalse();
        assertThat(refuses(300, 101)).isFalse();
    }

    @Test
    void a_crowd_that_waits_too_long_is_refused_at_once() {
        assertThat(control.refuses(99_000_000, 0, true)).isFalse();
        assertThat(control.refuses(100_000_000, 1, true)).isTrue();
        assertThat(control.refuses(60_000_000, 2, true)).isTrue();
        assertThat(control.refuses(60_000_000, 3, false)).isFalse();
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.machine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** Whether other programs leave enough for the calls in progress, second by second. */
class LoadWatchTest {
    /** Twenty calls take 0.62 processors, which is three quarters of 0.83. */
    private static final CallLoad LOAD = CallLoad.of(20, new SpeechCost(8, 0.5, 0.15, 5.45), 2, 2);

    private static final double ENOUGH = 0.85;
    private static final double TOO_LITTLE = 0.8;

    @Test
    void nothing_is_said_while_enough_is_left() {
        assertThat(watched(LOAD, 20, ENOUGH, ENOUGH, ENOUGH, ENOUGH, ENOUGH, ENOUGH))
                .isEmpty();
    }

    @Test
    void one_window_with_too_little_is_said_with_the_least_that_was_left() {
        assertThat(watched(LOAD, 20, TOO_LITTLE, TOO_LITTLE, TOO_LITTLE, TOO_LITTLE, TOO_LITTLE, 2, 2))
                .isEqualTo("for 1 of 3 s other programs left too little CPU for calls, at worst 0.8 of 2 processors");
    }

    @Test
    void a_second_is_too_short_to_tell() {
        assertThat(watched(LOAD, 20, 2, 2, 0, 2, 2, 2, 2, 2, 2)).isEmpty();
    }

    @Test
    void fewer_calls_take_less() {
        assertThat(watched(LOAD, 12, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5)).isEmpty();
        assertThat(watched(LOAD, 13, 0.5, 0.5, 0.5, 0.5, 0.5, 0.5)).isNotEmpty();
        assertThat(watched(LOAD, 0, 0, 0, 0, 0, 0, 0)).isEmpty();
    }

    /** As many as fit are chosen; a little less is free all the time. */
    @Test
    void as_many_calls_as_were_carried_are_not_too_many_a_moment_later() {
        CallLoad fewer = CallLoad.of(200, new SpeechCost(8, 0.5, 0.15, 5.45), 2, 2);
        assertThat(fewer.carried()).isLessThan(200);
        assertThat(watched(fewer, fewer.carried(), 1.7, 1.7, 1.7, 1.7, 1.7, 1.7))
                .isEmpty();
        assertThat(watched(fewer, fewer.carried(), 1.5, 1.5, 1.5, 1.5, 1.5, 1.5))
                .isNotEmpty();
    }

    /** When a transfer is on, a call more is in progress for a moment. */
    @Test
    void more_calls_than_were_asked_for_take_no_more() {
        assertThat(watched(LOAD, 30, ENOUGH, ENOUGH, ENOUGH, ENOUGH, ENOUGH, ENOUGH))
                .isEmpty();
    }

    @Test
    void where_nothing_was_measured_nothing_is_said() {
        assertThat(watched(CallLoad.said(20, 20, 2), 20, 0, 0, 0, 0, 0, 0)).isEmpty();
    }

    /** One look a second; what is free from one to the next. */
    private static String watched(CallLoad load, int calls, double... free) {
        long second = 1_000_000_000L;
        LoadWatch watch = new LoadWatch(
                load,
                began -> now -> Arrays.stream(free, (int) (began / second), (int) (now / second))
                        .average()
                        .orElseThrow());
        for (int i = 0; i <= free.length; i++) {
            watch.look(i * second, calls);
        }
        return watch.whyNot();
    }
}

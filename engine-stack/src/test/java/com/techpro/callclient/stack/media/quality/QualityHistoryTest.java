// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class QualityHistoryTest {
    private static QualityHistory.Second second(int number) {
        return new QualityHistory.Second(
                Instant.ofEpochSecond(number),
                4.25,
                number % 100,
                Duration.ofMillis(number),
                number % 2 == 0 ? null : Duration.ofMillis(40),
                Duration.ofMillis(60));
    }

    private static QualityHistory of(int from, int to) {
        QualityHistory history = QualityHistory.EMPTY;
        for (int i = from; i < to; i++) {
            history = history.with(second(i));
        }
        return history;
    }

    @Test
    void seconds_come_back_as_they_were_added() {
        QualityHistory history = of(0, 40);
        assertThat(history.size()).isEqualTo(40);
        for (int i = 0; i < 40; i++) {
            assertThat(history.get(i)).isEqualTo(second(i));
        }
    }

    @Test
    void the_last_five_minutes_are_kept() {
        QualityHistory history = of(0, 2_000);
        assertThat(history.size()).isEqualTo(300);
        assertThat(history.get(0)).isEqualTo(second(1_700));
        assertThat(history.get(299)).isEqualTo(second(1_999));
    }

    @Test
    void an_earlier_history_stays_as_it_was() {
        QualityHistory earlier = of(0, 310);
        QualityHistory later = earlier;
        for (int i = 310; i < 1_500; i++) {
            later = later.with(second(i));
        }
        assertThat(earlier.size()).isEqualTo(300);
        assertThat(earlier.get(0)).isEqualTo(second(10));
        assertThat(earlier.get(299)).isEqualTo(second(309));
        assertThat(later.get(299)).isEqualTo(second(1_499));
    }

    @Test
    void two_histories_that_begin_alike_do_not_change_each_other() {
        QualityHistory begin = of(0, 5);
        QualityHistory one = begin.with(second(100));
        QualityHistory other = begin.with(second(200));
        assertThat(one.get(5)).isEqualTo(second(100));
        assertThat(other.get(5)).isEqualTo(second(200));
    }

    @Test
    void there_is_no_second_outside_of_it() {
        QualityHistory history = of(0, 310);
        assertThatThrownBy(() -> history.get(-1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> history.get(300)).isInstanceOf(IndexOutOfBoundsException.class);
    }
}

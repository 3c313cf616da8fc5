// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.testkit.contracts.Seeds;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The figures of a way that sound takes: what is taken, refused and forgotten. */
class MediaImpairmentTest {
    private final MediaFaults faults = new MediaFaults(Seeds.random(1), "1001"::equals);
    private final MediaImpairment way = faults.phone("1001").toPhone();

    @ParameterizedTest
    @ValueSource(doubles = {-0.01, 1.01, Double.NaN, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY})
    void an_invalid_share_is_refused_and_changes_nothing(double share) {
        way.loseEvenly(0.05);
        MediaFigures before = way.figures();

        assertThatThrownBy(() -> way.lose(share)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> way.loseEvenly(share)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> way.loseInBursts(share, 3)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> way.duplicate(share)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> way.reorder(share)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> way.loseKeys(share)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> way.doubleKeys(share)).isInstanceOf(IllegalArgumentException.class);

        assertThat(way.figures()).isEqualTo(before);
    }

    @Test
    void more_than_half_cannot_be_overtaken() {
        way.reorder(0.5);

        assertThatThrownBy(() -> way.reorder(0.51)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.051, 0.051, Double.NaN, Double.POSITIVE_INFINITY})
    void an_invalid_drift_is_refused(double faster) {
        assertThatThrownBy(() -> way.drift(faster)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 101})
    void an_invalid_number_of_datagrams_is_refused(int datagrams) {
        assertThatThrownBy(() -> way.loseHandshake(datagrams)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, 1_001})
    void an_invalid_burst_length_is_refused(int count) {
        assertThatThrownBy(() -> way.loseInBursts(0.1, count)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {-1, 60_001, Long.MAX_VALUE})
    void a_time_that_is_negative_or_too_long_is_refused(long millis) {
        assertThatThrownBy(() -> way.delay(Duration.ofMillis(millis))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> way.jitter(Duration.ofMillis(millis))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void an_extension_that_there_is_not_is_refused() {
        assertThatThrownBy(() -> faults.phone("1003")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new FaultScript(faults).media("1003")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void figures_of_different_kinds_add_up_and_each_way_has_its_own() {
        way.loseInBursts(0.05, 3).delay(Duration.ofMillis(80)).jitter(Duration.ofMillis(40));
        way.lose(0.1).reorder(0.02).duplicate(0.03).silence(true);
        way.loseKeys(0.2)
                .doubleKeys(0.3)
                .drift(-0.001)
                .changeCodec(" PCMA")
                .loseHandshake(2)
                .doubleHandshake(true);

        assertThat(way.figures())
                .isEqualTo(new MediaFigures(
                        new MediaFigures.Loss(MediaFigures.Pattern.AT_RANDOM, 0.1, 1),
                        Duration.ofMillis(80),
                        Duration.ofMillis(40),
                        0.02,
                        0.03,
                        true,
                        new MediaFigures.Stream(0.2, 0.3, -0.001, "PCMA"),
                        new MediaFigures.Handshake(2, true)));
        assertThat(faults.phone("1001").toPhone()).isSameAs(way);
        assertThat(faults.phone("1001").fromPhone().figures()).isEqualTo(MediaFigures.NONE);
        assertThat(faults.phone("1001").fromPhone().isBad()).isFalse();
    }

    @Test
    void zero_takes_each_away() {
        way.loseInBursts(0.05, 3).delay(Duration.ofMillis(80)).jitter(Duration.ofMillis(40));
        way.reorder(0.1).duplicate(0.1).silence(true);
        way.loseKeys(1)
                .doubleKeys(1)
                .drift(0.01)
                .changeCodec("PCMA")
                .loseHandshake(2)
                .doubleHandshake(true);
        assertThat(way.isBad()).isTrue();
        assertThat(way.changesStream()).isTrue();

        way.lose(0)
                .delay(Duration.ZERO)
                .jitter(Duration.ZERO)
                .reorder(0)
                .duplicate(0)
                .silence(false)
                .loseKeys(0)
                .doubleKeys(0)
                .drift(0)
                .changeCodec("")
                .loseHandshake(0)
                .doubleHandshake(false);

        assertThat(way.isBad()).isFalse();
        assertThat(way.changesStream()).isFalse();
        assertThat(way.figures()).isEqualTo(MediaFigures.NONE);
    }

    @Test
    void each_kind_alone_is_bad() {
        assertThat(bad().lose(0.01).isBad()).isTrue();
        assertThat(bad().loseEvenly(0.01).isBad()).isTrue();
        assertThat(bad().loseInBursts(0.01, 2).isBad()).isTrue();
        assertThat(bad().delay(Duration.ofMillis(1)).isBad()).isTrue();
        assertThat(bad().jitter(Duration.ofMillis(1)).isBad()).isTrue();
        assertThat(bad().reorder(0.01).isBad()).isTrue();
        assertThat(bad().duplicate(0.01).isBad()).isTrue();
        assertThat(bad().silence(true).isBad()).isTrue();
        assertThat(bad().loseKeys(0.01).isBad()).isTrue();
        assertThat(bad().doubleKeys(0.01).isBad()).isTrue();
        assertThat(bad().drift(-0.0001).isBad()).isTrue();
        assertThat(bad().changeCodec("PCMA").isBad()).isTrue();
        assertThat(bad().loseHandshake(1).isBad()).isTrue();
        assertThat(bad().doubleHandshake(true).isBad()).isTrue();
    }

    private MediaImpairment bad() {
        faults.clear();
        assertThat(way.isBad()).isFalse();
        return way;
    }

    @Test
    void clearing_either_way_the_phone_or_all_takes_figures_and_counts_away() {
        for (Runnable clear : new Runnable[] {way::clear, faults.phone("1001")::clear, faults::clear}) {
            way.lose(1).silence(true).loseKeys(1).changeCodec("PCMA");
            way.count(true);
            way.countLostKey();
            way.countDoubledKey();
            way.countRecoded();
            assertThat(way.packets()).isOne();

            clear.run();

            assertThat(way.isBad()).isFalse();
            assertThat(way.figures()).isEqualTo(MediaFigures.NONE);
            assertThat(way.packets()).isZero();
            assertThat(way.lost()).isZero();
            assertThat(way.changesStream()).isFalse();
            assertThat(way.keysLost() + way.keysDoubled() + way.recoded()).isZero();
        }
    }

    @Test
    void without_figures_nothing_is_left_to_chance() {
        Random random = Seeds.random(2);
        MediaFaults untouched = new MediaFaults(random);
        untouched.phone("1001").clear();
        assertThat(untouched.ofStream("1002").toPhone().roll()).isZero();

        assertThat(random.nextLong()).isEqualTo(Seeds.random(2).nextLong());
    }
}

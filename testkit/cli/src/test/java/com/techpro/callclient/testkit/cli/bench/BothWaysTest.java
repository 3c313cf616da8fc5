// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.judge.scene.Measure;
import com.techpro.callclient.testkit.judge.scene.SceneFigures;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BothWaysTest {
    private final BothWays both = new BothWays("other");

    @Test
    void each_direction_is_counted_in_every_window_and_in_any() {
        // The mean is equal.
        both.add(echo(30, 40), echo(40, 30));
        both.add(echo(30, 40), echo(30, 43));
        both.add(echo(30, 40), echo(31, 39));

        assertThat(both.text(Measure.REMOVED_FROM_0)).isEqualTo("other 33.67 (ours worse in 1, theirs in 0 of 3)");
        assertThat(both.text(Measure.REMOVED_FROM_1)).isEqualTo("other 37.33 (ours worse in 1, theirs in 1 of 3)");
        assertThat(both.echoText()).isEqualTo("ours worse in 2, theirs in 1 of 3");
        assertThat(both.oursPercent()).isBetween(66.6, 66.7);
        assertThat(both.theirsPercent()).isBetween(33.3, 33.4);
    }

    @Test
    void less_is_better_of_audible_echo_losses_and_distortion() {
        both.add(speech(10, 3), speech(5, 4));

        assertThat(both.text(Measure.LOST)).isEqualTo("other 5.00 (ours worse in 1, theirs in 0 of 1)");
        assertThat(both.text(Measure.DISTANCE)).isEqualTo("other 4.00 (ours worse in 0, theirs in 1 of 1)");
    }

    @Test
    void a_scene_without_echo_is_not_among_those_with_more_or_less_of_it() {
        both.add(speech(0, 0), speech(50, 9));

        assertThat(both.echoText()).isEqualTo("ours worse in 0, theirs in 0 of 0");
        assertThat(both.oursPercent()).isZero();
        assertThat(both.theirsPercent()).isZero();
        assertThat(both.text(Measure.REMOVED_FROM_0)).isEqualTo("other failed");
    }

    private static SceneFigures echo(double first, double later) {
        return new SceneFigures(Map.of(Measure.REMOVED_FROM_0, first, Measure.REMOVED_FROM_1, later), 16);
    }

    private static SceneFigures speech(double lost, double distance) {
        return new SceneFigures(Map.of(Measure.LOST, lost, Measure.DISTANCE, distance), 16);
    }
}

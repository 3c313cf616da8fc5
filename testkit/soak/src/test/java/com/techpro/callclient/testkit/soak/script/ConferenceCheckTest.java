// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.script;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.soak.gate.Gate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a room of three has to have shown, by how loud each of their voices was at each ear; each says 6,000. */
class ConferenceCheckTest {
    private final List<double[]> heard = new ArrayList<>(
            List.of(new double[] {0, 6_000, 6_000}, new double[] {6_000, 0, 6_000}, new double[] {6_000, 6_000, 0}));

    private List<String> red(long rosters, int leftOver) {
        return ConferenceCheck.gates(false, rosters, heard, leftOver).stream()
                .filter(gate -> !gate.green())
                .map(Gate::id)
                .toList();
    }

    @Test
    void a_room_in_which_each_hears_the_others_and_not_itself_is_green() {
        assertThat(red(3, 0)).isEmpty();
        assertThat(ConferenceCheck.gates(false, 3, heard, 0)).hasSize(4);
    }

    @Test
    void a_voice_that_one_ear_does_not_hear_or_hardly_is_red() {
        heard.get(2)[0] = 0;
        assertThat(red(3, 0)).containsExactly("conference-hears-others");
        heard.get(2)[0] = 1_190;
        assertThat(red(3, 0)).containsExactly("conference-hears-others");
        heard.get(2)[0] = 1_210;
        assertThat(red(3, 0)).isEmpty();
    }

    /** A fiftieth of what one says, which is 34 dB less. */
    @Test
    void an_own_voice_that_comes_back_is_red_however_faint() {
        heard.get(1)[1] = 6_000;
        assertThat(red(3, 0)).containsExactly("conference-hears-itself");
        heard.get(1)[1] = 121;
        assertThat(red(3, 0)).containsExactly("conference-hears-itself");
        heard.get(1)[1] = 119;
        assertThat(red(3, 0)).isEmpty();
    }

    @Test
    void a_roster_with_a_missing_participant_is_red() {
        assertThat(red(2, 0)).containsExactly("conference-roster");
    }

    @Test
    void a_room_with_a_remaining_participant_is_red() {
        assertThat(red(3, 1)).containsExactly("conference-left-over");
    }

    @Test
    void a_run_that_was_ended_has_shown_nothing() {
        assertThat(ConferenceCheck.gates(true, 0, List.of(new double[] {0, 0}, new double[] {0, 0}), 0))
                .noneMatch(gate -> gate.verdict() == Gate.Verdict.RED);
    }
}

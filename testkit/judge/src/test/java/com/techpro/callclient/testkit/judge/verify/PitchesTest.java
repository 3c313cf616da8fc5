// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.contracts.Sound;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class PitchesTest {
    private static final List<Integer> PITCHES = List.of(440, 590, 770);

    private static short[] mix(int samples, Sound... sounds) {
        short[] mixed = new short[samples];
        for (int i = 0; i < samples; i++) {
            for (Sound sound : sounds) {
                mixed[i] += sound.at(i, 8_000);
            }
        }
        return mixed;
    }

    @Test
    void each_tone_of_a_mix_is_found_as_loud_as_it_is_and_no_other() {
        double[] levels = Pitches.levels(mix(12_000, Sound.tone(440, 6_000), Sound.tone(770, 1_000)), PITCHES);

        assertThat(levels[0]).isCloseTo(6_000, Offset.offset(60.0));
        assertThat(levels[1]).isLessThan(30);
        assertThat(levels[2]).isCloseTo(1_000, Offset.offset(60.0));
    }

    @Test
    void a_splice_of_a_jitter_buffer_hides_no_tone() {
        short[] whole = mix(12_100, Sound.tone(590, 6_000));
        short[] spliced = new short[12_000];
        System.arraycopy(whole, 0, spliced, 0, 5_000);
        System.arraycopy(whole, 5_100, spliced, 5_000, 7_000);

        assertThat(Pitches.levels(spliced, PITCHES)[1]).isGreaterThan(5_900);
    }

    @Test
    void a_tone_present_less_than_half_of_the_time_is_not_heard() {
        short[] broken = mix(12_000, Sound.tone(440, 6_000));
        Arrays.fill(broken, 4_000, 12_000, (short) 0);

        assertThat(Pitches.levels(broken, PITCHES)[0]).isLessThan(100);
    }

    @Test
    void nothing_heard_is_silence() {
        assertThat(Pitches.levels(new short[100], PITCHES)).containsOnly(0);
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.conference;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.contracts.Sound;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RoomMixerTest {
    private final RoomMixer mixer = new RoomMixer();
    private final short[] out = new short[160];

    @Test
    void everybody_hears_the_others_at_their_own_level_and_not_itself() {
        short[] first = filled(1000);
        short[] second = filled(-300);
        short[] third = filled(50);

        mix(first, second, third);

        assertThat(heardBy(first)).containsOnly((short) -250);
        assertThat(heardBy(second)).containsOnly((short) 1050);
        assertThat(heardBy(third)).containsOnly((short) 700);
        mixer.everybody(out);
        assertThat(out).containsOnly((short) 750);
    }

    @Test
    void a_loud_mix_is_attenuated_at_once_and_never_clips() {
        short[] one = tone(450, 25_000);
        short[] two = tone(450, 25_000);
        short[] three = tone(450, 25_000);

        mix(one, two, three);
        mixer.everybody(out);

        assertThat(peak(out)).isBetween(31_000, 32_767);
        // A clipped sine has harmonics; a quieter one has none.
        assertThat(Sound.amplitudeOf(1_350, out, 8_000)).isLessThan(100);
    }

    @Test
    void the_level_comes_back_within_a_second_or_so() {
        short[] loud = tone(440, 30_000);
        mix(loud, loud.clone(), loud.clone());
        short[] quiet = tone(440, 8_000);

        mix(quiet);
        mixer.everybody(out);
        int soonAfter = peak(out);
        for (int i = 0; i < 50; i++) {
            mix(quiet);
        }
        mixer.everybody(out);

        assertThat(soonAfter).isLessThan(4_000);
        assertThat(peak(out)).isEqualTo(8_000);
    }

    @Test
    void the_loudest_mix_decides_even_where_it_is_not_the_sum_of_all() {
        // Two voices that cancel each other: the sum is silence, but each is heard by the other at full level.
        short[] up = filled(32_767);
        short[] down = filled(-32_767);
        short[] more = filled(20_000);

        mix(up, down, more);

        assertThat(heardBy(down)[0]).isBetween((short) 31_900, (short) 32_000);
    }

    private void mix(short[]... voices) {
        mixer.begin();
        for (short[] voice : voices) {
            mixer.add(voice);
        }
        mixer.settle();
    }

    private short[] heardBy(short[] voice) {
        mixer.everybodyBut(voice, out);
        return out;
    }

    private static short[] filled(int level) {
        short[] frame = new short[160];
        Arrays.fill(frame, (short) level);
        return frame;
    }

    private static short[] tone(double hertz, double amplitude) {
        short[] frame = new short[160];
        for (int i = 0; i < frame.length; i++) {
            frame[i] = Sound.tone(hertz, amplitude).at(i, 8_000);
        }
        return frame;
    }

    private static int peak(short[] frame) {
        int peak = 0;
        for (short sample : frame) {
            peak = Math.max(peak, Math.abs(sample));
        }
        return peak;
    }
}

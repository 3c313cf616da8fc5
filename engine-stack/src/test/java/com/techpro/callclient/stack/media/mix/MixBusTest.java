// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.mix;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.contracts.Seeds;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Voices are added, and come out no louder than a sample can be. */
class MixBusTest {
    private static final int FRAME = 160;

    private final MixBus bus = new MixBus(FRAME);

    @Test
    void quiet_voices_are_added_as_they_are() {
        short[] mixed = mix(constant(1_000), constant(-300), constant(7));

        assertThat(mixed).containsOnly((short) 707);
    }

    @Test
    void nothing_is_clipped_however_loud_the_voices_are_and_wherever_they_begin() {
        Random random = Seeds.random(20261124);
        for (int i = 0; i < 5_000; i++) {
            short[] one = new short[FRAME];
            short[] other = new short[FRAME];
            int from = random.nextInt(FRAME);
            int loud = random.nextInt(32_768);
            for (int at = from; at < FRAME; at++) {
                one[at] = (short) (random.nextInt(2 * loud + 1) - loud);
                other[at] = random.nextBoolean() ? Short.MIN_VALUE : Short.MAX_VALUE;
            }
            short[] mixed = mix(one, other);
            for (int at = 0; at < FRAME; at++) {
                int sum = one[at] + other[at];
                assertThat(Math.abs((int) mixed[at])).isLessThanOrEqualTo((int) MixBus.CEILING);
                assertThat(mixed[at] == 0 || Integer.signum(mixed[at]) == Integer.signum(sum))
                        .as("a sample that wrapped around would change its sign")
                        .isTrue();
            }
        }
    }

    @Test
    void the_gain_falls_smoothly_before_a_loud_passage() {
        short[] one = constant(16_000);
        short[] rising = constant(0);
        Arrays.fill(rising, 100, FRAME, (short) 30_000);

        short[] mixed = mix(one, rising);

        assertThat(mixed[0]).isGreaterThan((short) 15_900);
        assertThat(mixed[99]).isBetween((short) 11_000, (short) 11_300);
        for (int at = 1; at < 100; at++) {
            assertThat(mixed[at - 1] - mixed[at]).isBetween(0, 60);
        }
        assertThat((int) mixed[100]).isBetween((int) MixBus.CEILING - 2, (int) MixBus.CEILING);
    }

    @Test
    void the_gain_comes_back_slowly_and_fully() {
        mix(constant(32_000), constant(32_000));

        short first = mix(constant(10_000))[0];
        short[] later = mix(constant(10_000));
        assertThat(first).isBetween((short) 5_000, (short) 5_300);
        assertThat(later[FRAME - 1]).isGreaterThan(first).isLessThan((short) 6_000);
        for (int frame = 0; frame < 30; frame++) {
            later = mix(constant(10_000));
        }
        assertThat(later).containsOnly((short) 10_000);
    }

    private short[] mix(short[]... voices) {
        bus.clear();
        for (short[] voice : voices) {
            bus.add(voice);
        }
        short[] mixed = new short[FRAME];
        bus.write(mixed);
        return mixed;
    }

    private static short[] constant(int value) {
        short[] frame = new short[FRAME];
        Arrays.fill(frame, (short) value);
        return frame;
    }
}

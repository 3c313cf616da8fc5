// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.techpro.callclient.testkit.contracts.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What payloads of RFC 3389 sound like. */
class ComfortNoiseTest {
    private static final int SECOND = 8_000;

    @ParameterizedTest
    @ValueSource(ints = {30, 45, 60, 75})
    void RFC3389_3_1_noise_has_the_level_that_is_told(int level) {
        assertThat(decibels(noise(G711.ULAW, SECOND, level))).isEqualTo(-level, within(1.0));
    }

    @Test
    void RFC3389_3_2_a_spectrum_changes_the_colour_and_not_the_level() {
        short[] white = noise(G711.ULAW, SECOND, 40);
        // A reflection of -0.8 of what went before keeps to low frequencies (the sign of ITU-T G.711 appendix II).
        short[] low = noise(G711.ULAW, SECOND, 40, 127 - 102);
        short[] high = noise(G711.ULAW, SECOND, 40, 127 + 102);

        assertThat(decibels(low)).isEqualTo(-40, within(2.0));
        assertThat(decibels(high)).isEqualTo(-40, within(2.0));
        assertThat(likenessOfNeighbours(white)).isBetween(-0.1, 0.1);
        assertThat(likenessOfNeighbours(low)).isEqualTo(0.8, within(0.05));
        assertThat(likenessOfNeighbours(high)).isEqualTo(-0.8, within(0.05));
    }

    /** The autocorrelation that a second coefficient makes: r2 = k1² + k2 (k1² - 1), by the Levinson recursion. */
    @Test
    void RFC3389_3_2_coefficients_are_those_of_a_lattice() {
        short[] samples = noise(G711.ULAW, 4 * SECOND, 30, 127 - 64, 127 + 64);

        assertThat(likeness(samples, 1)).isEqualTo(0.5, within(0.03));
        assertThat(likeness(samples, 2)).isEqualTo(0.25 - 0.5 * 0.75, within(0.03));
    }

    @Test
    void noise_is_as_fast_as_the_codec_it_stands_beside() {
        ComfortNoise beside = new ComfortNoise(G722.INSTANCE);
        assertThat(beside.clockRate()).isEqualTo(8_000);
        assertThat(beside.sampleRate()).isEqualTo(16_000);
        assertThat(beside.newDecoder().samples(new byte[1], 0, 1)).isEqualTo(160);
        assertThat(decibels(noise(G722.INSTANCE, 16_000, 50))).isEqualTo(-50, within(1.0));
    }

    @Test
    void a_pause_is_filled_until_there_is_more_and_levels_glide() {
        Decoder decoder = new ComfortNoise(G711.ULAW).newDecoder();
        short[] samples = new short[SECOND];
        decoder.decode(new byte[] {40}, 0, samples, 0, 1);
        assertThat(decoder.conceal(samples, 0, SECOND)).isTrue();
        assertThat(decibels(samples)).isEqualTo(-40, within(1.5));
        decoder.decode(new byte[] {70}, 0, samples, 0, 1);
        assertThat(decibels(java.util.Arrays.copyOf(samples, 40))).isGreaterThan(-50);
        decoder.conceal(samples, 0, SECOND);
        decoder.conceal(samples, 0, SECOND);
        assertThat(decibels(samples)).isEqualTo(-70, within(1.5));
    }

    @Test
    void noise_is_never_loud_and_any_payload_is_borne() {
        assertThat(decibels(noise(G711.ULAW, SECOND, 0))).isEqualTo(-30, within(1.0));
        Random random = Seeds.random(3389);
        short[] samples = new short[SECOND];
        for (int i = 0; i < 300; i++) {
            byte[] payload = new byte[random.nextInt(40)];
            random.nextBytes(payload);
            Decoder decoder = new ComfortNoise(G711.ULAW).newDecoder();
            int count = decoder.decode(payload, 0, samples, 0, payload.length);
            assertThat(count).isEqualTo(payload.length == 0 ? 0 : 80);
            decoder.conceal(samples, 0, SECOND);
            assertThat(decibels(samples)).isLessThan(-15);
        }
        assertThat(decibels(noise(G711.ULAW, SECOND, 30, 255, 0, 255, 0, 255, 0, 255, 0, 255, 0, 255, 0)))
                .isLessThan(-15);
    }

    @Test
    void sent_comfort_noise_reveals_nothing_of_the_room() {
        byte[] payload = new byte[3];
        short[] loud = new short[160];
        loud[3] = 30_000;

        assertThat(new ComfortNoise(G711.ULAW).newEncoder("").encode(loud, 0, payload, 1, 160))
                .isEqualTo(1);
        assertThat(payload).containsExactly(0, ComfortNoise.QUIET, 0);
    }

    /** After it has come to its level. */
    private static short[] noise(Codec beside, int count, int... payload) {
        byte[] octets = new byte[payload.length];
        for (int i = 0; i < octets.length; i++) {
            octets[i] = (byte) payload[i];
        }
        Decoder decoder = new ComfortNoise(beside).newDecoder();
        short[] samples = new short[count];
        decoder.decode(octets, 0, samples, 0, octets.length);
        decoder.conceal(samples, 0, Math.min(count, SECOND));
        decoder.conceal(samples, 0, count);
        return samples;
    }

    /** Below a square wave as loud as can be. */
    private static double decibels(short[] samples) {
        double energy = 0;
        for (short sample : samples) {
            energy += (double) sample * sample;
        }
        return 10 * Math.log10(energy / samples.length / 32_767 / 32_767 + 1e-12);
    }

    private static double likenessOfNeighbours(short[] samples) {
        return likeness(samples, 1);
    }

    private static double likeness(short[] samples, int lag) {
        double product = 0;
        double energy = 0;
        for (int i = lag; i < samples.length; i++) {
            product += (double) samples[i] * samples[i - lag];
            energy += (double) samples[i] * samples[i];
        }
        return product / energy;
    }
}

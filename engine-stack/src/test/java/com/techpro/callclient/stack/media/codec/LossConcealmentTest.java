// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.techpro.callclient.testkit.contracts.Seeds;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class LossConcealmentTest {
    private static final int FRAME = 160;

    private final TimeScaling scaling = new TimeScaling(8_000);
    private final LossConcealment concealment = new LossConcealment(8_000);

    @Test
    void a_lost_frame_of_voiced_speech_is_hardly_noticed() {
        // Given a voice of 125 Hz with its overtones, of which one frame in ten is lost
        short[] voice = voice(8000);
        short[] played = voice.clone();
        double error = 0;
        double energy = 0;
        for (int at = 0; at < played.length; at += FRAME) {
            if (at / FRAME % 10 == 9) {
                concealment.conceal(played, at, FRAME);
                for (int i = at; i < at + FRAME; i++) {
                    error += Math.pow(played[i] - voice[i], 2);
                    energy += Math.pow(voice[i], 2);
                }
            } else {
                concealment.good(played, at, FRAME);
            }
        }
        // Then what is made up follows what was lost by 10 dB, where silence would be 0 dB
        assertThat(10 * Math.log10(energy / error)).isGreaterThan(10);
    }

    @Test
    void there_is_no_click_on_either_side_of_a_loss() {
        short[] voice = voice(8000);
        int largest = largestStep(voice);
        for (int at = 0; at < voice.length; at += FRAME) {
            if (at / FRAME % 7 == 6 || at / FRAME % 7 == 5) {
                concealment.conceal(voice, at, FRAME);
            } else {
                concealment.good(voice, at, FRAME);
            }
        }
        assertThat(largestStep(voice)).isLessThan(largest * 5 / 4);
    }

    @Test
    void a_long_loss_fades_to_silence_within_60_ms() {
        short[] voice = voice(1600);
        concealment.good(voice, 0, 1600);
        short[] made = new short[800];
        for (int at = 0; at < 800; at += FRAME) {
            concealment.conceal(made, at, FRAME);
        }
        assertThat(loudness(made, 0, 80)).isGreaterThan(0.7 * loudness(voice, 1520, 1600));
        assertThat(loudness(made, 320, 400)).isLessThan(0.5 * loudness(made, 0, 80));
        assertThat(loudness(made, 480, 800)).isZero();
    }

    @Test
    void concealment_does_not_depend_on_the_lengths_of_earlier_frames() {
        short[] voice = voice(2400);
        LossConcealment whole = new LossConcealment(8_000);
        whole.good(voice, 0, voice.length);
        short[] expected = new short[FRAME];
        whole.conceal(expected, 0, FRAME);
        // Given frames whose ends fall on every place of what is remembered
        for (int length : new int[] {1, 7, 80, 160, 391, 392, 600}) {
            LossConcealment pieces = new LossConcealment(8_000);
            for (int at = 0; at < voice.length; at += length) {
                pieces.good(voice, at, Math.min(length, voice.length - at));
            }
            short[] made = new short[FRAME];
            pieces.conceal(made, 0, FRAME);
            assertThat(made).as("frames of " + length).isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @CsvSource({
        // Rate, background and what is played instead, in dB of full scale
        "8000, -55, -55",
        "16000, -65, -65",
        "48000, -50, -50",
        "8000, -35, -45"
    })
    void a_long_loss_fades_to_noise_like_the_background_between_the_words(int rate, int background, int noise) {
        LossConcealment concealment = new LossConcealment(rate);
        Random random = Seeds.random(3389);
        for (int word = 0; word < 6; word++) {
            short[] spoken = rumble(random, rate * 3 / 10, -20);
            concealment.good(spoken, 0, spoken.length);
            short[] pause = rumble(random, rate / 5, background);
            concealment.good(pause, 0, pause.length);
        }
        concealment.good(rumble(random, rate / 10, -20), 0, rate / 10);

        short[] made = new short[rate];
        concealment.conceal(made, 0, rate);

        double level = decibels(loudness(made, rate / 10, rate));
        assertThat(level).isBetween(noise - 4.0, noise + 0.5);
        for (int at = rate / 10; at < rate; at += rate / 50) {
            assertThat(decibels(loudness(made, at, at + rate / 50))).isBetween(level - 6, level + 4);
        }
        assertThat(likeness(made)).isEqualTo(likeness(rumble(random, rate, background)), within(0.2));
        assertThat(tone(Arrays.copyOfRange(made, rate / 10, rate), rate)).isLessThan(0.02);
    }

    @Test
    void silence_between_the_words_is_concealed_as_silence() {
        for (int word = 0; word < 4; word++) {
            concealment.good(voice(1600), 0, 1600);
            concealment.good(new short[1600], 0, 1600);
        }
        concealment.good(voice(800), 0, 800);
        short[] made = new short[1600];
        concealment.conceal(made, 0, 1600);
        assertThat(loudness(made, 480, 1600)).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 48_000})
    void a_quiet_hum_between_the_words_becomes_low_noise_and_no_tone(int rate) {
        LossConcealment concealment = new LossConcealment(rate);
        Random random = Seeds.random(50);
        for (int word = 0; word < 4; word++) {
            concealment.good(rumble(random, rate / 5, -20), 0, rate / 5);
            short[] hum = new short[rate / 5];
            for (int i = 0; i < hum.length; i++) {
                hum[i] = (short) Math.round(50 * Math.sin(2 * Math.PI * 150 * i / rate));
            }
            concealment.good(hum, 0, hum.length);
        }
        short[] made = new short[rate];
        concealment.conceal(made, 0, rate);
        short[] noise = Arrays.copyOfRange(made, rate / 10, rate);
        assertThat(decibels(loudness(noise, 0, noise.length))).isBetween(-66.0, -59.0);
        assertThat(likeness(noise)).isGreaterThan(0.9);
        assertThat(tone(noise, rate)).isLessThan(0.1);
    }

    @Test
    void nothing_heard_yet_is_silence() {
        short[] made = {1, 2, 3, 4};
        concealment.conceal(made, 0, 4);
        assertThat(made).containsOnly(0);
    }

    @Test
    void the_loudest_noise_does_not_wrap_around() {
        Random random = Seeds.random(711);
        short[] noise = new short[1600];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = random.nextBoolean() ? Short.MAX_VALUE : Short.MIN_VALUE;
        }
        concealment.good(noise, 0, noise.length);
        short[] made = new short[480];
        concealment.conceal(made, 0, 480);
        concealment.good(noise, 0, FRAME);
        assertThat(made[479]).isBetween((short) -1000, (short) 1000);
    }

    @Test
    void stretching_adds_one_period_and_keeps_the_pitch() {
        short[] voice = voice(1600);
        concealment.good(voice, 0, 1600);
        short[] joined = new short[scaling.most() + FRAME];
        int period = concealment.expand(joined, 0);
        assertThat(period).isEqualTo(64);
        short[] next = voice(1600 + FRAME);
        System.arraycopy(next, 1600, joined, period, FRAME);
        concealment.good(joined, period, FRAME);
        // Then the second after the insertion begins where the first did
        assertThat(largestStep(Arrays.copyOf(joined, period + FRAME))).isLessThan(largestStep(voice) * 5 / 4);
    }

    @Test
    void squeezing_takes_one_period_and_keeps_the_pitch() {
        short[] voice = voice(480);
        short[] squeezed = voice.clone();
        int left = scaling.shorten(squeezed, 480);
        assertThat(480 - left).isIn(64, 2 * 64 > 120 ? 64 : 128);
        assertThat(largestStep(Arrays.copyOf(squeezed, left))).isLessThan(largestStep(voice) * 5 / 4);
    }

    @Test
    void noise_is_not_squeezed_where_it_would_be_heard_but_silence_always() {
        Random random = Seeds.random(1);
        short[] noise = new short[480];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (short) (random.nextGaussian() * 3000);
        }
        assertThat(scaling.shorten(noise, 480)).isEqualTo(480);
        assertThat(scaling.shorten(new short[480], 480)).isEqualTo(360);
        assertThat(scaling.shorten(new short[160], 160)).isEqualTo(160);
    }

    /** 125 Hz, a period of 64 samples, with overtones that fall off as a voice's do. */
    private static short[] voice(int count) {
        short[] samples = new short[count];
        for (int i = 0; i < count; i++) {
            double sample = 0;
            for (int overtone = 1; overtone <= 8; overtone++) {
                sample += Math.sin(2 * Math.PI * 125 * overtone * i / 8000 + overtone * overtone) / overtone;
            }
            samples[i] = (short) (5000 * sample);
        }
        return samples;
    }

    private static int largestStep(short[] samples) {
        int largest = 0;
        for (int i = 1; i < samples.length; i++) {
            largest = Math.max(largest, Math.abs(samples[i] - samples[i - 1]));
        }
        return largest;
    }

    /** Noise with more of the low than of the high frequencies. */
    private static short[] rumble(Random random, int count, double level) {
        double[] sound = new double[count];
        double energy = 0;
        for (int i = 0; i < count; i++) {
            sound[i] = (i == 0 ? 0 : 0.8 * sound[i - 1]) + random.nextGaussian();
            energy += sound[i] * sound[i];
        }
        double gain = 32_768 * Math.pow(10, level / 20) / Math.sqrt(energy / count);
        short[] samples = new short[count];
        for (int i = 0; i < count; i++) {
            samples[i] = (short) Math.round(gain * sound[i]);
        }
        return samples;
    }

    /** How like its neighbour a sample is, as a measure of the spectrum. */
    private static double likeness(short[] samples) {
        return Pitch.likeness(samples, samples.length, samples.length / 2, 1, 1);
    }

    /** The largest share of the energy that any frequency of speech has: 1 is a tone. */
    private static double tone(short[] samples, int rate) {
        double largest = 0;
        for (int frequency = 50; frequency < 1000; frequency += 2) {
            double real = 0;
            double imaginary = 0;
            double energy = 0;
            for (int i = 0; i < samples.length; i++) {
                real += samples[i] * Math.cos(2 * Math.PI * frequency * i / rate);
                imaginary += samples[i] * Math.sin(2 * Math.PI * frequency * i / rate);
                energy += (double) samples[i] * samples[i];
            }
            double share = 2 * (real * real + imaginary * imaginary) / samples.length / energy;
            largest = Math.max(largest, share);
        }
        return largest;
    }

    private static double decibels(double loudness) {
        return 20 * Math.log10(Math.max(0.1, loudness) / 32_768);
    }

    private static double loudness(short[] samples, int from, int to) {
        double energy = 0;
        for (int i = from; i < to; i++) {
            energy += (double) samples[i] * samples[i];
        }
        return Math.sqrt(energy / (to - from));
    }
}

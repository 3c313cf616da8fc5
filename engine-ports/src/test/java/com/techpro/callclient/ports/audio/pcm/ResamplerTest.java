// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.audio.pcm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The oracle is the sine itself, evaluated at the new instants. */
class ResamplerTest {
    private static final double LEVEL = 16_000;

    @ParameterizedTest
    @CsvSource({
        "48000, 8000",
        "8000, 48000",
        "44100, 8000",
        "8000, 44100",
        "48000, 16000",
        "16000, 48000",
        "11025, 8000",
        "22050, 48000",
        "96000, 8000",
        "8000, 8000"
    })
    void aToneOfTheTelephoneBandStaysThatToneWithSixtyDecibelsToSpare(int from, int to) {
        for (double hertz : new double[] {300, 1004, 3400}) {
            short[] converted = Resampler.convert(tone(hertz, from, from), from, to);

            assertThat(converted).hasSize(to);
            assertThat(signalToNoise(converted, hertz, to)).as("%s Hz", hertz).isGreaterThan(60);
        }
    }

    @ParameterizedTest
    @CsvSource({"11027, 16000", "95999, 16000", "44101, 8000"})
    void ratesWithoutASmallCommonRatioNeedNoRowOfTapsForEachPlace(int from, int to) {
        for (double hertz : new double[] {300, 1004, 3400}) {
            short[] converted = Resampler.convert(tone(hertz, from, from), from, to);

            assertThat(converted).hasSize(to);
            assertThat(signalToNoise(converted, hertz, to)).as("%s Hz", hertz).isGreaterThan(50);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {4300, 5000, 7000, 11_900, 23_000})
    void whatTheLowerRateCannotCarryIsGoneAndNotFolded(double hertz) {
        short[] converted = Resampler.convert(tone(hertz, 48_000, 48_000), 48_000, 8000);

        assertThat(rms(converted)).isLessThan(LEVEL / Math.sqrt(2) / 1000);
    }

    @ParameterizedTest
    @CsvSource({"48000, 8000", "8000, 48000", "44100, 8000", "8000, 44100", "16000, 48000", "22050, 8000", "8000, 8000"
    })
    void livePiecesAreAsLongAsTheyWereAndTheirSoundIsLater(int from, int to) {
        short[] sound = tone(1004, from, from);
        Resampler live = Resampler.forLiveSound(from, to);
        short[] heard = new short[to + 1000];
        int length = 0;
        for (int at = 0; at < from; at += from / 50) {
            length += live.resample(sound, at, from / 50, heard, length);
            assertThat(length).isEqualTo((at + from / 50) / (from / 50) * (to / 50));
        }

        short[] later = new short[from];
        System.arraycopy(sound, 0, later, live.lookAhead(), from - live.lookAhead());
        assertThat(Arrays.copyOf(heard, length - 200))
                .isEqualTo(Arrays.copyOf(Resampler.convert(later, from, to), length - 200));
    }

    @Test
    void noImagesAppearAboveTheOldBandWhenTheRateRises() {
        short[] converted = Resampler.convert(tone(1000, 8000, 8000), 8000, 48_000);

        // The first images of 1 kHz sampled at 8 kHz would lie at 7 and 9 kHz.
        assertThat(level(converted, 7000, 48_000)).isLessThan(LEVEL / 1000);
        assertThat(level(converted, 9000, 48_000)).isLessThan(LEVEL / 1000);
        assertThat(level(converted, 1000, 48_000)).isBetween(LEVEL * 0.99, LEVEL * 1.01);
    }

    @ParameterizedTest
    @CsvSource({"48000, 8000", "44100, 8000", "8000, 44100", "8000, 8000"})
    void aStreamInPiecesOfAnySizeGivesTheSameAsInOne(int from, int to) {
        short[] sound = tone(440, from, from / 2);
        Resampler whole = new Resampler(from, to);
        short[] expected = new short[whole.maxOutput(sound.length)];
        int expectedLength = whole.resample(sound, 0, sound.length, expected, 0);

        Resampler pieces = new Resampler(from, to);
        short[] actual = new short[expected.length];
        int actualLength = 0;
        Random random = new Random(7);
        for (int at = 0; at < sound.length; ) {
            int part = Math.min(sound.length - at, random.nextInt(700));
            short[] room = new short[pieces.maxOutput(part)];
            int written = pieces.resample(sound, at, part, room, 0);
            System.arraycopy(room, 0, actual, actualLength, written);
            actualLength += written;
            at += part;
        }

        assertThat(actualLength).isEqualTo(expectedLength);
        assertThat(actual).isEqualTo(expected);
    }

    @Test
    void aSecondOfMicrophoneIsASecondForTheEngineWhateverThePieces() {
        Resampler resampler = new Resampler(44_100, 8000);
        short[] room = new short[resampler.maxOutput(441)];
        int given = 0;
        for (int second = 0; second < 60; second++) {
            for (int piece = 0; piece < 100; piece++) {
                given += resampler.resample(new short[441], 0, 441, room, 0);
            }
        }

        assertThat(given).isBetween(60 * 8000 - 25, 60 * 8000);
    }

    @Test
    void aLevelStaysThatLevelAndLoudSoundIsClippedNotWrapped() {
        short[] loud = new short[800];
        Arrays.fill(loud, 400, 800, Short.MAX_VALUE);

        short[] converted = Resampler.convert(loud, 8000, 48_000);

        assertThat(converted[4000]).isEqualTo(Short.MAX_VALUE);
        for (int i = 2450; i < 4600; i++) {
            assertThat(converted[i]).isGreaterThan((short) 28_000);
        }
    }

    @Test
    void afterResetTheStreamIsANewOne() {
        short[] sound = tone(440, 48_000, 4800);
        Resampler used = new Resampler(48_000, 8000);
        short[] first = new short[used.maxOutput(sound.length)];
        used.resample(sound, 0, sound.length, first, 0);

        used.reset();
        short[] second = new short[first.length];
        used.resample(sound, 0, sound.length, second, 0);

        assertThat(second).isEqualTo(first);
    }

    @Test
    void ratesThatNoDeviceHasAreRefused() {
        assertThatThrownBy(() -> new Resampler(0, 8000)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Resampler(8000, 1_000_000)).isInstanceOf(IllegalArgumentException.class);
    }

    private static short[] tone(double hertz, int rate, int length) {
        short[] samples = new short[length];
        for (int i = 0; i < length; i++) {
            samples[i] = (short) Math.round(LEVEL * Math.sin(2 * Math.PI * hertz * i / rate));
        }
        return samples;
    }

    /** In decibels, over all but the ends, where the sound starts and stops. */
    private static double signalToNoise(short[] samples, double hertz, int rate) {
        double signal = 0;
        double noise = 0;
        for (int i = rate / 20; i < samples.length - rate / 20; i++) {
            double expected = LEVEL * Math.sin(2 * Math.PI * hertz * i / rate);
            signal += expected * expected;
            noise += (samples[i] - expected) * (samples[i] - expected);
        }
        return 10 * Math.log10(signal / noise);
    }

    private static double rms(short[] samples) {
        double power = 0;
        int edge = samples.length / 20;
        for (int i = edge; i < samples.length - edge; i++) {
            power += (double) samples[i] * samples[i];
        }
        return Math.sqrt(power / (samples.length - 2 * edge));
    }

    /** The amplitude at one frequency, by correlation. */
    private static double level(short[] samples, double hertz, int rate) {
        double real = 0;
        double imaginary = 0;
        int edge = rate / 10;
        for (int i = edge; i < samples.length - edge; i++) {
            real += samples[i] * Math.cos(2 * Math.PI * hertz * i / rate);
            imaginary += samples[i] * Math.sin(2 * Math.PI * hertz * i / rate);
        }
        return 2 * Math.hypot(real, imaginary) / (samples.length - 2 * edge);
    }
}

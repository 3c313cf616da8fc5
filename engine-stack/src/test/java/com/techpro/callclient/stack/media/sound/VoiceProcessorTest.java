// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.sound;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.ports.audio.VoiceEffect;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The contract of the whole, at every rate. */
class VoiceProcessorTest {
    @Test
    void without_effects_samples_stay_as_they_are() {
        short[] mic = Desk.noise(1, 1, 5000);
        short[] out = mic.clone();
        VoiceProcessor processor = new VoiceProcessor(16000, Set.of());

        processor.played(mic);
        processor.process(out);

        assertThat(out).isEqualTo(mic);
        assertThat(processor.latency()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 11025, 12000, 16000, 22050, 24000, 32000, 44100, 48000})
    void sound_passes_at_every_rate_within_twenty_milliseconds(int rate) {
        VoiceProcessor processor = new VoiceProcessor(rate, Set.of(VoiceEffect.ECHO_CANCELLATION));
        short[] mic = Desk.tone(1000, rate, 2, 8000);
        short[] high = Desk.tone(rate * 0.45, rate, 2, 3000);
        for (int i = 0; i < mic.length; i++) {
            mic[i] += high[i];
        }
        short[] out = mic.clone();

        processor.process(out);

        assertThat(processor.latency()).isLessThanOrEqualTo(rate / 50);
        double error = 0;
        for (int i = rate / 2; i < rate; i++) {
            error = Math.max(error, Math.abs(out[i + processor.latency()] - mic[i]));
        }
        // The high-pass filter turns the tone's phase a little.
        assertThat(error).isLessThan(1000);
    }

    /** Square waves, noise and offsets at full scale, of which the microphone hears some. */
    @ParameterizedTest
    @ValueSource(longs = {55, 78, 92})
    void the_loudest_sound_does_not_silence_the_microphone_for_ever(long seed) {
        Random random = Seeds.random(seed);
        VoiceProcessor processor = new VoiceProcessor(8000, EnumSet.allOf(VoiceEffect.class));
        short[][] played = new short[40][160];
        for (int i = 0; i < 1200; i++) {
            short[] far = played[i % 40];
            for (int k = 0; k < far.length; k++) {
                far[k] = (short) extreme((int) ((i / 25 + seed) % 7), k, random);
            }
            if (random.nextInt(20) > 0) {
                processor.played(far);
            }
            short[] mic = played[(i + 35) % 40].clone();
            for (int k = 0; k < mic.length; k++) {
                mic[k] = (short) Math.max(Short.MIN_VALUE, Math.min(32767, mic[k] + random.nextInt(201) - 100));
            }
            processor.process(mic);
        }

        double power = 0;
        for (int i = 0; i < 100; i++) {
            short[] mic = new short[160];
            for (int k = 0; k < mic.length; k++) {
                mic[k] = (short) (3000 * random.nextGaussian() * Math.abs(Math.sin(0.3 * i)));
            }
            processor.process(mic);
            for (short sample : mic) {
                power += (double) sample * sample;
            }
        }
        assertThat(power).isGreaterThan(1e6);
    }

    private static int extreme(int kind, int at, Random random) {
        return switch (kind) {
            case 0 -> 0;
            case 1 -> at % 2 == 0 ? Short.MAX_VALUE : Short.MIN_VALUE;
            case 2 -> random.nextInt(65_536) - 32_768;
            case 3 -> Short.MAX_VALUE;
            case 4 -> Short.MIN_VALUE;
            case 5 -> (int) (8_000 * Math.sin(0.1 * at));
            default -> random.nextInt(3) - 1;
        };
    }

    @ParameterizedTest
    @ValueSource(ints = {8000, 24000, 32000, 44100, 48000})
    void an_echo_goes_at_other_rates_with_its_upper_band(int rate) {
        VoiceProcessor processor = new VoiceProcessor(rate, Set.of(VoiceEffect.ECHO_CANCELLATION));
        short[] far = syllables(rate, 8);
        short[] mic = new short[far.length];
        int delay = rate / 10;
        for (int i = delay + 40; i < mic.length; i++) {
            mic[i] = (short) (0.4 * far[i - delay] + 0.1 * far[i - delay - 40]);
        }
        short[] out = mic.clone();
        int frame = rate / 50;
        for (int at = 0; at + frame <= mic.length; at += frame) {
            processor.played(Arrays.copyOfRange(far, at, at + frame));
            short[] samples = Arrays.copyOfRange(out, at, at + frame);
            processor.process(samples);
            System.arraycopy(samples, 0, out, at, frame);
        }

        assertThat(decibels(mic, 4 * rate) - decibels(out, 4 * rate)).isGreaterThan(25);
    }

    @Test
    void a_rate_that_no_device_has_is_refused() {
        assertThatThrownBy(() -> new VoiceProcessor(7999, EnumSet.allOf(VoiceEffect.class)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new VoiceProcessor(96000, EnumSet.allOf(VoiceEffect.class)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {8, 16, 32, 64, 128, 256, 512, 1024})
    void the_transform_is_the_sum_that_defines_it_and_back(int size) {
        RealFft fft = new RealFft(size);
        Random random = Seeds.random(size);
        float[] samples = new float[size];
        for (int i = 0; i < size; i++) {
            samples[i] = (float) random.nextGaussian();
        }
        float[] re = new float[fft.bins()];
        float[] im = new float[fft.bins()];
        fft.forward(samples, re, im);
        for (int k = 0; k < fft.bins(); k++) {
            double sumRe = 0;
            double sumIm = 0;
            for (int i = 0; i < size; i++) {
                sumRe += samples[i] * Math.cos(2 * Math.PI * k * i / size);
                sumIm -= samples[i] * Math.sin(2 * Math.PI * k * i / size);
            }
            assertThat((double) re[k]).isCloseTo(sumRe, Offset.offset(1e-4));
            assertThat((double) im[k]).isCloseTo(sumIm, Offset.offset(1e-4));
        }
        float[] back = new float[size];
        fft.inverse(re, im, back);
        assertThat(back).containsExactly(samples, Offset.offset(1e-5f));
    }

    private static short[] syllables(int rate, int seconds) {
        Random random = Seeds.random(5);
        short[] out = new short[rate * seconds];
        for (int i = 0; i < out.length; i++) {
            double envelope = Math.max(0, Math.sin(2 * Math.PI * 3 * i / rate));
            out[i] = (short) (3000 * envelope * random.nextGaussian());
        }
        return out;
    }

    private static double decibels(short[] samples, int from) {
        double sum = 1e-9;
        for (int i = from; i < samples.length; i++) {
            sum += samples[i] * (double) samples[i];
        }
        return 10 * Math.log10(sum);
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.sound;

import static com.techpro.callclient.stack.media.sound.Desk.RATE;
import static com.techpro.callclient.stack.media.sound.Desk.level;
import static com.techpro.callclient.stack.media.sound.Desk.likeness;
import static org.assertj.core.api.Assertions.assertThat;

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

/** Steady noise goes, speech stays, and its level is a common one. */
class NoiseAndLevelTest {
    private static final Set<VoiceEffect> NOISE = Set.of(VoiceEffect.NOISE_SUPPRESSION);
    private static final Set<VoiceEffect> LEVEL = Set.of(VoiceEffect.AUTO_GAIN_CONTROL);

    @Test
    void steady_noise_is_reduced_and_speech_becomes_clearer() {
        short[] near = Desk.speech(7, 12, 16000);
        Arrays.fill(near, 0, 2 * RATE, (short) 0);
        Arrays.fill(near, 8 * RATE, 12 * RATE, (short) 0);
        short[] mic = Desk.sum(near, Desk.noise(3, 12, 1000));
        short[] out = mic.clone();
        VoiceProcessor processor = new VoiceProcessor(RATE, NOISE);

        processor.process(out);

        assertThat(level(mic, 9, 11) - level(out, 9, 11)).isGreaterThan(12);
        double before = likeness(near, mic, 0, 2, 8);
        assertThat(likeness(Desk.highPassed(near), out, processor.latency(), 2, 8))
                .isGreaterThan(before + 2);
    }

    @Test
    void noise_that_gets_louder_is_reduced_again_soon() {
        short[] mic = Desk.noise(3, 10, 100);
        for (int i = 4 * RATE; i < mic.length; i++) {
            mic[i] *= 5;
        }
        short[] out = mic.clone();

        new VoiceProcessor(RATE, NOISE).process(out);

        assertThat(level(mic, 8, 9.5) - level(out, 8, 9.5)).isGreaterThan(12);
    }

    @ParameterizedTest
    @ValueSource(ints = {697, 1209, 440})
    void a_tone_is_no_noise_however_long_it_sounds(int hertz) {
        short[] mic = Desk.sum(Desk.tone(hertz, RATE, 8, 4000), Desk.noise(3, 8, 5));
        short[] out = mic.clone();

        new VoiceProcessor(RATE, NOISE).process(out);

        assertThat(level(mic, 6, 7.5) - level(out, 6, 7.5)).isLessThan(1);
    }

    @Test
    void clicks_of_typing_are_reduced() {
        short[] mic = Desk.noise(3, 12, 3);
        addBursts(mic, RATE / 2, RATE / 5);
        short[] out = mic.clone();

        new VoiceProcessor(RATE, NOISE).process(out);

        assertThat(level(mic, 2, 11) - level(out, 2, 11)).isGreaterThan(12);
    }

    @Test
    void a_lone_click_stays() {
        short[] mic = Desk.noise(3, 12, 3);
        addBursts(mic, RATE / 2, 2 * RATE);
        short[] out = mic.clone();

        new VoiceProcessor(RATE, NOISE).process(out);

        assertThat(level(out, 0, 12)).isCloseTo(level(mic, 0, 12), Offset.offset(0.5));
    }

    /** As in "ta", again and again. */
    @Test
    void bursts_before_vowels_stay() {
        short[] vowels = Desk.noise(3, 12, 3);
        for (int i = 0; i < vowels.length; i++) {
            int at = (i - RATE / 2) % (RATE * 3 / 10) - RATE / 25;
            double envelope = i < RATE / 2 || at < 0 || at > RATE / 10 ? 0 : Math.sin(Math.PI * at / (RATE / 10.0));
            vowels[i] += (short) (9000 * envelope * Math.sin(2 * Math.PI * 600 * i / RATE));
        }
        short[] mic = vowels.clone();
        addBursts(mic, RATE / 2, RATE * 3 / 10);
        short[] without = vowels.clone();
        short[] out = mic.clone();

        new VoiceProcessor(RATE, NOISE).process(without);
        new VoiceProcessor(RATE, NOISE).process(out);

        assertThat(level(difference(out, without), 2, 11))
                .isCloseTo(level(difference(mic, vowels), 2, 11), Offset.offset(1.0));
    }

    /** Of 2 ms, as loud as a word. */
    private static void addBursts(short[] samples, int from, int interval) {
        Random random = Seeds.random(4);
        for (int at = from; at + RATE / 50 < samples.length; at += interval) {
            for (int i = 0; i < RATE / 50; i++) {
                samples[at + i] += (short) (6000 * random.nextGaussian() * Math.exp(-i / (RATE * 0.002)));
            }
        }
    }

    private static short[] difference(short[] a, short[] b) {
        short[] out = new short[a.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (short) (a[i] - b[i]);
        }
        return out;
    }

    @Test
    void silence_stays_silence_and_an_offset_goes() {
        short[] silence = new short[2 * RATE];
        new VoiceProcessor(RATE, EnumSet.allOf(VoiceEffect.class)).process(silence);
        assertThat(silence).containsOnly(0);

        short[] offset = new short[2 * RATE];
        Arrays.fill(offset, (short) 3000);
        new VoiceProcessor(RATE, EnumSet.allOf(VoiceEffect.class)).process(offset);
        assertThat(level(offset, 1, 2)).isLessThan(0);
    }

    /** Their level is {@link LevelControl#QUIET}, or that of a microphone up to 40 dB too quiet. */
    @ParameterizedTest
    @ValueSource(doubles = {12000, 4000, 1200, 400, 120})
    void speech_from_a_quiet_microphone_becomes_as_loud_as_any_within_seconds(double amplitude) {
        short[] usual = Desk.speech(7, 20, 12000);
        short[] out = Desk.speech(7, 20, amplitude);

        new VoiceProcessor(RATE, LEVEL).process(out);

        for (int second = 8; second < 19; second += 3) {
            assertThat(level(out, second, second + 3)).isCloseTo(level(usual, second, second + 3), Offset.offset(1.5));
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {16000, 24000, 32000})
    void speech_of_a_normal_level_keeps_it(double amplitude) {
        short[] mic = Desk.speech(7, 20, amplitude);
        short[] out = mic.clone();

        new VoiceProcessor(RATE, LEVEL).process(out);

        for (int second = 0; second < 16; second += 4) {
            assertThat(level(out, second, second + 4)).isCloseTo(level(mic, second, second + 4), Offset.offset(1.0));
        }
    }

    @Test
    void speech_that_is_too_loud_is_lowered() {
        short[] mic = Desk.speech(7, 20, 32000);
        mic = Desk.sum(Desk.sum(mic, mic), Desk.sum(mic, mic));
        short[] out = mic.clone();

        new VoiceProcessor(RATE, LEVEL).process(out);

        assertThat(level(out, 6, 19)).isLessThan(decibels(LevelControl.LOUD));
    }

    @Test
    void noise_alone_is_not_made_louder() {
        short[] mic = Desk.noise(3, 20, 60);
        short[] out = mic.clone();

        new VoiceProcessor(RATE, LEVEL).process(out);

        assertThat(level(out, 15, 19)).isCloseTo(level(mic, 15, 19), Offset.offset(1.0));
    }

    @Test
    void a_crowd_is_not_made_louder() {
        short[] mic = new short[20 * RATE];
        for (int talker = 0; talker < 6; talker++) {
            mic = Desk.sum(mic, Desk.speech(10 + talker, 20, 200));
        }
        short[] out = mic.clone();

        new VoiceProcessor(RATE, LEVEL).process(out);

        assertThat(level(out, 10, 19) - level(mic, 10, 19)).isLessThan(1);
    }

    @Test
    void somebody_in_the_background_is_not_made_louder_while_the_user_listens() {
        short[] mic = Desk.sum(Desk.speech(7, 20, 16000), Desk.noise(3, 20, 1));
        System.arraycopy(Desk.speech(8, 20, 400), 0, mic, 10 * RATE, 10 * RATE);
        short[] out = mic.clone();

        new VoiceProcessor(RATE, LEVEL).process(out);

        assertThat(level(out, 11, 18) - level(mic, 11, 18)).isLessThan(3);
    }

    @Test
    void raised_speech_has_quiet_pauses() {
        short[] near = Desk.speech(7, 20, 400);
        Arrays.fill(near, 16 * RATE, 20 * RATE, (short) 0);
        short[] out = Desk.sum(near, Desk.noise(3, 20, 3));

        new VoiceProcessor(RATE, LEVEL).process(out);

        assertThat(level(out, 10, 15)).isGreaterThan(level(near, 10, 15) + 10);
        assertThat(level(out, 17, 19)).isLessThan(decibels(LevelControl.NOISE) + 2);
    }

    @Test
    void a_sudden_shout_is_limited_at_once() {
        short[] mic = Desk.speech(7, 12, 1000);
        short[] shout = Desk.tone(700, RATE, 12, 32000);
        System.arraycopy(shout, 10 * RATE, mic, 10 * RATE, 2 * RATE);

        new VoiceProcessor(RATE, LEVEL).process(mic);

        int beyond = 0;
        for (short sample : mic) {
            beyond += Math.abs((int) sample) > LevelControl.LIMIT + 1 ? 1 : 0;
        }
        assertThat(beyond).isZero();
    }

    private static double decibels(double rms) {
        return 20 * Math.log10(rms);
    }

    @Test
    void clipped_input_does_no_lasting_harm() {
        short[] mic = Desk.speech(7, 8, 8000);
        for (int i = RATE; i < 2 * RATE; i++) {
            mic[i] = (short) (i / 40 % 2 == 0 ? 32767 : -32768);
        }
        short[] near = Desk.highPassed(mic);
        VoiceProcessor processor = new VoiceProcessor(RATE, NOISE);

        processor.process(mic);

        assertThat(likeness(near, mic, processor.latency(), 4, 7.5)).isGreaterThan(15);
    }
}

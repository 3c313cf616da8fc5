// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.scene;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.techpro.callclient.testkit.judge.scene.SceneSettings.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** The judge knows what is good and what is bad. */
@Tag("slow")
class SceneJudgeTest {
    private static final int RATE = Scene.SAMPLE_RATE;
    private static final Scene ROOM = Scene.of(Scenes.of(Kind.ROOM, 1, 0), Voices.packaged());
    private static final int ONSET = onset(ROOM.echo());
    private static final List<Measure> WINDOWS =
            Arrays.stream(Measure.values()).filter(Measure::isEchoWindow).toList();

    @ParameterizedTest
    @EnumSource(Kind.class)
    void a_microphone_as_it_is_removes_no_echo_and_loses_no_speech(Kind kind) {
        Scene scene = Scene.of(Scenes.of(kind, 1, 0), Voices.packaged());

        SceneFigures figures = SceneJudge.judge(scene, scene.microphone());

        assertThat(figures.latency()).isZero();
        if (!scene.settings().echo) {
            assertThat(figures.values()).doesNotContainKeys(WINDOWS.toArray(new Measure[0]));
        } else {
            assertThat(WINDOWS)
                    .allSatisfy(window -> assertThat(figures.of(window)).isCloseTo(0, within(0.5)));
            assertThat(figures.of(Measure.AUDIBLE) > 1000).isEqualTo(kind != Kind.QUIET_MICROPHONE);
        }
        // Only a clipping microphone has lost some before anybody processed it.
        assertThat(figures.of(Measure.LOST)).isLessThan(10);
    }

    @Test
    void the_users_speech_alone_is_the_best_there_can_be() {
        SceneFigures figures = SceneJudge.judge(ROOM, output(ROOM, 0, 1, 0));

        assertThat(WINDOWS).allSatisfy(window -> assertThat(figures.of(window)).isGreaterThan(40));
        assertThat(figures.of(Measure.AUDIBLE)).isZero();
        assertThat(figures.of(Measure.LOST)).isZero();
        assertThat(figures.of(Measure.LONGEST_LOSS)).isZero();
        assertThat(figures.of(Measure.DISTANCE)).isLessThan(0.1);
        assertThat(figures.of(Measure.INTELLIGIBILITY)).isGreaterThan(0.99);
        assertThat(figures.latency()).isZero();
    }

    @Test
    void a_late_output_is_as_good_and_its_latency_is_measured() {
        SceneFigures figures = SceneJudge.judge(ROOM, output(ROOM, 0, 1, 320));

        assertThat(figures.latency()).isEqualTo(20);
        assertThat(figures.of(Measure.DISTANCE)).isLessThan(0.1);
        assertThat(figures.of(Measure.LOST)).isZero();
    }

    /** An echo that comes back for a tenth of a second is seen in the window that it falls in, and in no other. */
    @ParameterizedTest
    @CsvSource({
        "0.05, REMOVED_FROM_0",
        "0.35, REMOVED_FROM_0_3",
        "1.05, REMOVED_FROM_1",
        "2.05,",
        "3.05, REMOVED_FROM_3",
        "5.5,",
        "9.05, REMOVED_FROM_9",
        "11.05,"
    })
    void an_echo_is_seen_in_its_window_only(double seconds, @Nullable Measure seen) {
        short[] output = output(ROOM, 0, 1, 0);
        int from = loudest(ROOM.echo(), ONSET + (int) (seconds * RATE), RATE / 10);
        addEcho(output, ROOM, from, from + RATE / 10, 1);

        SceneFigures figures = SceneJudge.judge(ROOM, output);

        assertThat(WINDOWS)
                .allSatisfy(window ->
                        assertThat(figures.of(window) < 30).as(window.title()).isEqualTo(window == seen));
        assertThat(figures.of(Measure.AUDIBLE)).isBetween(seconds < 9 ? 30.0 : 0, seconds < 10 ? 110.0 : 0);
    }

    @ParameterizedTest
    @CsvSource({"-17, true", "-23, false"})
    void an_echo_that_has_lost_twenty_decibels_is_not_audible(double decibels, boolean audible) {
        short[] output = output(ROOM, Math.pow(10, decibels / 20), 1, 0);

        double millis = SceneJudge.judge(ROOM, output).of(Measure.AUDIBLE);

        assertThat(millis > 1000).isEqualTo(audible);
        assertThat(millis == 0).isNotEqualTo(audible);
    }

    @ParameterizedTest
    @CsvSource({"-1, true", "-16, false"})
    void an_echo_below_fifty_decibels_is_not_audible_however_little_it_has_lost(double decibels, boolean audible) {
        Scene weak = Scene.of(Scenes.of(Kind.WEAK_AND_LATE, 1, 0), Voices.packaged());

        double millis = SceneJudge.judge(weak, output(weak, Math.pow(10, decibels / 20), 1, 0))
                .of(Measure.AUDIBLE);

        assertThat(millis > 1000).isEqualTo(audible);
        assertThat(millis < 200).isNotEqualTo(audible);
    }

    @Test
    void the_users_speech_that_a_processor_spreads_by_ten_milliseconds_is_no_echo() {
        Scene both = Scene.of(Scenes.of(Kind.DOUBLE_TALK, 1, 0), Voices.packaged());
        short[] output = output(both, 0, 1, 0);
        short[] later = output(both, 0, 0.2, 160);
        for (int i = 0; i < output.length; i++) {
            output[i] += later[i];
        }

        SceneFigures figures = SceneJudge.judge(both, output);

        assertThat(figures.of(Measure.AUDIBLE)).isZero();
        assertThat(figures.of(Measure.REMOVED_BETWEEN)).isGreaterThan(40);
    }

    @Test
    void comfort_noise_as_loud_as_the_rooms_is_no_audible_echo() {
        Scene noisy = Scene.of(Scenes.of(Kind.NOISY_ECHO, 1, 0), Voices.packaged());

        assertThat(SceneJudge.judge(noisy, withNoise(noisy, 1, RATE)).of(Measure.AUDIBLE))
                .isLessThanOrEqualTo(100);
    }

    @ParameterizedTest
    @CsvSource({"1, 0", "0.25, 12"})
    void noise_is_quieter_by_its_loss(double gain, double decibels) {
        Scene noisy = Scene.of(Scenes.of(Kind.NOISE, 1, 0), Voices.packaged());

        assertThat(SceneJudge.judge(noisy, withNoise(noisy, gain, 0)).of(Measure.QUIETER))
                .isCloseTo(decibels, within(0.5));
    }

    @ParameterizedTest
    @CsvSource({"-10, 0", "-14, 100"})
    void speech_that_loses_twelve_decibels_is_lost_even_behind_an_echo(double decibels, double percent) {
        double gain = Math.pow(10, decibels / 20);

        assertThat(SceneJudge.judge(ROOM, output(ROOM, 0, gain, 0)).of(Measure.LOST))
                .isEqualTo(percent);
        // The echo is as loud as the speech was.
        SceneFigures behind = SceneJudge.judge(ROOM, output(ROOM, 1, gain, 0));
        assertThat(behind.of(Measure.LOST)).isCloseTo(percent, within(30.0));
        assertThat(behind.of(Measure.ATTENUATION)).isLessThan(-decibels - 2);
    }

    @Test
    void the_longest_loss_is_counted_in_milliseconds() {
        short[] output = output(ROOM, 0, 1, 0);
        int from = loudest(ROOM.near(), 15 * RATE, RATE / 5) / 320 * 320;
        Arrays.fill(output, from, from + RATE / 10, (short) 0);

        SceneFigures figures = SceneJudge.judge(ROOM, output);

        assertThat(figures.of(Measure.LONGEST_LOSS)).isBetween(60.0, 120.0);
        assertThat(figures.of(Measure.LOST)).isBetween(1.0, 15.0);
    }

    @Test
    void the_first_word_with_a_headset_is_judged_apart() {
        Scene headset = Scene.of(Scenes.of(Kind.HEADSET, 1, 0), Voices.packaged());
        short[] output = output(headset, 0, 1, 0);
        int from = (int) (headset.settings().nearFrom * RATE);
        for (int i = from; i < from + RATE; i++) {
            output[i] /= 4;
        }

        SceneFigures figures = SceneJudge.judge(headset, output);

        assertThat(figures.of(Measure.FIRST_WORD)).isBetween(9.0, 13.0);
        assertThat(figures.of(Measure.DISTANCE)).isLessThan(3);
    }

    @Test
    void speech_that_is_harder_to_understand_has_a_lower_score() {
        double[] scores = IntStream.of(0, 1, 3, 10)
                .mapToDouble(
                        gain -> SceneJudge.judge(ROOM, output(ROOM, gain, 1, 0)).of(Measure.INTELLIGIBILITY))
                .toArray();

        assertThat(scores[0]).isCloseTo(1, within(0.01));
        assertThat(scores[1]).isLessThan(scores[0] - 0.02);
        assertThat(scores[2]).isLessThan(scores[1] - 0.05);
        assertThat(scores[3]).isLessThan(scores[2] - 0.05).isLessThan(0.6);
    }

    @Test
    void one_window_that_is_worse_makes_a_scene_worse() {
        SceneFigures best = SceneJudge.judge(ROOM, output(ROOM, 0, 1, 0));
        SceneFigures even = SceneJudge.judge(ROOM, output(ROOM, 0.03, 1, 0));
        short[] late = output(ROOM, 0, 1, 0);
        addEcho(late, ROOM, 0, ONSET + RATE / 4, 1);
        SceneFigures worseAtFirst = SceneJudge.judge(ROOM, late);

        assertThat(worseAtFirst.leavesMoreEchoThan(even)).isTrue();
        assertThat(even.leavesMoreEchoThan(worseAtFirst)).isTrue();
        assertThat(even.leavesMoreEchoThan(best)).isTrue();
        assertThat(best.leavesMoreEchoThan(even)).isFalse();
        // The user's speech is worse, and no echo.
        assertThat(SceneJudge.judge(ROOM, output(ROOM, 0, 0.2, 0)).leavesMoreEchoThan(best))
                .isFalse();
    }

    /** The user's speech with so much of the echo, and later. */
    private static short[] output(Scene scene, double echo, double near, int later) {
        short[] out = new short[scene.near().length];
        for (int i = later; i < out.length; i++) {
            out[i] = (short) Math.rint(near * scene.near()[i - later] + echo * scene.echo()[i - later]);
        }
        return out;
    }

    private static short[] withNoise(Scene scene, double gain, int later) {
        short[] out = output(scene, 0, 1, 0);
        for (int i = 0; i < out.length; i++) {
            out[i] += (short) Math.rint(gain * scene.noise()[(i + later) % out.length]);
        }
        return out;
    }

    private static void addEcho(short[] output, Scene scene, int from, int to, double gain) {
        for (int i = from; i < to; i++) {
            output[i] += (short) (gain * scene.echo()[i]);
        }
    }

    private static int onset(double[] echo) {
        int at = 0;
        while (Math.abs(echo[at]) < 100) {
            at++;
        }
        return at;
    }

    /** Where in the next 0.15 s so many samples are loudest. */
    private static int loudest(double[] samples, int from, int length) {
        int best = from;
        double most = 0;
        for (int at = from; at < from + 0.15 * RATE; at += 80) {
            double sum = 0;
            for (int i = at; i < at + length; i++) {
                sum += samples[i] * samples[i];
            }
            if (sum > most) {
                most = sum;
                best = at;
            }
        }
        return best;
    }
}

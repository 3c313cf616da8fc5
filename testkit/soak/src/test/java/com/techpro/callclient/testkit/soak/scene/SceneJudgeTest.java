// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.scene;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.soak.scene.SceneSettings.Kind;
import java.util.HashSet;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

/** The judge knows what is good and what is bad. */
class SceneJudgeTest {
    private static final Voices VOICES = Voices.packaged();

    @Test
    void the_same_settings_make_the_same_scene() {
        SceneSettings settings = Scenes.of(Kind.MOVING, 1);

        assertThat(Scene.of(settings, VOICES).microphone())
                .isEqualTo(Scene.of(settings, VOICES).microphone());
        assertThat(Scene.of(settings, VOICES).microphone())
                .isNotEqualTo(Scene.of(Scenes.of(Kind.MOVING, 2), VOICES).microphone());
    }

    @Test
    void there_are_two_hundred_different_scenes() {
        assertThat(new HashSet<>(Scenes.all())).hasSizeGreaterThanOrEqualTo(200);
    }

    @Test
    void a_microphone_as_it_is_reduces_no_echo() {
        Scene scene = Scene.of(Scenes.of(Kind.ROOM, 2), VOICES);

        SceneFigures figures = SceneJudge.judge(scene, scene.microphone());

        assertThat(figures.erle3()).isCloseTo(0, Offset.offset(0.1));
        assertThat(figures.late()).isCloseTo(0, Offset.offset(0.1));
    }

    @Test
    void the_users_speech_alone_is_the_best_there_can_be() {
        Scene scene = Scene.of(Scenes.of(Kind.ROOM, 2), VOICES);

        SceneFigures figures = SceneJudge.judge(scene, rounded(scene.near(), 0));

        assertThat(figures.erle3()).isGreaterThan(40);
        assertThat(figures.distance()).isLessThan(0.1);
        assertThat(figures.segmental()).isGreaterThan(34);
        assertThat(figures.latency()).isZero();
    }

    @Test
    void a_late_output_is_as_good_and_its_latency_is_measured() {
        Scene scene = Scene.of(Scenes.of(Kind.ROOM, 2), VOICES);

        SceneFigures figures = SceneJudge.judge(scene, rounded(scene.near(), 320));

        assertThat(figures.latency()).isEqualTo(20);
        assertThat(figures.distance()).isLessThan(0.1);
    }

    private static short[] rounded(double[] samples, int later) {
        short[] out = new short[samples.length];
        for (int i = later; i < out.length; i++) {
            out[i] = (short) Math.rint(samples[i - later]);
        }
        return out;
    }
}

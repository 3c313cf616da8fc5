// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.scene;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import com.techpro.callclient.ports.audio.VoiceEffect;
import com.techpro.callclient.stack.media.sound.LearntEcho;
import com.techpro.callclient.stack.media.sound.VoiceProcessor;
import com.techpro.callclient.testkit.judge.scene.SceneSettings.Kind;
import java.lang.management.ManagementFactory;
import java.util.Arrays;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The engine's voice processing in some of the scenes. */
class VoiceProcessorScenesTest {
    private static final int FRAME = Scene.SAMPLE_RATE / 100;
    private static final long SEED = 1;
    private static final Voices VOICES = Voices.packaged();

    @Test
    void the_echo_in_a_room_goes_and_the_user_stays() {
        SceneFigures figures = judged(Kind.ROOM, 0);

        assertThat(figures.of(Measure.REMOVED_FROM_3)).isGreaterThan(25);
        assertThat(figures.of(Measure.REMOVED_BETWEEN)).isGreaterThan(15);
        assertThat(figures.of(Measure.ATTENUATION)).isLessThan(3);
    }

    @Test
    void an_echo_that_a_young_model_does_not_know_is_suppressed() {
        SceneFigures figures = judged(Kind.LOUDSPEAKER_WITH_MEMORY, 1);

        assertThat(figures.of(Measure.REMOVED_FROM_1)).isGreaterThan(25);
    }

    @Test
    void the_echo_of_a_steady_tone_is_suppressed_from_its_onset() {
        SceneFigures figures = judged(Kind.TONES, 9);

        assertThat(figures.of(Measure.REMOVED_FROM_0)).isGreaterThan(25);
        assertThat(figures.of(Measure.REMOVED_FROM_0_3)).isGreaterThan(35);
    }

    @Test
    void with_a_headset_the_user_is_heard_unchanged() {
        VoiceProcessor first = processor(null);
        SceneFigures unknown = judged(Kind.HEADSET, 1, first);
        SceneFigures figures = judged(Kind.HEADSET, 1, processor(first.learnt()));

        // Who speaks with the far end at once is taken for its echo, until it is known that there is none.
        assertThat(unknown.of(Measure.DISTANCE)).isLessThan(0.6);
        assertThat(unknown.of(Measure.LOST)).isLessThan(3);
        assertThat(figures.of(Measure.DISTANCE)).isLessThan(0.5);
        assertThat(figures.of(Measure.FIRST_WORD)).isLessThan(1);
        assertThat(figures.of(Measure.LOST)).isZero();
        assertThat(figures.latency()).isLessThanOrEqualTo(20);
    }

    @Test
    void no_frame_allocates() {
        Scene scene = Scene.of(Scenes.of(Kind.DELAY_JUMP, SEED, 1), VOICES);
        short[] far = scene.far();
        short[] mic = scene.microphone();
        VoiceProcessor processor = new VoiceProcessor(Scene.SAMPLE_RATE, EnumSet.allOf(VoiceEffect.class));
        short[] played = new short[FRAME];
        short[] frame = new short[FRAME];
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long id = Thread.currentThread().getId();
        long most = 0;
        for (int round = 0; round < 2; round++) {
            long before = threads.getThreadAllocatedBytes(id);
            for (int at = 0; at + FRAME <= mic.length; at += FRAME) {
                System.arraycopy(far, at, played, 0, FRAME);
                System.arraycopy(mic, at, frame, 0, FRAME);
                processor.played(played);
                processor.process(frame);
            }
            most = threads.getThreadAllocatedBytes(id) - before;
        }

        // The measurement itself allocates a little; a byte a frame would be 2000.
        assertThat(most).isLessThan(1000);
    }

    private static VoiceProcessor processor(@Nullable LearntEcho remembered) {
        return new VoiceProcessor(Scene.SAMPLE_RATE, EnumSet.of(VoiceEffect.ECHO_CANCELLATION), remembered);
    }

    private static SceneFigures judged(Kind kind, int number) {
        return judged(kind, number, processor(null));
    }

    private static SceneFigures judged(Kind kind, int number, VoiceProcessor processor) {
        Scene scene = Scene.of(Scenes.of(kind, SEED, number), VOICES);
        short[] far = scene.far();
        short[] out = scene.microphone();
        for (int at = 0; at + FRAME <= out.length; at += FRAME) {
            processor.played(Arrays.copyOfRange(far, at, at + FRAME));
            short[] frame = Arrays.copyOfRange(out, at, at + FRAME);
            processor.process(frame);
            System.arraycopy(frame, 0, out, at, FRAME);
        }
        return SceneJudge.judge(scene, out);
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.context;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.internal.call.context.EchoMemory.DevicePair;
import com.techpro.callclient.ports.audio.AudioDevice;
import com.techpro.callclient.ports.audio.VoiceEffect;
import com.techpro.callclient.stack.media.sound.LearntEcho;
import com.techpro.callclient.stack.media.sound.VoiceProcessor;
import com.techpro.callclient.testkit.contracts.Sound;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EchoMemoryTest {
    private static final LearntEcho SOMETHING = learnt();
    private static final List<AudioDevice> PRESENT = List.of(
            new AudioDevice("1", "Headset", AudioDevice.Direction.CAPTURE, false),
            new AudioDevice("2", "Built-in", AudioDevice.Direction.CAPTURE, true),
            new AudioDevice("2", "Headset", AudioDevice.Direction.PLAYBACK, false),
            new AudioDevice("3", "Built-in", AudioDevice.Direction.PLAYBACK, true));

    private final EchoMemory memory = new EchoMemory();

    @Test
    void of_the_seventeenth_pair_on_the_one_that_was_used_longest_ago_is_forgotten() {
        for (int i = 0; i < 16; i++) {
            memory.keep(pair(i), SOMETHING);
        }
        assertThat(memory.of(pair(0))).isSameAs(SOMETHING);
        memory.keep(pair(16), SOMETHING);

        assertThat(memory.of(pair(1))).isNull();
        assertThat(memory.of(pair(0))).isSameAs(SOMETHING);
        assertThat(memory.of(pair(16))).isSameAs(SOMETHING);
    }

    @Test
    void a_stream_in_which_nothing_was_learnt_leaves_the_learnt_echo() {
        memory.keep(pair(1), SOMETHING);
        memory.keep(pair(1), null);

        assertThat(memory.of(pair(1))).isSameAs(SOMETHING);
    }

    @ParameterizedTest
    @CsvSource({"1, 2, 1, 2", ", , 2, 3", "1, , 1, 3", "gone, 3, 2, 3", "3, 1, 2, 3"})
    void a_pair_is_of_the_chosen_devices_or_else_of_the_default_ones(
            String microphone, String speaker, String usedMicrophone, String usedSpeaker) {
        assertThat(DevicePair.among(PRESENT, microphone, speaker))
                .isEqualTo(new DevicePair(usedMicrophone, usedSpeaker));
    }

    @Test
    void without_devices_a_pair_is_of_none() {
        assertThat(DevicePair.among(List.of(), "1", null)).isEqualTo(new DevicePair(null, null));
    }

    @Test
    void ids_which_may_name_a_person_are_not_in_the_text() {
        assertThat(new DevicePair("Alice's headset", "Alice's headset").toString())
                .doesNotContain("Alice");
    }

    private static DevicePair pair(int number) {
        return new DevicePair("microphone", "speaker " + number);
    }

    private static LearntEcho learnt() {
        VoiceProcessor processor = new VoiceProcessor(8_000, Set.of(VoiceEffect.ECHO_CANCELLATION));
        Sound far = Sound.noise(1, 8_000);
        for (int frame = 0; frame < 200; frame++) {
            short[] played = new short[80];
            for (int i = 0; i < played.length; i++) {
                played[i] = far.at(80L * frame + i, 8_000);
            }
            processor.played(played);
            processor.process(new short[80]);
        }
        return processor.learnt();
    }
}

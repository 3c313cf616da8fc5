// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.ports.audio.AudioFormat;
import com.techpro.callclient.ports.audio.AudioPort;
import com.techpro.callclient.ports.audio.AudioStream;
import com.techpro.callclient.ports.audio.AudioStreamListener;
import com.techpro.callclient.ports.audio.AudioUnavailableException;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class FakeAudioTest extends FakeAudioKit {
    private static final AudioStreamListener DEAF = new AudioStreamListener() {
        @Override
        public void interrupted(String reason) {}

        @Override
        public void restored() {}
    };

    @RegisterExtension
    final LeakCheck leaks = new LeakCheck().watch(time).watch(audio);

    @Override
    protected AudioPort port() {
        return audio;
    }

    @Test
    void a_second_of_speech_is_a_hundred_frames_of_the_microphones_sound() throws Exception {
        var other = new FakeAudio(time.openLoop("other")).microphone(Sound.tone(440, 1_000));
        int[] frames = new int[1];
        short[] last = new short[80];
        AudioStream stream = other.openCapture(
                null,
                AudioFormat.NARROWBAND,
                frame -> {
                    frames[0]++;
                    System.arraycopy(frame, 0, last, 0, frame.length);
                },
                DEAF);

        time.advance(Duration.ofSeconds(1));
        stream.close();

        assertThat(frames[0]).isEqualTo(100);
        for (int i = 0; i < last.length; i++) {
            assertThat(last[i]).isEqualTo(Sound.tone(440, 1_000).at(99 * 80 + i, 8_000));
        }
        assertThat(other.opened()).isEqualTo(1);
        assertThat(other.closed()).isEqualTo(1);
    }

    @Test
    void the_speaker_records_the_samples_it_was_given() throws Exception {
        AudioStream stream = audio.openPlayback(
                null, AudioFormat.NARROWBAND, frame -> java.util.Arrays.fill(frame, (short) 7), DEAF);

        time.advance(Duration.ofMillis(100));
        stream.close();

        assertThat(audio.heard()).hasSize(800).containsOnly((short) 7);
    }

    @Test
    void a_refusal_carries_its_reason() {
        audio.refuse(AudioUnavailableException.Reason.BUSY);

        assertThatThrownBy(() -> audio.openCapture(null, AudioFormat.NARROWBAND, frame -> {}, DEAF))
                .isInstanceOfSatisfying(
                        AudioUnavailableException.class,
                        refusal -> assertThat(refusal.reason()).isEqualTo(AudioUnavailableException.Reason.BUSY));
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.pbx.sound.WavFile;
import com.techpro.callclient.testkit.soak.speech.SpeechClip;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The ear of the tests with real peers: it must bear what a jitter buffer does, and be able to fail. */
class SpokenFileTest {
    private static final int RATE = SpeechClip.SAMPLE_RATE;
    private short[] said;
    private SpokenFile speech;

    @BeforeEach
    void read() throws IOException {
        try (InputStream wav = SpeechClip.class.getResourceAsStream("speech.wav")) {
            said = WavFile.read(wav, RATE);
        }
        speech = new SpokenFile(Path.of("speech.wav"), said);
    }

    /** Six seconds of it, from a place within; every so often the sound moves by a frame, to and fro. */
    private short[] heard(int stretch) {
        short[] heard = new short[6 * RATE];
        for (int i = 0; i < heard.length; i++) {
            int moved = i / stretch % 2 * 160;
            heard[i] = said[(20_000 + i + moved) % said.length];
        }
        return heard;
    }

    @Test
    void speech_is_recognised_from_any_position() {
        speech.assertHeardSamples(heard(Integer.MAX_VALUE));
    }

    @Test
    void a_jitter_buffer_that_is_at_work_all_the_time_hides_nothing() {
        speech.assertHeardSamples(heard(RATE / 5));
    }

    @Test
    void half_a_conversation_is_not_enough() {
        short[] broken = heard(Integer.MAX_VALUE);
        Random noise = Seeds.random(3);
        for (int second = 0; second < 6; second++) {
            for (int i = 0; i < RATE / 2; i++) {
                broken[second * RATE + i] = (short) (noise.nextGaussian() * 1_500);
            }
        }

        assertThatThrownBy(() -> speech.assertHeardSamples(broken)).isInstanceOf(AssertionError.class);
    }

    @Test
    void reversed_or_silent_sound_is_not_the_speech() {
        short[] backwards = heard(Integer.MAX_VALUE);
        for (int i = 0; i < backwards.length / 2; i++) {
            short sample = backwards[i];
            backwards[i] = backwards[backwards.length - 1 - i];
            backwards[backwards.length - 1 - i] = sample;
        }

        assertThatThrownBy(() -> speech.assertHeardSamples(backwards)).isInstanceOf(AssertionError.class);
        Arrays.fill(backwards, (short) 0);
        assertThatThrownBy(() -> speech.assertHeardSamples(backwards)).isInstanceOf(AssertionError.class);
    }
}

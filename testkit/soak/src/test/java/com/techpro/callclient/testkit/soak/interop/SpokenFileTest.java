// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.pbx.sound.WavFile;
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

    /** On a busy machine a spliced window of one vowel was once more like the same vowel four seconds away. */
    @Test
    void a_vowel_that_the_speech_has_twice_is_heard_where_it_is_due() {
        int window = RATE / 6;
        short[] moving = heard(window);
        short[] heard = Arrays.copyOfRange(moving, window / 2, moving.length);
        int others = heard.length / window / 2;
        short[] twice = Arrays.copyOf(said, said.length + others * window);
        for (int i = 0; i < others; i++) {
            System.arraycopy(heard, (others - i) * 2 * window - window, twice, said.length + i * window, window);
        }

        new SpokenFile(Path.of("speech.wav"), twice).assertHeardSamples(heard);
    }

    @Test
    void words_in_another_order_are_not_the_speech() {
        short[] heard = heard(Integer.MAX_VALUE);
        int word = RATE / 4;
        short[] shuffled = new short[heard.length];
        for (int i = 0; i < heard.length / word; i++) {
            System.arraycopy(heard, i * 7 % 24 * word, shuffled, i * word, word);
        }

        assertThatThrownBy(() -> speech.assertHeardSamples(shuffled)).isInstanceOf(AssertionError.class);
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

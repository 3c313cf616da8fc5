// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.judge.speech.SpeechSource;
import com.techpro.callclient.testkit.judge.verify.SpeechVerdict.Outcome;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RecordingCheckTest {
    private static final int SECOND = SpeechClip.SAMPLE_RATE;
    private static final long BEGUN_AT = 1_000_003;
    private static SpeechClip clip;

    private final RecordingCheck check = new RecordingCheck(SpeechLimits.CLEAN);
    private final SpeechSource said = new SpeechSource(clip, 12_345);

    @BeforeAll
    static void loadClip() throws IOException {
        clip = SpeechClip.builtIn();
    }

    private static short[] recorded(SpeechSource talk) {
        short[] samples = new short[5 * SECOND];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = talk.at(BEGUN_AT + i);
        }
        return samples;
    }

    @Test
    void when_a_recording_was_made_is_found_and_it_is_verified() {
        short[] recording = recorded(said);

        long begin = RecordingCheck.begin(said, recording, BEGUN_AT - 2 * SECOND, BEGUN_AT + SECOND)
                .orElseThrow();

        assertThat(begin).isEqualTo(BEGUN_AT);
        assertThat(check.judge(said, recording, begin, List.of()).outcome()).isEqualTo(Outcome.VERIFIED);
    }

    /** Of what was heard before a hold, a moment may come after it. Here it comes in a pause, in which it is heard best. */
    @Test
    void the_end_of_another_sound_at_its_beginning_is_none_of_it() {
        long begin = BEGUN_AT;
        while (Math.max(loudest(begin), loudest(begin + 800)) > 60) {
            begin += 80;
        }
        short[] recording = new short[5 * SECOND];
        for (int i = 0; i < recording.length; i++) {
            recording[i] = said.at(begin + i);
        }
        short[] late = recording.clone();
        for (int i = 0; i < 640; i++) {
            late[i] = said.at(begin + SECOND + i);
        }
        assertThat(check.judge(said, recording, begin, List.of()).outcome()).isEqualTo(Outcome.VERIFIED);
        assertThat(check.judge(said, late, begin, List.of()).outcome()).isEqualTo(Outcome.VERIFIED);
        System.arraycopy(late, 0, late, 800, 640);
        assertThat(check.judge(said, late, begin, List.of()).outcome()).isEqualTo(Outcome.NOISE);
    }

    /** In 100 ms. */
    private int loudest(long from) {
        int most = 0;
        for (long i = from; i < from + 800; i++) {
            most = Math.max(most, Math.abs(said.at(i)));
        }
        return most;
    }

    @Test
    void other_speech_or_the_same_at_another_time_is_not_found() {
        SpeechSource other = new SpeechSource(clip, (12_345 + clip.length() / 2) % clip.length());

        assertThat(RecordingCheck.begin(said, recorded(other), BEGUN_AT - SECOND, BEGUN_AT + SECOND))
                .isEmpty();
        assertThat(RecordingCheck.begin(said, recorded(said), BEGUN_AT + SECOND, BEGUN_AT + 3 * SECOND))
                .isEmpty();
    }

    @Test
    void a_hole_in_it_is_a_gap_unless_the_machine_made_it() {
        short[] recording = recorded(said);
        Arrays.fill(recording, 2 * SECOND, 2 * SECOND + SECOND / 2, (short) 0);

        assertThat(check.judge(said, recording, BEGUN_AT, List.of()).outcome()).isEqualTo(Outcome.GAPS);
        Span stalled = new Span(2 * SECOND, 2 * SECOND + SECOND / 4);
        assertThat(check.judge(said, recording, BEGUN_AT, List.of(new Excuse(stalled, stalled.to() - stalled.from())))
                        .excusedPercent())
                .isPositive();
    }

    @Test
    void an_empty_recording_is_found_nowhere() {
        assertThat(RecordingCheck.begin(said, new short[0], 0, 10L * SECOND)).isEmpty();
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.soak.speech.SpeechClip;
import com.techpro.callclient.testkit.soak.speech.SpeechSource;
import com.techpro.callclient.testkit.soak.verify.SpeechVerdict.Outcome;
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

    @Test
    void what_somebody_else_said_at_that_time_or_the_same_at_another_is_not_found() {
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

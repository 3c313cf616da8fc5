// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.judge.speech.SpeechSource;
import com.techpro.callclient.testkit.judge.verify.SilenceVerdict.Outcome;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A voice that is heard on hold, however short, must be found out. */
class SilenceCheckTest {
    private static final int SECOND = SpeechClip.SAMPLE_RATE;
    private static final int HEARD_AT = 5 * SECOND;

    private final SilenceCheck check = new SilenceCheck();
    private final Span hold = new Span(2 * SECOND, 3 * SECOND);
    private SpeechSource said;
    private short[] heard;

    @BeforeEach
    void speechWithAHoldOfOneSecond() throws IOException {
        said = new SpeechSource(SpeechClip.builtIn(), 4321);
        heard = new short[5 * SECOND];
        for (int i = 0; i < heard.length; i++) {
            heard[i] = said.at(HEARD_AT + i - 700);
        }
        Arrays.fill(heard, hold.from() - 400, hold.to() + 400, (short) 0);
    }

    @Test
    void silence_is_silent_also_with_the_least_step_of_g711() {
        assertThat(judge().outcome()).isEqualTo(Outcome.SILENT);
        Arrays.fill(heard, hold.from(), hold.to(), (short) 8);
        assertThat(judge().outcome()).isEqualTo(Outcome.SILENT);
        assertThat(judge().judged().toMillis()).isEqualTo(1000);
    }

    /** docs/judge.md: -60 dB of full scale, which is an effective value of 32. */
    @ParameterizedTest
    @CsvSource({"31, SILENT", "34, OTHER_SOUND", "100, OTHER_SOUND", "320, OTHER_SOUND"})
    void a_level_above_minus_60_dBFS_counts_as_sound(int effective, Outcome outcome) {
        for (int i = hold.from(); i < hold.to(); i++) {
            heard[i] = (short) (i / 4 % 2 == 0 ? effective : -effective);
        }
        assertThat(judge().outcome()).isEqualTo(outcome);
    }

    @Test
    void a_recording_that_ends_with_the_sound_is_silent_behind_its_end() {
        heard = Arrays.copyOf(heard, hold.from() - 800);
        assertThat(judge().outcome()).isEqualTo(Outcome.SILENT);
    }

    @Test
    void the_voice_of_the_far_end_is_recognised_however_faint() {
        for (int i = hold.from(); i < hold.to(); i++) {
            heard[i] = (short) (said.at(HEARD_AT + i - 700) / 20);
        }
        assertThat(judge().outcome()).isEqualTo(Outcome.VOICE);
    }

    @Test
    void a_tenth_of_a_second_of_it_is_enough() {
        int loudest = loudest(hold.from(), hold.to() - 800);
        for (int i = loudest; i < loudest + 800; i++) {
            heard[i] = said.at(HEARD_AT + i - 700);
        }
        assertThat(judge().outcome()).isEqualTo(Outcome.VOICE);
        assertThat(judge().audible().toMillis()).isBetween(40L, 120L);
    }

    @Test
    void music_is_told_from_the_voice() {
        for (int i = hold.from(); i < hold.to(); i++) {
            heard[i] = (short) (3000 * Math.sin(i * 0.3) + 2000 * Math.sin(i * 0.41));
        }
        assertThat(judge().outcome()).isEqualTo(Outcome.OTHER_SOUND);
    }

    @Test
    void a_hold_that_was_too_short_proves_nothing() {
        assertThat(check.judge(said, heard, HEARD_AT, List.of()).outcome()).isEqualTo(Outcome.TOO_SHORT);
        assertThat(check.judge(said, heard, HEARD_AT, List.of(new Span(hold.from(), hold.from() + 1000)))
                        .outcome())
                .isEqualTo(Outcome.TOO_SHORT);
    }

    private SilenceVerdict judge() {
        return check.judge(said, heard, HEARD_AT, List.of(hold));
    }

    private int loudest(int from, int to) {
        int best = from;
        double most = 0;
        for (int at = from; at < to; at += 160) {
            double sum = 0;
            for (int i = at; i < at + 800; i++) {
                sum += (double) said.at(HEARD_AT + i - 700) * said.at(HEARD_AT + i - 700);
            }
            if (sum > most) {
                most = sum;
                best = at;
            }
        }
        return best;
    }
}

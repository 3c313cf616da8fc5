// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.soak.verify.SpeechFrame.Kind;
import com.techpro.callclient.testkit.soak.verify.SpeechVerdict.Outcome;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpeechTallyTest {
    private static final int HEARD_AFTER = 300;

    /** One letter a frame: s missing, p a pause, h heard; all that follows is heard. */
    @ParameterizedTest
    @CsvSource({
        "s, VERIFIED",
        "ss, CLIPPED_BEGINNING",
        "spppps, VERIFIED",
        "sppss, CLIPPED_BEGINNING",
        "ssppps, CLIPPED_BEGINNING",
        "shs, VERIFIED"
    })
    void a_pause_ends_a_word_and_one_frame_of_it_may_be_missing(String begin, Outcome expected) {
        SpeechTally tally = new SpeechTally();
        tally.add(stretch(begin), Duration.ZERO);
        assertThat(tally.verdict(SpeechLimits.CLEAN).outcome()).isEqualTo(expected);
    }

    /** Likewise with o for something else, of a codec that adapts for 40 ms. */
    @ParameterizedTest
    @CsvSource({
        "oo, VERIFIED",
        "soo, VERIFIED",
        "ooo, VERIFIED",
        "oooo, CLIPPED_BEGINNING",
        "ss, CLIPPED_BEGINNING",
        "ssoo, CLIPPED_BEGINNING"
    })
    void a_codec_that_adapts_may_begin_with_something_else_but_not_with_silence(String begin, Outcome expected) {
        SpeechTally tally = new SpeechTally();
        tally.add(stretch(begin), Fidelity.G722.adaptation());
        assertThat(tally.verdict(SpeechLimits.CLEAN).outcome()).isEqualTo(expected);
    }

    private static SpeechFrame[] stretch(String begin) {
        SpeechFrame[] stretch = new SpeechFrame[begin.length() + HEARD_AFTER];
        Arrays.setAll(
                stretch,
                i -> new SpeechFrame(i < begin.length() ? kind(begin.charAt(i)) : Kind.HEARD, i * 160, 40, 0, true));
        return stretch;
    }

    private static Kind kind(char letter) {
        return switch (letter) {
            case 's' -> Kind.SILENT;
            case 'o' -> Kind.OTHER;
            case 'p' -> Kind.PAUSE;
            default -> Kind.HEARD;
        };
    }
}

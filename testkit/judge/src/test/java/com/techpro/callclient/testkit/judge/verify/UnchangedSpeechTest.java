// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.techpro.callclient.testkit.judge.speech.Recording;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.judge.speech.SpeechClip.Rate;
import com.techpro.callclient.testkit.judge.speech.SpeechSource;
import com.techpro.callclient.testkit.judge.verify.SpeechVerdict.Outcome;
import com.techpro.callclient.testkit.pbx.sound.SpeechCodec;
import com.techpro.callclient.testkit.pbx.sound.SpeechCodec.Fate;
import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Six seconds of a call with a hold in the middle, heard 111 ms late. */
class UnchangedSpeechTest {
    private static final int SECOND = SpeechClip.SAMPLE_RATE;
    private static final int BEGIN = 70_000;
    private static final int DELAY = 888;
    private static final int LENGTH = 6 * SECOND;
    private static final List<Period> DUE =
            List.of(new Period(BEGIN, BEGIN + 2 * SECOND), new Period(BEGIN + 3 * SECOND, BEGIN + LENGTH));

    private final SpeechCheck check = new SpeechCheck(SpeechLimits.CLEAN);
    private SpeechSource said;

    @BeforeEach
    void aVoice() throws IOException {
        said = new SpeechSource(SpeechClip.builtIn(), 12_345);
    }

    @ParameterizedTest
    @EnumSource(
            value = SpeechCodec.class,
            names = {"G711_ALAW", "G711_ULAW"})
    void an_ear_finds_the_same(SpeechCodec codec) {
        SpeechVerdict found = check.judgeUnchanged(said, heard(codec), DUE);
        SpeechVerdict ear = byEar(heard(codec));

        assertThat(found).isNotNull();
        assertThat(found.outcome()).isEqualTo(Outcome.VERIFIED).isEqualTo(ear.outcome());
        assertThat(found.delay()).isEqualTo(Duration.ofMillis(111));
        assertThat(ear.delay()).isCloseTo(found.delay(), Duration.ofMillis(1));
        assertThat(found.bandHertz()).isEqualTo(ear.bandHertz());
        assertThat(found.score()).isCloseTo(ear.score(), within(0.1));
        assertThat(found.levelDb()).isCloseTo(ear.levelDb(), within(0.3));
        assertThat(found.spectralDistance()).isCloseTo(ear.spectralDistance(), within(0.3));
        assertThat((double) found.compared().toMillis())
                .isCloseTo(ear.compared().toMillis(), within(500.0));
        assertThat(found.findings()).isEmpty();
    }

    @Test
    void a_gateway_between_both_laws_changes_nothing() {
        short[] once = SpeechCodec.G711_ULAW.coded(spoken(), packet -> Fate.DECODED);
        short[] twice = SpeechCodec.G711_ALAW.coded(once, packet -> Fate.DECODED);
        assertThat(check.judgeUnchanged(said, recording(twice), DUE)).isNotNull();
    }

    @ParameterizedTest
    @EnumSource(
            value = SpeechCodec.class,
            names = {"GSM", "ADPCM"})
    void of_any_other_codec_nothing_is_known(SpeechCodec codec) {
        assertThat(check.judgeUnchanged(said, heard(codec), DUE)).isNull();
    }

    @ParameterizedTest
    @ValueSource(ints = {DELAY, 8_000, 2 * SECOND - 1, 3 * SECOND + DELAY, LENGTH - 1})
    void one_sample_that_was_due_and_is_another_is_for_an_ear(int place) {
        Recording heard = heard(SpeechCodec.G711_ULAW);
        heard.samples()[place] ^= 0x100;
        assertThat(check.judgeUnchanged(said, heard, DUE)).isNull();
    }

    @Test
    void sound_outside_of_due_speech_does_not_matter() {
        Recording heard = heard(SpeechCodec.G711_ULAW);
        Arrays.fill(heard.samples(), 0, DELAY, (short) 9_000);
        Arrays.fill(heard.samples(), 2 * SECOND, 3 * SECOND + DELAY, (short) 9_000);
        assertThat(check.judgeUnchanged(said, heard, DUE)).isNotNull();
    }

    @Test
    void a_recording_without_its_last_sample_is_for_an_ear() {
        Recording heard = heard(SpeechCodec.G711_ULAW);
        short[] shorter = Arrays.copyOf(heard.samples(), LENGTH - 1);
        assertThat(check.judgeUnchanged(said, recording(shorter), DUE)).isNull();
    }

    @Test
    void a_delay_that_changes_is_for_an_ear() {
        Recording heard = heard(SpeechCodec.G711_ULAW);
        System.arraycopy(heard.samples(), 2 * SECOND, heard.samples(), 2 * SECOND + 1, LENGTH - 2 * SECOND - 1);
        assertThat(check.judgeUnchanged(said, heard, DUE)).isNull();
    }

    @Test
    void the_speech_of_another_call_is_for_an_ear() {
        SpeechSource other = new SpeechSource(said.clip(), 32_345);
        assertThat(check.judgeUnchanged(other, heard(SpeechCodec.G711_ULAW), DUE))
                .isNull();
    }

    @Test
    void silence_and_no_recording_are_for_an_ear() {
        assertThat(check.judgeUnchanged(said, recording(new short[LENGTH]), DUE))
                .isNull();
        assertThat(check.judgeUnchanged(said, new Recording(new short[0], -1, List.of()), DUE))
                .isNull();
        assertThat(check.judgeUnchanged(said, heard(SpeechCodec.G711_ULAW), List.of()))
                .isNull();
        assertThat(check.judgeUnchanged(said, heard(SpeechCodec.G711_ULAW).at(Rate.WIDEBAND), DUE))
                .isNull();
    }

    @Test
    void limits_hold_for_it_too() {
        SpeechCheck strict = new SpeechCheck(SpeechLimits.CLEAN.withBand(7_000));
        SpeechVerdict found = strict.judgeUnchanged(said, heard(SpeechCodec.G711_ULAW), DUE);
        assertThat(found).isNotNull();
        assertThat(found.outcome()).isEqualTo(Outcome.NARROW);
    }

    private SpeechVerdict byEar(Recording heard) {
        List<Span> due = DUE.stream()
                .map(period -> new Span((int) (period.from() - BEGIN), (int) (period.to() - BEGIN)))
                .toList();
        return check.judge(said, heard.samples(), BEGIN, due, List.of());
    }

    @Test
    void every_sample_decodes_as_the_codec_decodes_it() {
        short[] all = new short[1 << 16];
        for (int i = 0; i < all.length; i++) {
            all[i] = (short) i;
        }
        short[] alaw = SpeechCodec.G711_ALAW.coded(Arrays.copyOf(all, all.length + 160), packet -> Fate.DECODED);
        short[] ulaw = SpeechCodec.G711_ULAW.coded(Arrays.copyOf(all, all.length + 160), packet -> Fate.DECODED);
        for (int i = 0; i < all.length; i++) {
            assertThat(UnchangedSpeech.alaw(all[i])).as("A-law of " + all[i]).isEqualTo(alaw[i]);
            assertThat(UnchangedSpeech.ulaw(all[i])).as("µ-law of " + all[i]).isEqualTo(ulaw[i]);
        }
    }

    private Recording heard(SpeechCodec codec) {
        return recording(codec.coded(spoken(), packet -> Fate.DECODED));
    }

    private short[] spoken() {
        short[] spoken = new short[LENGTH];
        said.copy(Rate.NARROWBAND, BEGIN - DELAY, spoken);
        return spoken;
    }

    private static Recording recording(short[] samples) {
        return new Recording(samples, BEGIN, List.of());
    }
}

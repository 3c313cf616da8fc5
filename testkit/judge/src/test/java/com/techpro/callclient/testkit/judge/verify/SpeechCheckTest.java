// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.judge.ear.Finding;
import com.techpro.callclient.testkit.judge.ear.Finding.Kind;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.judge.speech.SpeechSource;
import com.techpro.callclient.testkit.judge.verify.SpeechVerdict.Outcome;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import javax.sound.sampled.AudioFormat;
import javax.sound.sampled.AudioInputStream;
import javax.sound.sampled.AudioSystem;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The check must pass what a good line does, and must be able to fail: each way a line can be bad is one test. */
class SpeechCheckTest {
    private static final int SECOND = SpeechClip.SAMPLE_RATE;
    private static final int FRAME = SpeechClip.FRAME;
    private static final int HEARD_AT = 3 * SECOND;
    private static SpeechClip clip;

    private final SpeechCheck check = new SpeechCheck(SpeechLimits.CLEAN);
    private final SpeechSource said = new SpeechSource(clip, 12_345);

    @BeforeAll
    static void loadClip() throws IOException {
        clip = SpeechClip.builtIn();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 20, 61, 150, 390})
    void speech_over_g711_is_verified_at_any_delay(int delayMillis) throws IOException {
        SpeechVerdict verdict = judge(g711(delayed(delayMillis * 8, 6 * SECOND)));

        assertThat(verdict.outcome()).isEqualTo(Outcome.VERIFIED);
        assertThat(verdict.gapPercent()).isZero();
        assertThat(verdict.spectralDistance()).isLessThan(2);
        assertThat(verdict.delay().toMillis()).isEqualTo(delayMillis);
        assertThat(verdict.stretches()).isZero();
        assertThat(verdict.compared().toMillis()).isBetween(3000L, 6000L);
    }

    /** Nobody can talk like that, though each word is there. */
    @ParameterizedTest
    @ValueSource(ints = {410, 880, 1100})
    void speech_that_comes_too_late_fails_as_late(int delayMillis) throws IOException {
        SpeechVerdict verdict = judge(g711(delayed(delayMillis * 8, 6 * SECOND)));

        assertThat(verdict.outcome()).isEqualTo(Outcome.TOO_LATE);
        assertThat(verdict.delay().toMillis()).isEqualTo(delayMillis);
    }

    @Test
    void silence_fails() {
        SpeechVerdict verdict = judge(new short[6 * SECOND]);

        assertThat(verdict.outcome()).isEqualTo(Outcome.NOTHING_HEARD);
        assertThat(verdict.gapPercent()).isEqualTo(100);
    }

    @Test
    void noise_fails() {
        short[] noise = new short[6 * SECOND];
        Random random = Seeds.random(7);
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (short) (random.nextGaussian() * 1500);
        }

        assertThat(judge(noise).outcome()).isEqualTo(Outcome.OTHER_SOUND);
    }

    /** RFC 3389: of 58 of 32,768, which is -55 dBov. */
    @Test
    void comfort_noise_up_to_the_level_that_was_set_is_verified() throws IOException {
        short[] heard = g711(delayed(400, 6 * SECOND));
        Random random = Seeds.random(7);
        for (int i = 0; i < heard.length; i++) {
            heard[i] = (short) (heard[i] * 2 / 5 + random.nextGaussian() * 58);
        }
        SpeechLimits limits = SpeechLimits.CLEAN.atAnyLevelAndBand();

        assertThat(judge(limits, heard)).isEqualTo(Outcome.NOISE);
        assertThat(judge(limits.withNoise(-50), heard)).isEqualTo(Outcome.VERIFIED);
        assertThat(judge(limits.withNoise(-60), heard)).isEqualTo(Outcome.NOISE);
    }

    private Outcome judge(SpeechLimits limits, short[] heard) {
        List<Span> due = List.of(new Span(0, heard.length));
        return new SpeechCheck(limits)
                .judge(said, heard, HEARD_AT, due, List.of())
                .outcome();
    }

    @ParameterizedTest
    @ValueSource(ints = {10_000, 20_000, 30_000, 40_000, 50_000})
    void the_same_voice_from_another_call_fails(int elsewhere) throws IOException {
        SpeechSource other = new SpeechSource(clip, (said.start() + elsewhere) % clip.length());

        SpeechVerdict verdict = judge(g711(delayed(other, 400, 6 * SECOND)));

        assertThat(verdict.verified()).isFalse();
        assertThat(verdict.gapPercent()).isGreaterThan(20);
    }

    /** As after a hiccup, when the jitter buffer goes on that much later: what comes after is there, and no gap. */
    @ParameterizedTest
    @ValueSource(ints = {45, 60, 75, 100, 160})
    void a_delay_that_jumps_is_followed_and_only_the_jump_is_missing(int jumpMillis) throws IOException {
        int jump = jumpMillis * 8;
        int mostMissing = jumpMillis + 40;
        for (int at = SECOND; at < 5 * SECOND; at += SECOND / 7) {
            short[] heard = delayed(400, 6 * SECOND);
            short[] later = delayed(400 + jump, 6 * SECOND);
            Arrays.fill(heard, at, at + jump, (short) 0);
            System.arraycopy(later, at + jump, heard, at + jump, heard.length - at - jump);

            SpeechVerdict verdict = judge(g711(heard));

            double missing = verdict.gapPercent() * verdict.compared().toMillis() / 100;
            assertThat(missing).as("milliseconds missing, jump at %d", at).isLessThanOrEqualTo((double) mostMissing);
        }
    }

    @Test
    void ten_percent_of_the_packets_lost_and_not_concealed_fails() throws IOException {
        short[] heard = g711(delayed(480, 6 * SECOND));
        Random random = Seeds.random(3);
        int lost = 0;
        for (int frame = 0; frame < heard.length / FRAME; frame++) {
            if (random.nextInt(10) == 0) {
                Arrays.fill(heard, frame * FRAME, (frame + 1) * FRAME, (short) 0);
                lost++;
            }
        }

        SpeechVerdict verdict = judge(heard);

        assertThat(lost).isGreaterThan(10);
        assertThat(verdict.outcome()).isEqualTo(Outcome.GAPS);
        assertThat(verdict.gapPercent()).isCloseTo(10, within(4.0));
    }

    @Test
    void one_lost_packet_is_not_the_end_of_the_world_but_is_counted() throws IOException {
        short[] heard = g711(delayed(480, 6 * SECOND));
        int inSpeech = loudest(heard);
        Arrays.fill(heard, inSpeech, inSpeech + FRAME, (short) 0);

        SpeechVerdict verdict = judge(heard);

        assertThat(verdict.outcome()).isEqualTo(Outcome.VERIFIED);
        assertThat(verdict.gapPercent()).isBetween(0.1, 1.0);
    }

    /** 2 % of some three seconds of speech. */
    @Test
    void a_gap_of_60_ms_is_tolerated_and_a_gap_of_140_ms_is_not() throws IOException {
        short[] heard = g711(delayed(480, 6 * SECOND));
        int inSpeech = loudest(heard) / FRAME * FRAME;
        Arrays.fill(heard, inSpeech, inSpeech + 3 * FRAME, (short) 0);
        assertThat(judge(heard).outcome()).isEqualTo(Outcome.VERIFIED);
        assertThat(judge(heard).findings()).extracting(Finding::kind).containsExactly(Kind.MISSING);

        Arrays.fill(heard, inSpeech - 2 * FRAME, inSpeech + 5 * FRAME, (short) 0);
        SpeechVerdict verdict = judge(heard);
        assertThat(verdict.outcome()).isEqualTo(Outcome.GAPS);
        assertThat(verdict.findings()).singleElement().satisfies(finding -> {
            assertThat(finding.kind()).isEqualTo(Kind.MISSING);
            assertThat(finding.at().toMillis()).isCloseTo((inSpeech - 2 * FRAME) / 8, within(10L));
            assertThat(finding.length().toMillis()).isCloseTo(140, within(10L));
        });
    }

    @Test
    void only_a_gap_during_a_stall_of_the_tests_own_sound_card_is_excused() throws IOException {
        short[] heard = g711(delayed(480, 6 * SECOND));
        int inSpeech = loudest(heard) / FRAME * FRAME;
        Arrays.fill(heard, inSpeech - 2 * FRAME, inSpeech + 5 * FRAME, (short) 0);
        List<Span> due = List.of(new Span(0, heard.length));

        SpeechVerdict excused =
                check.judge(said, heard, HEARD_AT, due, List.of(excuse(inSpeech - 3 * FRAME, inSpeech + 6 * FRAME)));
        assertThat(excused.outcome()).isEqualTo(Outcome.VERIFIED);
        assertThat(excused.excusedPercent()).isBetween(2.0, 6.0);
        assertThat(excused.gapPercent()).isZero();

        List<Excuse> elsewhere = List.of(excuse(0, FRAME));
        assertThat(check.judge(said, heard, HEARD_AT, due, elsewhere).outcome()).isEqualTo(Outcome.GAPS);
    }

    @Test
    void speech_missing_during_a_continuous_stall_is_inconclusive() throws IOException {
        short[] heard = g711(delayed(480, 6 * SECOND));
        Arrays.fill(heard, 2 * SECOND, 4 * SECOND, (short) 0);
        List<Span> always = List.of(new Span(0, heard.length));
        assertThat(check.judge(said, heard, HEARD_AT, always, List.of(excuse(0, heard.length)))
                        .outcome())
                .isEqualTo(Outcome.MACHINE_STALLED);
    }

    /** From both sides of a tenth. */
    @ParameterizedTest
    @CsvSource({"700, 7, 10, VERIFIED", "1000, 10, 14, MACHINE_STALLED"})
    void speech_is_verified_with_a_tenth_excused_at_most(int gapMillis, double least, double most, Outcome outcome)
            throws IOException {
        short[] heard = g711(delayed(480, 6 * SECOND));
        int inSpeech = loudest(heard) / FRAME * FRAME;
        Arrays.fill(heard, inSpeech - gapMillis * 4, inSpeech + gapMillis * 4, (short) 0);
        List<Excuse> stalled = List.of(excuse(inSpeech - gapMillis * 4 - FRAME, inSpeech + gapMillis * 4 + FRAME));
        SpeechVerdict verdict = check.judge(said, heard, HEARD_AT, List.of(new Span(0, heard.length)), stalled);
        assertThat(verdict.excusedPercent()).isBetween(least, most);
        assertThat(verdict.outcome()).isEqualTo(outcome);
    }

    /** As on a busy machine, which plays late what was said. */
    @Test
    void of_noise_in_the_pauses_beside_a_stall_nothing_can_be_said() throws IOException {
        int from = 2 * SECOND;
        int to = 4 * SECOND;
        short[] heard = g711(delayed(480, 6 * SECOND));
        Random random = Seeds.random(1);
        for (int i = from; i < to; i++) {
            heard[i] += (short) (Math.abs(heard[i]) < 60 ? random.nextInt(2_000) - 1_000 : 0);
        }
        assertThat(stalled(heard).outcome()).isEqualTo(Outcome.NOISE);
        assertThat(stalled(heard, excuse(from, to)).outcome()).isEqualTo(Outcome.MACHINE_STALLED);
        assertThat(stalled(heard, excuse(0, SECOND), excuse(5 * SECOND, 6 * SECOND))
                        .outcome())
                .isEqualTo(Outcome.NOISE);
    }

    /** One percent for six seconds is 60 ms. */
    @ParameterizedTest
    @CsvSource({"0, WRONG_SPEED", "10, WRONG_SPEED", "60, MACHINE_STALLED", "100, MACHINE_STALLED"})
    void of_a_wrong_speed_that_stalls_can_have_made_nothing_can_be_said(int stalledMillis, Outcome outcome)
            throws IOException {
        short[] heard = new short[6 * SECOND];
        for (int i = 0; i < heard.length; i++) {
            double at = HEARD_AT - 480 + i * 0.99;
            long before = (long) Math.floor(at);
            heard[i] = (short) Math.round(said.at(before) * (1 - at + before) + said.at(before + 1) * (at - before));
        }
        assertThat(stalled(g711(heard), excuse(3 * SECOND, 3 * SECOND + stalledMillis * 8))
                        .outcome())
                .isEqualTo(outcome);
    }

    private SpeechVerdict stalled(short[] heard, Excuse... excuses) {
        return check.judge(said, heard, HEARD_AT, List.of(new Span(0, heard.length)), List.of(excuses));
    }

    @Test
    void a_delay_that_changes_in_a_pause_makes_no_gap() throws IOException {
        // Given 15 ms cut out of every pause that is long enough, and put back in the next one
        short[] heard = new short[6 * SECOND];
        int delay = 480;
        boolean cut = false;
        int quiet = 0;
        for (int i = 0; i < heard.length; i++) {
            short sample = said.at(HEARD_AT + i - delay);
            quiet = Math.abs(sample) < 30 ? quiet + 1 : 0;
            if (quiet == 300) {
                delay += cut ? 120 : -120;
                cut = !cut;
            }
            heard[i] = sample;
        }
        SpeechVerdict verdict = judge(g711(heard));
        assertThat(verdict.stretches()).isPositive();
        assertThat(verdict.gapPercent()).isZero();
    }

    @Test
    void a_jitter_buffer_that_stretches_is_followed() throws IOException {
        // Given a delay that a splice changes by 5 ms, up and down, three times
        short[] heard = new short[6 * SECOND];
        int delay = 400;
        for (int i = 0; i < heard.length; i++) {
            if (i > 0 && i % (3 * SECOND / 2) == 0) {
                delay += i / (3 * SECOND / 2) % 2 == 0 ? -40 : 40;
            }
            heard[i] = said.at(HEARD_AT + i - delay);
        }

        SpeechVerdict verdict = judge(g711(heard));

        assertThat(verdict.outcome()).isEqualTo(Outcome.VERIFIED);
        assertThat(verdict.stretches()).isBetween(1, 3);
    }

    @Test
    void a_jitter_buffer_that_buffers_anew_is_found_again_and_costs_only_its_gap() throws IOException {
        // Given 200 ms of silence in the middle of a word, and all later speech that much later
        short[] heard = delayed(400, 6 * SECOND);
        int middle = loudest(heard);
        short[] later = delayed(400 + 1600, 6 * SECOND);
        System.arraycopy(later, middle, heard, middle, heard.length - middle);
        Arrays.fill(heard, middle, middle + 1600, (short) 0);

        SpeechVerdict verdict = judge(g711(heard));

        assertThat(verdict.gapPercent()).as(verdict.toString()).isBetween(1.0, 8.0);
    }

    @Test
    void speech_squeezed_through_a_narrow_band_fails() throws IOException {
        short[] heard = delayed(480, 6 * SECOND);
        for (int time = 0; time < 3; time++) {
            for (int i = heard.length - 1; i >= 6; i--) {
                int sum = 0;
                for (int before = 0; before < 6; before++) {
                    sum += heard[i - before];
                }
                heard[i] = (short) Math.max(-32_000, Math.min(32_000, sum / 5));
            }
        }

        assertThat(judge(g711(heard)).outcome()).isEqualTo(Outcome.NARROW);
    }

    @Test
    void speech_a_third_as_loud_fails() throws IOException {
        short[] heard = delayed(480, 6 * SECOND);
        for (int i = 0; i < heard.length; i++) {
            heard[i] = (short) (heard[i] / 3);
        }

        assertThat(judge(g711(heard)).outcome()).isEqualTo(Outcome.TOO_QUIET);
    }

    @Test
    void only_the_time_in_which_speech_was_due_is_judged() throws IOException {
        // Given a hold of two seconds
        short[] heard = g711(delayed(480, 8 * SECOND));
        Arrays.fill(heard, 3 * SECOND, 5 * SECOND, (short) 0);
        List<Span> due = List.of(new Span(0, 3 * SECOND), new Span(5 * SECOND, 8 * SECOND));

        assertThat(check.judge(said, heard, HEARD_AT, due, List.of()).outcome()).isEqualTo(Outcome.VERIFIED);
        assertThat(judge(heard).outcome()).isEqualTo(Outcome.GAPS);
    }

    /** Its jitter buffer begins anew, and comes to its delay at the next pause. */
    @ParameterizedTest
    @CsvSource({"40105, 46, 67", "40251, 58, 83", "5186, 52, 82", "23518, 50, 77"})
    void after_the_music_of_a_hold_speech_may_be_later_for_a_moment(int start, int before, int after) {
        SpeechSource talk = new SpeechSource(clip, start);
        int held = 28 * SECOND / 10;
        int resumed = 4 * SECOND;
        short[] heard = delayed(talk, 8 * before, 7 * SECOND);
        int pause = pauseAfter(heard, resumed + SECOND / 13);
        System.arraycopy(delayed(talk, 8 * after, pause), resumed, heard, resumed, pause - resumed);
        for (int i = held; i < resumed; i++) {
            heard[i] = (short) (8000 * Math.sin(2 * Math.PI * 440 * i / SECOND));
        }
        List<Span> due = List.of(new Span(0, held), new Span(resumed, heard.length));

        SpeechVerdict verdict = check.judge(talk, heard, HEARD_AT, due, List.of());

        assertThat(verdict.outcome()).as(verdict.findings().toString()).isEqualTo(Outcome.VERIFIED);
    }

    /** Returns the middle of the first 60 ms in which nearly nothing is heard. */
    private static int pauseAfter(short[] heard, int from) {
        int quiet = 0;
        int at = from;
        while (quiet < 480) {
            quiet = Math.abs(heard[at++]) < 30 ? quiet + 1 : 0;
        }
        return at - 240;
    }

    /** It stands where it was, once. */
    @Test
    void a_first_word_that_is_cut_is_told_of_its_own_stretch() throws IOException {
        short[] heard = g711(delayed(480, 8 * SECOND));
        int at = loudest(heard);
        Arrays.fill(heard, 0, at + 2 * FRAME, (short) 0);
        List<Span> due = List.of(new Span(at - 480, 5 * SECOND), new Span(5 * SECOND, 8 * SECOND));

        assertThat(check.judge(said, heard, HEARD_AT, due, List.of()).findings())
                .extracting(Finding::kind)
                .containsOnlyOnce(Kind.BEGINNING_CUT);
    }

    @Test
    void too_little_speech_proves_nothing() throws IOException {
        assertThat(judge(g711(delayed(480, SECOND / 2))).outcome()).isEqualTo(Outcome.TOO_SHORT);
        assertThat(judge(new short[0]).outcome()).isEqualTo(Outcome.TOO_SHORT);
    }

    private static Excuse excuse(int from, int to) {
        return new Excuse(new Span(from, to), to - from);
    }

    private SpeechVerdict judge(short[] heard) {
        return check.judge(said, heard, HEARD_AT, List.of(new Span(0, heard.length)), List.of());
    }

    private short[] delayed(int samples, int length) {
        return delayed(said, samples, length);
    }

    private static short[] delayed(SpeechSource talk, int samples, int length) {
        short[] heard = new short[length];
        for (int i = 0; i < length; i++) {
            heard[i] = talk.at(HEARD_AT + i - samples);
        }
        return heard;
    }

    private static int loudest(short[] samples) {
        int best = 0;
        double most = 0;
        for (int at = SECOND; at < samples.length - SECOND; at += FRAME) {
            double sum = 0;
            for (int i = at; i < at + FRAME; i++) {
                sum += (double) samples[i] * samples[i];
            }
            if (sum > most) {
                most = sum;
                best = at;
            }
        }
        return best;
    }

    /** Through µ-law and back, by the JDK's codec rather than the engine's. */
    private static short[] g711(short[] samples) throws IOException {
        ByteBuffer bytes = ByteBuffer.allocate(samples.length * 2).order(ByteOrder.LITTLE_ENDIAN);
        bytes.asShortBuffer().put(samples);
        AudioFormat linear = new AudioFormat(SECOND, 16, 1, true, false);
        AudioFormat ulaw = new AudioFormat(AudioFormat.Encoding.ULAW, SECOND, 8, 1, 1, SECOND, false);
        var pcm = new AudioInputStream(new ByteArrayInputStream(bytes.array()), linear, samples.length);
        var coded = new ByteArrayOutputStream();
        AudioSystem.getAudioInputStream(ulaw, pcm).transferTo(coded);
        var back = AudioSystem.getAudioInputStream(
                linear, new AudioInputStream(new ByteArrayInputStream(coded.toByteArray()), ulaw, coded.size()));
        short[] result = new short[samples.length];
        ByteBuffer.wrap(back.readAllBytes())
                .order(ByteOrder.LITTLE_ENDIAN)
                .asShortBuffer()
                .get(result);
        return result;
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.ear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.judge.curves.TestVoice;
import com.techpro.callclient.testkit.judge.degrade.AddedSound;
import com.techpro.callclient.testkit.judge.degrade.Amplitude;
import com.techpro.callclient.testkit.judge.degrade.Degradation;
import com.techpro.callclient.testkit.judge.degrade.EngineCoding;
import com.techpro.callclient.testkit.judge.degrade.Filter;
import com.techpro.callclient.testkit.judge.degrade.Interruption;
import com.techpro.callclient.testkit.judge.degrade.PacketLoss;
import com.techpro.callclient.testkit.judge.degrade.PacketLoss.Concealment;
import com.techpro.callclient.testkit.judge.degrade.Timing;
import com.techpro.callclient.testkit.judge.ear.Finding.Kind;
import com.techpro.callclient.testkit.judge.ear.Hearing.Verdict;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.judge.speech.SpeechClip.Rate;
import com.techpro.callclient.testkit.judge.speech.SpeechSource;
import com.techpro.callclient.testkit.judge.verify.CodedSpeech;
import com.techpro.callclient.testkit.pbx.sound.SpeechCodec;
import com.techpro.callclient.testkit.pbx.sound.WavFile;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class EarTest {
    private static final Ear EAR = new Ear();
    private static final int MILLISECOND = Ear.SAMPLE_RATE / 1_000;
    private static final int PACKET = 20 * MILLISECOND;
    private static final Duration TEN = Duration.ofMillis(10);
    /** 61.3 ms: on no grid. */
    private static final int ONE_WAY = 981;

    private static final Degradation LATE = Timing.delay(ONE_WAY);

    private static SpeechClip clip;
    private static short[] said;

    @BeforeAll
    static void speak() throws IOException {
        clip = SpeechClip.builtIn();
        said = talk(3_000, 10);
    }

    private static short[] talk(int start, int seconds) {
        SpeechSource talk = new SpeechSource(clip, start);
        short[] samples = new short[seconds * Ear.SAMPLE_RATE];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = talk.at(Rate.WIDEBAND, i);
        }
        return samples;
    }

    private static Hearing hearing(Degradation damage) {
        return EAR.compare(said, LATE.then(damage).applyTo(said));
    }

    /** Where a packet may begin; the sixteenth of them is one of 10 ms. */
    private static IntStream offsets() {
        return IntStream.iterate(0, at -> at <= 160, at -> at + 20);
    }

    @Test
    void undamaged_speech_is_verified_with_the_best_score() {
        Hearing hearing = hearing(Degradation.none());
        assertThat(hearing.verdict()).isEqualTo(Verdict.VERIFIED);
        assertThat(hearing.score()).isCloseTo(5, within(0.01));
        assertThat(hearing.findings()).isEmpty();
        assertThat(hearing.delay()).isEqualTo(Duration.ofMillis(61));
        assertThat(hearing.levelDb()).isCloseTo(0, within(0.1));
        assertThat(hearing.missingPercent()).isZero();
    }

    @ParameterizedTest
    @EnumSource(names = {"G711_ALAW", "G711_ULAW"})
    void G711_at_any_delay_is_verified(SpeechCodec law) {
        for (int delay : new int[] {0, 1, 39, 80, 160, 333, 3_201, 6_000}) {
            Hearing hearing = new Ear()
                    .compare(
                            said, Timing.delay(delay).then(EngineCoding.of(law)).applyTo(said));
            assertThat(hearing.verified()).as(delay + ": " + hearing).isTrue();
            assertThat(hearing.highestHertz()).isLessThanOrEqualTo(4_000);
        }
    }

    @ParameterizedTest
    @EnumSource(CodedSpeech.class)
    @Tag("slow")
    void G722_and_Opus_are_verified(CodedSpeech codec) {
        for (int start = 0; start < clip.length(); start += 7_001) {
            SpeechSource talk = new SpeechSource(clip, start);
            Hearing hearing = new Ear()
                    .compare(talk(start, 10), codec.coded(talk, 0, 10 * SpeechClip.SAMPLE_RATE, lost -> false));
            assertThat(hearing.verified())
                    .as(start + ": " + hearing + hearing.findings())
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {-12, -6, 6, 12})
    void a_level_is_told_and_does_not_decide(double decibels) {
        short[] quiet = Amplitude.gain(-12).applyTo(said);
        Hearing hearing = EAR.compare(quiet, LATE.then(Amplitude.gain(decibels)).applyTo(quiet));
        assertThat(hearing.verified()).as(hearing.toString()).isTrue();
        assertThat(hearing.levelDb()).isCloseTo(decibels, within(0.5));
    }

    @Test
    void an_inverted_waveform_is_told_and_does_not_decide() {
        Hearing hearing = hearing(Amplitude.inverted());
        assertThat(hearing.verified()).as(hearing.toString()).isTrue();
        assertThat(hearing.upsideDown()).isTrue();
        assertThat(hearing(Degradation.none()).upsideDown()).isFalse();
    }

    @Test
    void an_offset_is_told_and_does_not_decide() {
        Hearing hearing = hearing(Amplitude.offset(900));
        assertThat(hearing.verified()).as(hearing.toString()).isTrue();
        assertThat(hearing.offset()).isCloseTo(900, within(20.0));
    }

    @ParameterizedTest
    @ValueSource(ints = {80, 120, 300})
    void a_high_pass_filter_does_not_decide(int hertz) {
        Hearing hearing = hearing(Filter.highPass(hertz));
        assertThat(hearing.verified())
                .as(hearing.toString() + hearing.findings())
                .isTrue();
    }

    @Test
    void the_telephone_band_is_told_and_does_not_decide() {
        Hearing hearing = hearing(Filter.telephoneBand().then(EngineCoding.of(SpeechCodec.G711_ALAW)));
        assertThat(hearing.verified())
                .as(hearing.toString() + hearing.findings())
                .isTrue();
        assertThat(hearing.highestHertz()).isBetween(3_300, 4_000);
    }

    @ParameterizedTest
    @MethodSource("offsets")
    void packets_lost_in_silence_are_caught_wherever_they_begin(int offset) {
        assertThat(hearing(PacketLoss.even(4).offset(offset)).verdict()).isEqualTo(Verdict.GAPS);
        assertThat(hearing(PacketLoss.even(4).packets(TEN).offset(offset)).verdict())
                .isEqualTo(Verdict.GAPS);
        Hearing few = hearing(PacketLoss.even(0.5).offset(offset));
        assertThat(few.verified()).as(few.toString()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("offsets")
    void holes_of_ten_milliseconds_are_caught_wherever_they_begin(int offset) {
        Hearing hearing = hearing(Interruption.holes(TEN, offset));
        assertThat(hearing.verdict()).isEqualTo(Verdict.GAPS);
        assertThat(hearing.missingPercent()).isCloseTo(20, within(6.0));
    }

    @ParameterizedTest
    @CsvSource({"5, 1", "10, 1", "4, 5", "10, 5"})
    void random_loss_is_caught(double percent, int burst) {
        Random random = Seeds.random(5);
        for (int run = 0; run < 8; run++) {
            int offset = random.nextInt(PACKET);
            Hearing hearing =
                    hearing(PacketLoss.bursts(percent, burst, random.nextLong()).offset(offset));
            assertThat(hearing.verified()).as(hearing.toString()).isFalse();
        }
    }

    @Test
    void loss_is_told_by_its_place_and_length() {
        int at = loudMoment();
        Hearing hearing = hearing(Interruption.silence(time(at), Duration.ofMillis(60)));
        assertThat(hearing.verdict()).isEqualTo(Verdict.GAPS);
        Finding finding = hearing.findings().get(0);
        assertThat(finding.kind()).isEqualTo(Kind.MISSING);
        assertThat(finding.at().toMillis()).isCloseTo(at / MILLISECOND, within(6L));
        assertThat(finding.length().toMillis()).isCloseTo(60, within(6L));
    }

    private static double rms(short[] samples, int from, int to) {
        return Math.sqrt(IntStream.range(from, to)
                .mapToDouble(i -> (double) samples[i] * samples[i])
                .average()
                .orElseThrow());
    }

    private static Duration time(int sample) {
        return Duration.ofNanos(sample * 1_000_000_000L / Ear.SAMPLE_RATE);
    }

    /** Where 60 ms of loud speech begin. */
    private static int loudMoment() {
        short[] heard = LATE.applyTo(said);
        for (int at = 3 * Ear.SAMPLE_RATE; ; at += PACKET) {
            boolean loud = true;
            for (int part = at; part < at + 60 * MILLISECOND; part += 5 * MILLISECOND) {
                loud &= rms(heard, part, part + 5 * MILLISECOND) > 1_500;
            }
            if (loud) {
                return at;
            }
        }
    }

    @Test
    void more_damage_is_never_judged_better() {
        double before = 5.01;
        for (double percent : new double[] {0, 1, 2, 4, 8, 16, 32}) {
            double score = hearing(PacketLoss.even(percent).offset(57)).score();
            assertThat(score).as(percent + " %").isLessThanOrEqualTo(before);
            before = score;
        }
        before = 5.01;
        for (double decibels : new double[] {50, 40, 30, 20, 10, 0}) {
            double score = hearing(AddedSound.noise(decibels, 1)).score();
            assertThat(score).as(decibels + " dB").isLessThanOrEqualTo(before);
            before = score;
        }
    }

    @Test
    void packets_played_twice_are_caught() {
        Hearing hearing = hearing(PacketLoss.even(16).offset(57).concealedBy(Concealment.REPEAT));
        assertThat(hearing.verified()).as(hearing.toString()).isFalse();
        assertThat(hearing.findings()).extracting(Finding::kind).contains(Kind.REPEATED);
    }

    @Test
    void added_hum_noise_voices_and_clicks_are_detected() {
        short[] neighbour = talk(30_000, 10);
        assertCaught(Kind.HUM, AddedSound.hum(15, 50));
        assertCaught(Kind.NOISE, AddedSound.noise(20, 2));
        assertCaught(Kind.VOICE, AddedSound.sound(neighbour, 20));
        assertCaught(Kind.CLICK, AddedSound.clicks(Duration.ofMillis(487), 20_000));
        Hearing faint = hearing(AddedSound.noise(45, 3));
        assertThat(faint.verified()).as(faint.toString()).isTrue();
    }

    private static void assertCaught(Kind kind, Degradation damage) {
        Hearing hearing = hearing(damage);
        assertThat(hearing.verdict())
                .as(hearing.toString() + hearing.findings())
                .isEqualTo(Verdict.NOISE);
        assertThat(hearing.findings()).extracting(Finding::kind).contains(kind);
    }

    @Test
    void a_last_word_that_ends_early_is_caught() {
        Hearing cut = hearing(Interruption.endCut(Duration.ofMillis(100)));
        assertThat(cut.verdict()).isEqualTo(Verdict.CUT);
        assertThat(cut.findings()).extracting(Finding::kind).contains(Kind.END_CUT);
    }

    @Test
    void a_first_word_that_begins_late_is_caught() {
        short[] quietFirst = Interruption.silence(Duration.ZERO, time(loudMoment() - ONE_WAY))
                .applyTo(said);
        short[] heard =
                LATE.then(Interruption.beginningCut(Duration.ofMillis(100))).applyTo(quietFirst);
        Hearing hearing = EAR.compare(quietFirst, heard);
        assertThat(hearing.verdict()).isEqualTo(Verdict.CUT);
        assertThat(hearing.findings()).extracting(Finding::kind).contains(Kind.BEGINNING_CUT);
    }

    @Test
    void a_word_that_was_left_out_is_missed() {
        Hearing hearing = hearing(leftOut(100));
        assertThat(hearing.verdict()).as(hearing.toString()).isEqualTo(Verdict.GAPS);
    }

    /** Of a soak: a word in Opus, of which the first 0.3 s came 12 ms later than the rest. */
    @Test
    void a_short_word_with_a_splice_is_no_other_sound() throws Exception {
        short[] said = recording("spliced-word-said.wav");
        short[] heard = recording("spliced-word-heard.wav");
        Hearing hearing = new Ear().compare(said, heard);
        assertThat(hearing.findings()).as(hearing.toString()).isEmpty();
        // And the other way round: 12 ms earlier
        Hearing exchanged = new Ear().compare(heard, said);
        assertThat(exchanged.missingPercent() + exchanged.otherPercent())
                .as(exchanged.toString())
                .isZero();
    }

    /** Wherever the recording ends: the last 100 ms have a delay of their own. */
    @Test
    void a_splice_shortly_before_the_end_is_no_other_sound() {
        int at = 3_000 * MILLISECOND;
        int period = 167;
        int fade = 5 * MILLISECOND;
        short[] heard = new short[said.length];
        for (int i = ONE_WAY; i < heard.length; i++) {
            double spliced = Math.max(0, Math.min(1, (i - ONE_WAY - at + fade) / (double) fade));
            int before = i - ONE_WAY;
            heard[i] = (short) Math.rint((1 - spliced) * said[before] + spliced * said[Math.max(0, before - period)]);
        }
        for (int after = 100 * MILLISECOND; after < 200 * MILLISECOND; after += 5 * MILLISECOND) {
            Hearing hearing = EAR.compare(said, Arrays.copyOf(heard, at + ONE_WAY + after));
            assertThat(hearing.otherPercent()).as("%s", hearing).isLessThan(0.3);
        }
    }

    private static short[] recording(String name) throws Exception {
        URL file = Objects.requireNonNull(EarTest.class.getResource(name));
        return WavFile.read(Path.of(file.toURI()), Ear.SAMPLE_RATE);
    }

    /** As often as on a bad network, by 6 ms to and fro, each faded over 5 ms. */
    @ParameterizedTest
    @CsvSource({"3000, 400", "20000, 370"})
    void where_a_jitter_buffer_plays_faster_and_slower_nothing_is_another_sound(int start, int apart) {
        short[] talk = talk(start, 10);
        short[] heard = new short[talk.length];
        int every = apart * MILLISECOND;
        int fade = 5 * MILLISECOND;
        for (int at = 2 * every + ONE_WAY; at < heard.length; at++) {
            int part = at / every;
            int delay = ONE_WAY + part % 2 * 6 * MILLISECOND;
            int before = ONE_WAY + (part + 1) % 2 * 6 * MILLISECOND;
            double faded = Math.min(1, at % every / (double) fade);
            heard[at] = (short) Math.rint(faded * talk[at - delay] + (1 - faded) * talk[at - before]);
        }
        Hearing hearing = new Ear()
                .compare(
                        Interruption.silence(Duration.ZERO, Duration.ofMillis(2 * apart))
                                .applyTo(talk),
                        heard);
        assertThat(hearing.verified()).as(hearing + " " + hearing.findings()).isTrue();
        assertThat(hearing.otherPercent()).as("%s", hearing).isLessThan(2.5);
    }

    @Test
    void speech_too_late_for_a_conversation_is_reported_as_late() {
        assertThat(new Ear()
                        .compare(said, Timing.delay(Duration.ofMillis(380)).applyTo(said))
                        .verdict())
                .isEqualTo(Verdict.VERIFIED);
        Hearing late = EAR.compare(said, Timing.delay(Duration.ofMillis(880)).applyTo(said));
        assertThat(late.verdict()).isEqualTo(Verdict.LATE);
        assertThat(late.delay()).isEqualTo(Duration.ofMillis(880));
    }

    @ParameterizedTest
    @ValueSource(doubles = {-5, -4, -3, -1, 1, 3, 4, 5})
    void another_speed_is_told(double percent) {
        Hearing hearing = hearing(Timing.faster(percent));
        assertThat(hearing.verdict()).isEqualTo(Verdict.WRONG_SPEED);
        // To half of a percent where the waveform tells too little.
        assertThat(hearing.fasterPercent()).isCloseTo(percent, within(Math.abs(percent) > 3 ? 0.6 : 0.3));
    }

    /** As in a flood: by 15 ms twice, a second apart, in four seconds. */
    @Test
    void a_jitter_buffer_that_grows_twice_has_the_right_speed() {
        Duration step = Duration.ofMillis(15);
        Degradation grows = Timing.delayStep(Duration.ofMillis(1_500), step)
                .then(Timing.delayStep(Duration.ofMillis(2_500), step))
                .then((heard, rate) -> Arrays.copyOf(heard, 4 * rate));
        assertThat(hearing(grows).fasterPercent()).isCloseTo(0, within(0.3));
    }

    /** As on a machine that is too busy: by 35 ms once a second, from the first word to the last. */
    @Test
    void a_jitter_buffer_that_grows_each_second_has_the_right_speed() {
        Degradation grows = (heard, rate) -> heard.clone();
        for (int second = 1; second < said.length / Ear.SAMPLE_RATE; second++) {
            grows = grows.then(Timing.delayStep(Duration.ofSeconds(second), Duration.ofMillis(35)));
        }
        assertThat(hearing(grows).fasterPercent()).isCloseTo(0, within(0.3));
    }

    @Test
    void silence_another_voice_and_too_little_have_verdicts_of_their_own() {
        assertThat(hearing((heard, rate) -> new short[heard.length]).verdict()).isEqualTo(Verdict.NOTHING_HEARD);
        short[] other = talk(35_000, 10);
        assertThat(EAR.compare(said, other).verdict()).isEqualTo(Verdict.OTHER_SOUND);
        assertThat(EAR.compare(new short[0], said).verdict()).isEqualTo(Verdict.TOO_SHORT);
        assertThat(EAR.compare(said, new short[0]).verdict()).isEqualTo(Verdict.NOTHING_HEARD);
    }

    /** Recorders that stop a moment apart cut no word. */
    @ParameterizedTest
    @CsvSource({
        "0, 2000, CUT, 5000",
        "981, 2000, CUT, 5000",
        "981, 9000, CUT, 500",
        "981, 9800, VERIFIED, 0",
        "6000, 9800, VERIFIED, 0",
        "6000, 10000, VERIFIED, 0"
    })
    void speech_after_the_end_of_a_recording_is_missing(int delay, int heardMillis, Verdict verdict, int leastMissing) {
        short[] heard = Arrays.copyOf(Timing.delay(delay).applyTo(said), heardMillis * MILLISECOND);

        Hearing hearing = EAR.compare(said, heard);
        assertThat(hearing.verdict()).as("%s", hearing).isEqualTo(verdict);
        double missing = hearing.missingPercent() * hearing.speech().toMillis() / 100;
        assertThat(missing).as("%s", hearing).isBetween((double) leastMissing, leastMissing * 1.5 + 30);
        assertThat(hearing.score()).isBetween(verdict == Verdict.CUT ? 1 : 4.5, leastMissing > 1_000 ? 1.5 : 5);
        if (verdict == Verdict.CUT) {
            Finding last = hearing.findings().get(hearing.findings().size() - 1);
            assertThat(last.kind()).isEqualTo(Kind.END_CUT);
            assertThat(last.at().toMillis()).isBetween(heardMillis - 10L, heardMillis + 500L);
        }

        Hearing part = new Ear().comparePart(said, heard);
        assertThat(part.verified()).as("%s", part).isTrue();
        assertThat(part.missingPercent()).isZero();
    }

    @ParameterizedTest
    @ValueSource(ints = {300, 700, 1_500, 1_900})
    void of_a_recording_that_began_late_the_first_words_are_missing(int late) {
        short[] heard = Arrays.copyOfRange(said, late * MILLISECOND, said.length);
        Hearing hearing = EAR.compare(said, heard);
        assertThat(hearing.verdict()).as("%s", hearing).isEqualTo(Verdict.CUT);
        assertThat(hearing.delay()).isEqualTo(Duration.ofMillis(-late));
        assertThat(hearing.missingPercent()).isBetween(late / 250.0, late / 70.0);
    }

    @Test
    void a_recording_that_is_too_long_is_refused() {
        assertThatThrownBy(() -> EAR.compare(said, new short[11 * 60 * Ear.SAMPLE_RATE]))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("10 minutes");
    }

    @Test
    void findings_come_in_order() {
        List<Finding> findings = hearing(PacketLoss.even(8).offset(3).then(AddedSound.noise(20, 4)))
                .findings();
        assertThat(findings).isSortedAccordingTo((one, other) -> one.at().compareTo(other.at()));
        assertThat(findings).extracting(Finding::kind).contains(Kind.MISSING, Kind.NOISE);
    }

    @Test
    void the_ear_keeps_no_state_between_comparisons() {
        short[] heard = LATE.then(PacketLoss.even(5).offset(33)).applyTo(said);
        short[] shorter = Arrays.copyOf(heard, 4 * Ear.SAMPLE_RATE);
        Hearing alone = new Ear().compare(said, shorter);

        Ear ear = new Ear();
        var unused = ear.compare(talk(5_000, 20), heard);

        assertThat(ear.compare(said, shorter)).isEqualTo(alone);
    }

    @Test
    void an_ear_allocates_nothing_for_a_second_of_sound() {
        short[] heard = LATE.applyTo(said);
        Ear ear = new Ear();
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Hearing before = ear.compare(said, heard);

        long start = threads.getCurrentThreadAllocatedBytes();
        Hearing hearing = ear.compare(said, heard);
        long bytes = threads.getCurrentThreadAllocatedBytes() - start;

        assertThat(hearing).isEqualTo(before);
        // The stages themselves and what was found are a few objects; one number of each of 2,000 steps would be more.
        assertThat(bytes).as("bytes for ten seconds").isLessThan(8_000);
    }

    @Test
    void the_score_falls_with_the_length_of_omitted_speech() {
        double before = 5;
        for (int milliseconds : new int[] {60, 150, 400}) {
            double score = hearing(leftOut(milliseconds)).score();
            assertThat(score).as(milliseconds + " ms").isLessThan(before - 0.05);
            before = score;
        }
    }

    private static Degradation leftOut(int milliseconds) {
        return Timing.delayStep(time(loudMoment()), Duration.ofMillis(-milliseconds))
                .then((heard, rate) -> Arrays.copyOf(heard, heard.length - rate * milliseconds / 1_000));
    }

    /** Through A-law, silence is a small offset, of which GSM makes a thump at first, and a lower one after each word. */
    @Test
    void gsm_coding_of_another_codecs_silence_is_not_reported_as_hum() {
        Degradation tandem = EngineCoding.of(SpeechCodec.G711_ALAW).then(EngineCoding.of(SpeechCodec.GSM));
        for (double decibels : new double[] {0, -12}) {
            short[] quiet = Amplitude.gain(decibels).applyTo(said);
            Hearing hearing = EAR.compare(quiet, LATE.then(tandem).applyTo(quiet));
            assertThat(hearing.verified())
                    .as(hearing.toString() + hearing.findings())
                    .isTrue();
        }
    }

    /** Its noise is louder than what quiet speakers say at their quietest. */
    @Test
    void a_codecs_noise_behind_quiet_speech_is_no_other_sound() {
        Degradation tandem = EngineCoding.of(SpeechCodec.ADPCM).then(EngineCoding.of(SpeechCodec.G711_ULAW));
        short[] spoken = Amplitude.gain(-12).applyTo(TestVoice.packaged().samples());
        Hearing hearing = EAR.compare(
                spoken,
                Timing.delay(3_002).then(Amplitude.gain(-11)).then(tandem).applyTo(spoken));
        assertThat(hearing.verified())
                .as(hearing.toString() + hearing.findings())
                .isTrue();
    }

    /** Gaussian comfort noise (RFC 3389) of a level in dBov, all along. */
    private static Degradation comfortNoise(double dbov) {
        return (speech, sampleRate) -> {
            Random random = Seeds.random(5);
            double rms = 32_768 * Math.pow(10, dbov / 20);
            short[] noisy = speech.clone();
            for (int i = 0; i < noisy.length; i++) {
                noisy[i] = (short) Math.round(noisy[i] + rms * random.nextGaussian());
            }
            return noisy;
        };
    }

    @ParameterizedTest
    @CsvSource({
        // noise in dBov, level of speech in dB, by default, up to -50 dBov
        "-74, -12, VERIFIED, VERIFIED",
        "-55, -12, NOISE,    VERIFIED",
        "-45, -12, NOISE,    NOISE",
        "-40,   0, NOISE,    NOISE"
    })
    void noise_in_pauses_counts_above_the_level_that_was_set(double dbov, double gain, Verdict usual, Verdict laxer) {
        short[] spoken = Amplitude.gain(gain).applyTo(said);
        short[] heard = LATE.then(comfortNoise(dbov))
                .then(EngineCoding.of(SpeechCodec.G711_ALAW))
                .applyTo(spoken);
        Hearing hearing = EAR.compare(spoken, heard);
        Hearing lax = new Ear(-50).compare(spoken, heard);
        assertThat(hearing.verdict()).as(hearing.toString()).isEqualTo(usual);
        assertThat(lax.verdict()).as(lax.toString() + lax.findings()).isEqualTo(laxer);
    }

    /** As a gain control makes it, which a listener hardly hears. */
    @ParameterizedTest
    @CsvSource({"6, 1", "6, 4", "10, 1.5", "10, 2", "10, 6"})
    void a_level_that_moves_slowly_does_not_count(double decibels, double seconds) {
        Hearing hearing = moved(i -> decibels * Math.sin(2 * Math.PI * i / Ear.SAMPLE_RATE / seconds));
        assertThat(hearing.verified())
                .as(hearing.toString() + hearing.findings())
                .isTrue();
        assertThat(hearing.missingPercent() + hearing.otherPercent()).isLessThan(0.5);
    }

    @ParameterizedTest
    @CsvSource({"16, 0.1", "16, 0.3", "30, 1"})
    void a_level_that_falls_suddenly_or_far_counts(double decibels, double seconds) {
        Hearing hearing = moved(i -> i / (double) Ear.SAMPLE_RATE % 2 < seconds ? -decibels : 0);
        assertThat(hearing.verified()).as(hearing.toString()).isFalse();
    }

    /** At 12 dB less, so that there is room. */
    private static Hearing moved(IntToDoubleFunction decibels) {
        short[] spoken = Amplitude.gain(-12).applyTo(said);
        short[] moved = spoken.clone();
        for (int i = 0; i < moved.length; i++) {
            moved[i] = (short) Math.round(spoken[i] * Math.pow(10, decibels.applyAsDouble(i) / 20));
        }
        return EAR.compare(
                spoken, LATE.then(EngineCoding.of(SpeechCodec.G711_ALAW)).applyTo(moved));
    }
}

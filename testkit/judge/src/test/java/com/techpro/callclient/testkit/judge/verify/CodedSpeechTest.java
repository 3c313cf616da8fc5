// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.verify;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.judge.speech.SampleRates;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.judge.speech.SpeechSource;
import com.techpro.callclient.testkit.judge.verify.CallDegradation.Call;
import com.techpro.callclient.testkit.judge.verify.SpeechVerdict.Outcome;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the judge makes of speech that went through a wideband codec, and of what can be wrong with it. It prints what its limits were chosen by. */
@Tag("day-2")
@Tag("slow")
class CodedSpeechTest {
    private static final int SECOND = SpeechClip.SAMPLE_RATE;
    private static final int FRAME = SpeechClip.FRAME;
    private static final int LENGTH = 6 * SECOND;
    private static final int FROM = 3 * SECOND;
    private static final int STARTS = 12;
    private static SpeechClip clip;

    private final SpeechCheck check = new SpeechCheck(SpeechLimits.CLEAN);

    @BeforeAll
    static void loadClip() throws IOException {
        clip = SpeechClip.builtIn();
    }

    @ParameterizedTest
    @EnumSource
    void clean_calls_are_verified_wherever_a_packet_begins(CodedSpeech codec) {
        List<SpeechVerdict> verdicts = new ArrayList<>();
        for (int firstPacket = 0; firstPacket < FRAME; firstPacket += 53) {
            Call.some(clip, STARTS, codec, firstPacket).forEach(call -> verdicts.add(call.judged()));
        }
        print(
                "%s, %d clean calls: not verified %d; most guessed %.2f %%, missing %.2f %%, distance %.2f dB",
                codec,
                verdicts.size(),
                verdicts.stream().filter(verdict -> !verdict.verified()).count(),
                verdicts.stream()
                        .mapToDouble(SpeechVerdict::guessedPercent)
                        .max()
                        .orElseThrow(),
                verdicts.stream().mapToDouble(SpeechVerdict::gapPercent).max().orElseThrow(),
                verdicts.stream()
                        .mapToDouble(SpeechVerdict::spectralDistance)
                        .max()
                        .orElseThrow());
        assertThat(verdicts).allMatch(SpeechVerdict::verified).allSatisfy(verdict -> {
            assertThat(verdict.guessedPercent()).isLessThan(SpeechLimits.CLEAN.guessedPercent() / 4);
            assertThat(verdict.spectralDistance()).isLessThan(SpeechLimits.CLEAN.spectralDistance() / 2);
            assertThat(verdict.bandHertz()).isEqualTo(SpeechLimits.WIDEST_BAND);
            assertThat(verdict.levelDb()).isBetween(-1.0, 1.0);
        });
    }

    /** Of the clip, as the engine makes it. */
    @ParameterizedTest
    @EnumSource(names = "OPUS_32")
    void a_resume_loses_nothing_at_any_packet(CodedSpeech codec) {
        Span before = new Span(0, 25 * FRAME);
        Span after = new Span(40 * FRAME, 52 * FRAME);
        short[] loop = codec.loop(clip, 0);
        List<Integer> clipped = new ArrayList<>();
        for (int packet = 0; packet < clip.length() / FRAME; packet++) {
            SpeechSource said = new SpeechSource(clip, packet * FRAME);
            short[] heard = heardUntilHeld(loop, said, before, after);
            short[] resumed = codec.resumed(said, FROM + after.from(), after.to() - after.from(), 0);
            System.arraycopy(resumed, 0, heard, 2 * after.from(), resumed.length);
            SpeechVerdict verdict =
                    check.judge(said, heard, FROM, List.of(before, after), List.of(), codec.fidelity, Duration.ZERO);
            if (!verdict.beginningLost().isZero()) {
                clipped.add(packet);
            }
        }
        assertThat(clipped).isEmpty();
    }

    /** RFC 7845 §4.6: a decoder that begins in the middle of a stream of Opus plays something else for up to 80 ms. Silence is none of it. */
    @ParameterizedTest
    @EnumSource(names = "OPUS_24")
    void a_decoder_that_rejoins_the_stream_may_differ_for_80_ms(CodedSpeech codec) {
        Span before = new Span(0, 25 * FRAME);
        Span after = new Span(40 * FRAME, 180 * FRAME);
        short[] loop = codec.loop(clip, 0);
        int clipped = 0;
        for (int packet = 0; packet < clip.length() / FRAME; packet += 5) {
            SpeechSource said = new SpeechSource(clip, packet * FRAME);
            short[] heard = heardUntilHeld(loop, said, before, after);
            for (int missed : new int[] {0, 4}) {
                short[] rejoined = codec.rejoined(said, FROM + after.from(), after.to() - after.from(), missed);
                System.arraycopy(rejoined, 0, heard, 2 * after.from(), rejoined.length);
                List<Span> due = List.of(before, after);
                SpeechVerdict lenient =
                        check.judge(said, heard, FROM, due, List.of(), codec.fidelity.rejoined(), Duration.ZERO);
                if (missed == 0) {
                    assertThat(lenient.verified())
                            .as("packet %d, %s", packet, lenient)
                            .isTrue();
                    clipped += check.judge(said, heard, FROM, due, List.of(), codec.fidelity, Duration.ZERO)
                                    .verified()
                            ? 0
                            : 1;
                } else if (quietest(said, after.from()) > 3 * clip.pauseLevel()) {
                    assertThat(lenient.outcome()).isIn(Outcome.CLIPPED_BEGINNING, Outcome.GAPS);
                }
            }
        }
        print(
                "%s, let through again in the middle: %d of 80 clipped by the rule of those who begin anew",
                codec, clipped);
        assertThat(clipped).isPositive();
    }

    /** What was heard before a hold, with room for what is heard after it. */
    private static short[] heardUntilHeld(short[] loop, SpeechSource said, Span before, Span after) {
        short[] heard = new short[2 * after.to()];
        for (int i = 0; i < 2 * before.to(); i++) {
            heard[i] = loop[(2 * (said.start() + FROM) + i) % loop.length];
        }
        return heard;
    }

    /** How loud the first 80 ms are at their quietest. */
    private static double quietest(SpeechSource said, int from) {
        double quietest = Double.MAX_VALUE;
        for (int frame = 0; frame < 4; frame++) {
            double sum = 0;
            for (int i = 0; i < FRAME; i++) {
                sum += Math.pow(said.at(FROM + from + frame * FRAME + i), 2);
            }
            quietest = Math.min(quietest, Math.sqrt(sum / FRAME));
        }
        return quietest;
    }

    /**
     * By codec and engine; of a packet the judge sees two frames, which it covers a part of each.
     * Opus at 32 kbit/s conceals by CELT, whose guess the judge more often takes for the speech.
     */
    @ParameterizedTest
    @EnumSource
    void concealment_is_counted_and_of_one_packet_in_eight_to_ten_is_caught(CodedSpeech codec) {
        int every = codec == CodedSpeech.OPUS_32 ? 8 : 10;
        Random random = Seeds.random(5);
        double found = 0;
        for (int i = 0; i < STARTS; i++) {
            SpeechSource said = new SpeechSource(clip, i * 5_237 % clip.length());
            SpeechVerdict whole = judged(codec, said, codec.coded(said, FROM, LENGTH, packet -> false));
            int phase = random.nextInt(every);
            SpeechVerdict holed =
                    judged(codec, said, codec.coded(said, FROM, LENGTH, packet -> packet % every == phase));
            assertThat(whole.verified()).isTrue();
            assertThat(holed.outcome()).as("start %d", i).isIn(Outcome.GUESSED, Outcome.GAPS, Outcome.OTHER_SOUND);
            found += holed.guessedPercent() + holed.gapPercent() - whole.guessedPercent() - whole.gapPercent();
        }
        print(
                "%s, of one packet in %d lost and concealed: %.1f %% of the frames are guessed or missing",
                codec, every, found / STARTS);
        assertThat(found / STARTS).isGreaterThan(7);
    }

    /** A vowel's repetition is what it goes on with: there concealment is at its best. */
    @ParameterizedTest
    @EnumSource
    void one_lost_packet_in_a_word_is_let_pass_but_counted(CodedSpeech codec) {
        int counted = 0;
        for (int i = 0; i < STARTS; i++) {
            SpeechSource said = new SpeechSource(clip, i * 5_237 % clip.length());
            short[] heard = codec.coded(said, FROM, LENGTH, packet -> packet == loudestPacket(said));
            SpeechVerdict verdict = judged(codec, said, heard);
            assertThat(verdict.verified()).isTrue();
            counted += verdict.guessedPercent() + verdict.gapPercent() > 0 ? 1 : 0;
        }
        print("%s: of %d concealed packets in the loudest vowel, %d are counted", codec, STARTS, counted);
        assertThat(counted).isGreaterThanOrEqualTo(STARTS / 2 - 1);
    }

    @ParameterizedTest
    @EnumSource
    void twenty_milliseconds_cut_out_of_a_word_are_counted(CodedSpeech codec) {
        for (Call call : Call.some(clip, STARTS, codec, 0)) {
            SpeechVerdict whole = call.judged();
            int at = loudest(call) / 2;
            call.silence(at, at + FRAME);
            SpeechVerdict cut = call.judged();
            assertThat(cut.guessedPercent() + cut.gapPercent())
                    .isGreaterThan(whole.guessedPercent() + whole.gapPercent());
        }
    }

    /** Nothing but what G.711 would carry: as if the phone system had fallen back to it. */
    @ParameterizedTest
    @EnumSource
    void speech_without_anything_above_4_kHz_is_narrow(CodedSpeech codec) {
        for (Call call : Call.some(clip, STARTS, codec, 0)) {
            call.heard = SampleRates.interpolated(SampleRates.decimated(call.heard, 2, 0), 2);
            assertThat(call.judged().outcome()).isEqualTo(Outcome.NARROW);
        }
    }

    @ParameterizedTest
    @EnumSource
    void silence_noise_and_another_voice_are_not_this_speech(CodedSpeech codec) {
        Random random = Seeds.random(7);
        for (Call call : Call.some(clip, STARTS, codec, 0)) {
            Arrays.fill(call.heard, (short) 0);
            assertThat(call.judged().outcome()).isEqualTo(Outcome.NOTHING_HEARD);
            call.each((at, heard) -> 1_500 * random.nextGaussian());
            assertThat(call.judged().outcome()).isIn(Outcome.OTHER_SOUND, Outcome.GAPS);
            call.say(0, CallDegradation.LENGTH, call.own, CallDegradation.ONE_WAY);
            assertThat(call.judged().verified()).isFalse();
        }
    }

    private SpeechVerdict judged(CodedSpeech codec, SpeechSource said, short[] heard) {
        return check.judge(said, heard, FROM, List.of(new Span(0, LENGTH)), List.of(), codec.fidelity, Duration.ZERO);
    }

    private static int loudestPacket(SpeechSource said) {
        int best = 0;
        double most = 0;
        for (int packet = 50; packet < LENGTH / FRAME - 50; packet++) {
            double sum = 0;
            for (int i = 0; i < FRAME; i++) {
                sum += Math.pow(said.at(FROM + packet * FRAME + i), 2);
            }
            if (sum > most) {
                most = sum;
                best = packet;
            }
        }
        return best;
    }

    private static int loudest(Call call) {
        int best = 0;
        double most = 0;
        for (int at = SECOND; at < 2 * CallDegradation.HELD - SECOND; at += FRAME) {
            double sum = 0;
            for (int i = at; i < at + 2 * FRAME; i++) {
                sum += Math.pow(call.heard[i], 2);
            }
            if (sum > most) {
                most = sum;
                best = at;
            }
        }
        return best;
    }

    private static void print(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}

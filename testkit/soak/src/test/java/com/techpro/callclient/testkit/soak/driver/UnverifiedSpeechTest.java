// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.driver;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.contracts.LinkConditions;
import com.techpro.callclient.testkit.contracts.Seeds;
import com.techpro.callclient.testkit.judge.speech.Recording;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.judge.speech.SpeechClip.Rate;
import com.techpro.callclient.testkit.judge.speech.SpeechSource;
import com.techpro.callclient.testkit.judge.verify.CallCheck;
import com.techpro.callclient.testkit.judge.verify.Period;
import com.techpro.callclient.testkit.judge.verify.SpeechLimits;
import com.techpro.callclient.testkit.judge.verify.SpeechVerdict;
import com.techpro.callclient.testkit.pbx.sound.WavFile;
import com.techpro.callclient.testkit.soak.run.CallsInVirtualTime;
import com.techpro.callclient.testkit.soak.run.JudgedCall;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnverifiedSpeechTest {
    private static final int SECOND = SpeechClip.SAMPLE_RATE;

    @TempDir
    java.nio.file.Path report;

    @Test
    void said_and_heard_speech_are_written_from_the_same_start_time() throws IOException {
        CallCheck.Ear noise = heard(2 * SECOND, 5 * SECOND, Rate.WIDEBAND);

        new UnverifiedSpeech(report).keep(7, 3, 5, noise, judged(noise));

        assertThat(written())
                .containsExactly("calls/7/1-other-sound-heard-by-5.wav", "calls/7/1-other-sound-said-by-3.wav");
        assertThat(WavFile.read(report.resolve(written().get(0)), 2 * SECOND))
                .isEqualTo(noise.heard().samples());
        short[] said = WavFile.read(report.resolve(written().get(1)), 2 * SECOND);
        assertThat(said).hasSize(10 * SECOND);
        for (int i = 0; i < said.length; i += 997) {
            assertThat(said[i]).isEqualTo(noise.far().at(Rate.WIDEBAND, 4 * SECOND + i));
        }
    }

    @Test
    void a_played_message_without_the_spoken_words_is_written() throws IOException {
        CallCheck.Ear noise = heard(0, 5 * SECOND, Rate.NARROWBAND);

        new UnverifiedSpeech(report).keepMessage(0, 1, noise, judged(noise));

        assertThat(written())
                .containsExactly("messages/1-other-sound-heard-by-1.wav", "messages/1-other-sound-said-by-0.wav");
    }

    @Test
    void the_compared_48_kHz_audio_is_written_up_to_half_a_minute() throws IOException {
        CallCheck.Ear noise = heard(0, 40 * SECOND, Rate.FULLBAND);

        new UnverifiedSpeech(report).keep(7, 3, 5, noise, judged(noise));

        assertThat(WavFile.read(report.resolve(written().get(0)), 2 * SECOND))
                .hasSize(UnverifiedSpeech.MOST_SECONDS * 2 * SECOND);
    }

    @Test
    void verified_speech_and_directions_beyond_a_limit_are_not_written() throws IOException {
        CallCheck.Ear noise = heard(0, 2 * SECOND, Rate.NARROWBAND);
        SpeechVerdict verdict = judged(noise);
        SpeechSource said = noise.far();
        short[] same = new short[2 * SECOND];
        for (int i = 0; i < same.length; i++) {
            same[i] = said.at(i);
        }
        CallCheck.Ear right = ear(said, new Recording(same, 0, List.of()));
        UnverifiedSpeech unverified = new UnverifiedSpeech(report);
        unverified.keep(1, 0, 1, right, judged(right));
        new UnverifiedSpeech(null).keep(1, 0, 1, noise, verdict);
        unverified.keep(0, 0, 1, noise, verdict);
        assertThat(written()).isEmpty();

        for (int call = 1; call < 3 * UnverifiedSpeech.MOST; call++) {
            unverified.keep(call, 0, 1, noise, verdict);
        }
        assertThat(written()).hasSize(2 * UnverifiedSpeech.MOST);
    }

    @Test
    void of_calls_over_a_bad_network_the_directions_that_are_not_verified_are_written() throws IOException {
        JudgedCall call;
        try (CallsInVirtualTime calls = CallsInVirtualTime.builder()
                .codecs("pcmu")
                .network(LinkConditions.LAN.withLoss(0.4))
                .keepUnverified(report)
                .seed(3)
                .start()) {
            call = calls.make();
        }
        long unverified = call.heard().stream().filter(ear -> !ear.verified()).count();
        assertThat(unverified).as("of both ends").isEqualTo(2);
        assertThat(written()).hasSize((int) (2 * unverified)).allMatch(name -> name.startsWith("calls/1/"));
    }

    private List<String> written() throws IOException {
        try (Stream<java.nio.file.Path> files = Files.walk(report)) {
            return files.filter(Files::isRegularFile)
                    .map(file -> report.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private static SpeechVerdict judged(CallCheck.Ear ear) {
        return new CallCheck(SpeechLimits.CLEAN).speech(ear);
    }

    /** Noise. */
    private static CallCheck.Ear heard(int from, int length, Rate rate) throws IOException {
        Random random = Seeds.random(9);
        short[] noise = new short[length * rate.factor()];
        for (int i = 0; i < noise.length; i++) {
            noise[i] = (short) (1_500 * random.nextGaussian());
        }
        SpeechSource said = new SpeechSource(SpeechClip.builtIn(), 5_000);
        return ear(said, new Recording(noise, rate, from, List.of()));
    }

    private static CallCheck.Ear ear(SpeechSource said, Recording heard) {
        long from = heard.from();
        long to = from + heard.samples().length / heard.rate().factor();
        return new CallCheck.Ear(said, heard, List.of(new Period(from, to)), List.of());
    }
}

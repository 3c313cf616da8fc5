// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.pbx.sound.WavFile;
import com.techpro.callclient.testkit.soak.speech.SpeechClip;
import com.techpro.callclient.testkit.soak.speech.SpeechSource;
import com.techpro.callclient.testkit.soak.verify.RecordingCheck;
import com.techpro.callclient.testkit.soak.verify.SpeechLimits;
import com.techpro.callclient.testkit.soak.verify.SpeechVerdict;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;

/** What the soak's users say, said by whatever phone, over and over; and the soak's judgement of what was recorded at the other end. */
public final class Recitation {
    private static final int RATE = SpeechClip.SAMPLE_RATE;

    /** Longer than any test. */
    private static final int REPEATS = 20;

    /** G.711's silence is not zero. */
    private static final int QUIET = 50;

    private static final int JUDGED = 5 * RATE;
    /** Nobody tells when the machine held up a softphone: some moments more may be missing than where the main job takes note of that. */
    private static final SpeechLimits LIMITS = new SpeechLimits(
            10,
            SpeechLimits.CLEAN.beginningLost(),
            SpeechLimits.CLEAN.guessedPercent(),
            SpeechLimits.CLEAN.noisyPausePercent(),
            SpeechLimits.CLEAN.spectralDistance(),
            SpeechLimits.CLEAN.excusedPercent(),
            SpeechLimits.CLEAN.leastCompared());

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Path file;
    private final SpeechSource speech;
    private final short[] once;
    private final RecordingCheck judge = new RecordingCheck(LIMITS);

    private Recitation(Path file, SpeechSource speech) {
        this.file = file;
        this.speech = speech;
        this.once = new short[speech.clip().length()];
        for (int i = 0; i < once.length; i++) {
            once[i] = speech.at(i);
        }
    }

    public static Recitation write(Path file) throws IOException {
        Recitation speech = new Recitation(file, new SpeechSource(SpeechClip.builtIn(), 0));
        short[] samples = new short[REPEATS * speech.once.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = speech.once[i % speech.once.length];
        }
        WavFile.write(file, samples, RATE);
        return speech;
    }

    public Path file() {
        return file;
    }

    /** A phone of the engine's that says it. */
    public HeadlessAudio phone() {
        return new HeadlessAudio(once);
    }

    /** From here on. */
    public void assertHeard(HeadlessAudio ear) {
        ear.forget();
        assertHeard("the engine", ear::heard);
    }

    /** Since the call began. */
    void assertHeard(Softphone peer) {
        assertHeard("the peer", () -> Tone.read(peer.heard()));
    }

    private void assertHeard(String who, Supplier<short[]> ear) {
        Await.until(who + " has recorded enough", () -> sounding(ear.get()).length >= JUDGED, LIMIT);
        short[] heard = Arrays.copyOf(sounding(ear.get()), JUDGED);
        OptionalLong begin = RecordingCheck.begin(speech, heard, 0, once.length);
        assertThat(begin).as("where what " + who + " heard begins").isPresent();
        SpeechVerdict verdict = judge.judge(speech, heard, begin.getAsLong(), List.of());
        assertThat(verdict.outcome())
                .as("what " + who + " heard: " + verdict)
                .isEqualTo(SpeechVerdict.Outcome.VERIFIED);
    }

    /** Without the silence before it. */
    private static short[] sounding(short[] heard) {
        int from = 0;
        while (from < heard.length && Math.abs(heard[from]) < QUIET) {
            from++;
        }
        return Arrays.copyOfRange(heard, from, heard.length);
    }
}

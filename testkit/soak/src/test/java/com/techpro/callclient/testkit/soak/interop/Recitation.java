// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.judge.speech.SpeechSource;
import com.techpro.callclient.testkit.judge.verify.RecordingCheck;
import com.techpro.callclient.testkit.judge.verify.SpeechLimits;
import com.techpro.callclient.testkit.judge.verify.SpeechVerdict;
import com.techpro.callclient.testkit.pbx.sound.WavFile;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the soak's users say, said by whatever phone, over and over; and the soak's judgement of what was recorded at the other end. */
public final class Recitation {
    private static final int RATE = SpeechClip.SAMPLE_RATE;

    /** Longer than any test. */
    private static final int REPEATS = 20;

    /** G.711's silence is not zero. */
    private static final int QUIET = 50;

    private static final int JUDGED = 5 * RATE;
    /** Nobody tells when the machine held up a softphone: some moments more may be missing than where the main job takes note of that. */
    private static final SpeechLimits LIMITS = SpeechLimits.CLEAN.withGaps(10, Duration.ofMillis(300));

    private static final int UNEVEN_ATTEMPTS = 4;

    private static final Duration LIMIT = Duration.ofSeconds(20);

    private final Path file;
    private final SpeechSource speech;
    private final short[] once;
    private final SpeechLimits limits;
    private final RecordingCheck judge;
    private final int attempts;

    private Recitation(Path file, SpeechSource speech, SpeechLimits limits, int attempts) {
        this.attempts = attempts;
        this.limits = limits;
        this.judge = new RecordingCheck(limits);
        this.file = file;
        this.speech = speech;
        this.once = new short[speech.clip().length()];
        for (int i = 0; i < once.length; i++) {
            once[i] = speech.at(i);
        }
    }

    public static Recitation write(Path file) throws IOException {
        return write(file, LIMITS, 1);
    }

    /**
     * For a peer whose microphone and ear are a program that the machine holds up: its packets come as unevenly as over a bad network, and it is listened to again
     * where a moment was lost.
     */
    static Recitation writeForUnevenPeer(Path file) throws IOException {
        SpeechLimits uneven = SpeechLimits.forImpairment(0, Duration.ofMillis(40));
        return write(file, uneven.withGaps(LIMITS.gapPercent(), LIMITS.longestGap()), UNEVEN_ATTEMPTS);
    }

    private static Recitation write(Path file, SpeechLimits limits, int attempts) throws IOException {
        Recitation speech = new Recitation(file, new SpeechSource(SpeechClip.builtIn(), 0), limits, attempts);
        short[] samples = new short[REPEATS * speech.once.length];
        for (int i = 0; i < samples.length; i++) {
            samples[i] = speech.once[i % speech.once.length];
        }
        WavFile.write(file, samples, RATE);
        return speech;
    }

    /** The same, of which a peer makes another level by 6 dB. */
    Recitation atAnotherLevel() {
        return new Recitation(file, speech, limits.withLevel(12), attempts);
    }

    public Path file() {
        return file;
    }

    /** For a program that reads files of one kind alone. */
    Path at(int rate, int channels) {
        if (rate == RATE && channels == 1) {
            return file;
        }
        Path folder = file.toAbsolutePath().getParent();
        String name = rate + "-" + channels + "-" + file.getFileName();
        PeerProcess.run(
                folder,
                LIMIT,
                "sox",
                file.getFileName().toString(),
                "-r",
                Integer.toString(rate),
                "-c",
                Integer.toString(channels),
                name);
        return folder.resolve(name);
    }

    /** A phone of the engine's that says it. */
    public HeadlessAudio phone() {
        return new HeadlessAudio(once);
    }

    /** From here on. */
    public void assertHeard(HeadlessAudio ear) {
        assertHeard("the engine", ear::forget, ear::heard);
    }

    /** Since the call began; what is listened to again is what came meanwhile. */
    void assertHeard(Softphone peer) {
        int[] from = {-1};
        assertHeard(
                "the peer",
                () -> from[0] = from[0] < 0 ? 0 : Tone.read(peer.heard(), peer.recordedRate()).length,
                () -> {
                    short[] heard = Tone.read(peer.heard(), peer.recordedRate());
                    return Arrays.copyOfRange(heard, Math.min(from[0], heard.length), heard.length);
                });
    }

    /** From here on. */
    void assertHeard(BrowserPhone browser) {
        assertHeard("the browser", browser::forget, () -> {
            Await.until("the browser has recorded enough", () -> browser.recorded() >= 2 * JUDGED, LIMIT);
            return browser.heard();
        });
    }

    private void assertHeard(String who, Runnable forget, Supplier<short[]> ear) {
        SpeechVerdict verdict = verdict(who, forget, ear);
        for (int i = 1; i < attempts && !isVerified(verdict); i++) {
            verdict = verdict(who, forget, ear);
        }
        assertThat(isVerified(verdict))
                .as("what " + who + " heard: " + (verdict == null ? "nothing of the speech" : verdict))
                .isTrue();
    }

    private static boolean isVerified(@Nullable SpeechVerdict verdict) {
        return verdict != null && verdict.outcome() == SpeechVerdict.Outcome.VERIFIED;
    }

    /** Null where the speech does not begin anywhere in what was heard. */
    private @Nullable SpeechVerdict verdict(String who, Runnable forget, Supplier<short[]> ear) {
        forget.run();
        Await.until(who + " has recorded enough", () -> sounding(ear.get()).length >= JUDGED, LIMIT);
        short[] heard = Arrays.copyOf(sounding(ear.get()), JUDGED);
        OptionalLong begin = RecordingCheck.begin(speech, heard, 0, once.length);
        return begin.isEmpty() ? null : judge.judge(speech, heard, begin.getAsLong(), List.of());
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

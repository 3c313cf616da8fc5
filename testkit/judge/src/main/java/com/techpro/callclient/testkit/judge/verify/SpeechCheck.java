// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.verify;

import com.techpro.callclient.testkit.judge.ear.Ear;
import com.techpro.callclient.testkit.judge.ear.Excuses;
import com.techpro.callclient.testkit.judge.ear.Impression;
import com.techpro.callclient.testkit.judge.ear.Stretch;
import com.techpro.callclient.testkit.judge.speech.Recording;
import com.techpro.callclient.testkit.judge.speech.SampleRates;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.judge.speech.SpeechClip.Rate;
import com.techpro.callclient.testkit.judge.speech.SpeechSource;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Judges heard sound by the speech: an {@link Ear} compares them, and {@link SpeechLimits} decide
 * what is good enough.
 *
 * <p>If the machine holds up the test's own sound cards, the gaps are not the engine's. They count
 * separately, and a direction with too many of them is not judged.
 */
public final class SpeechCheck {
    /** The longest one-way delay that it tries, and a margin. */
    private static final int LEAD_MILLIS = 1_300;
    /** The ear's samples for each of 8 kHz. */
    private static final int FACTOR = Rate.WIDEBAND.factor();

    /** The measured part of a clip, to find its band. */
    private static final int MEASURED_SECONDS = 30;

    /** One for each thread: a few threads judge the calls of many users. */
    private static final ThreadLocal<Ear> EARS = ThreadLocal.withInitial(Ear::new);

    private final SpeechLimits limits;
    private final UnchangedSpeech unchanged = new UnchangedSpeech(SpeechCheck::ofClip);

    public SpeechCheck(SpeechLimits limits) {
        this.limits = limits;
    }

    /** Returns the upper end of a clip's band in hertz; nothing above it can be heard. */
    public static int bandOf(SpeechClip clip) {
        int seconds = Math.min(MEASURED_SECONDS, clip.length() / SpeechClip.SAMPLE_RATE);
        short[] said = new short[seconds * SpeechClip.WIDEBAND_RATE];
        new SpeechSource(clip, 0).copy(Rate.WIDEBAND, 0, said);
        return EARS.get().compare(said, said).highestHertz();
    }

    /**
     * Judges one direction of a call.
     *
     * @param said what the far side said
     * @param heard the speaker's output here, 8 kHz; after its end the speaker was silent
     * @param heardAt the sample number of the speech that the far microphone took when the first
     *     heard sample was played
     * @param due from when on speech must be heard, whatever its delay, and until when it may
     *     arrive; the rest is not judged
     * @param excuses where, within {@code heard}, a stall can have caused a gap, and of which
     *     length
     */
    public SpeechVerdict judge(SpeechSource said, short[] heard, long heardAt, List<Span> due, List<Excuse> excuses) {
        return judge(
                said,
                SampleRates.interpolated(heard, FACTOR),
                heardAt,
                due,
                excuses,
                Fidelity.TELEPHONE,
                Duration.ZERO);
    }

    /**
     * As {@link #judge(SpeechSource, short[], long, List, List)}, for any codec.
     *
     * @param heard 16 kHz; all sample numbers are still those of 8 kHz
     * @param lost samples that are lost by sequence numbers; no stall excuses these
     */
    public SpeechVerdict judge(
            SpeechSource said,
            short[] heard,
            long heardAt,
            List<Span> due,
            List<Excuse> excuses,
            Fidelity fidelity,
            Duration lost) {
        Impression impression = impression(said, heard, heardAt, due, excuses, fidelity, lost, limits.noiseDbov());
        return limits.judge(impression, fidelity, stalledPercent(due, excuses));
    }

    /**
     * Judges one direction of a call in G.711 that arrived unchanged; null if it did not, or if too
     * little is known.
     *
     * @param due when speech was due, by the clock that numbers the speech
     */
    @Nullable
    SpeechVerdict judgeUnchanged(SpeechSource said, Recording heard, List<Period> due) {
        Impression impression = unchanged.of(said, heard, due);
        return impression == null ? null : limits.judge(impression, Fidelity.TELEPHONE, 0);
    }

    private static double stalledPercent(List<Span> due, List<Excuse> excuses) {
        double stalled = excuses.stream()
                .filter(excuse -> due.stream().anyMatch(span -> excuse.where().overlaps(span.from(), span.to())))
                .mapToInt(Excuse::most)
                .sum();
        return 100
                * stalled
                / Math.max(
                        1,
                        due.stream().mapToInt(span -> span.to() - span.from()).sum());
    }

    private static Impression ofClip(SpeechSource said, short[] heard) {
        List<Span> due = List.of(new Span(0, heard.length / FACTOR));
        return impression(said, heard, 0, due, List.of(), Fidelity.TELEPHONE, Duration.ZERO, Ear.USUAL_NOISE);
    }

    private static Impression impression(
            SpeechSource said,
            short[] heard,
            long heardAt,
            List<Span> due,
            List<Excuse> excuses,
            Fidelity fidelity,
            Duration lost,
            double noise) {
        int end = FACTOR * due.stream().mapToInt(Span::to).max().orElse(0);
        short[] all = end <= heard.length ? heard : Arrays.copyOf(heard, end);
        int lead = LEAD_MILLIS * SpeechClip.WIDEBAND_RATE / 1_000;
        short[] spoken = new short[lead + all.length];
        said.copy(Rate.WIDEBAND, FACTOR * heardAt - lead, spoken);
        StallExcuses stalls = new StallExcuses(excuses, lost);
        return EARS.get().listen(spoken, LEAD_MILLIS, all, stretches(due, fidelity), stalls, noise);
    }

    private static List<Stretch> stretches(List<Span> due, Fidelity fidelity) {
        return IntStream.range(0, due.size())
                .mapToObj(i -> new Stretch(
                        FACTOR * due.get(i).from(),
                        FACTOR * due.get(i).to(),
                        i == 0 ? fidelity.adaptation() : fidelity.rejoining()))
                .toList();
    }

    /** A stall excuses no more than it can have cost, whatever else is missing near it. */
    private static final class StallExcuses implements Excuses {
        private static final int STEP = (int) (Ear.STEP.toMillis() * SpeechClip.SAMPLE_RATE / 1_000);

        private final List<Excuse> excuses;
        private final int[] left;
        private long lost;

        StallExcuses(List<Excuse> excuses, Duration lost) {
            this.excuses = excuses;
            this.lost = lost.dividedBy(Ear.STEP);
            this.left = excuses.stream().mapToInt(Excuse::most).toArray();
        }

        @Override
        public boolean covers(int from, int to) {
            return excuses.stream().anyMatch(excuse -> excuse.where().overlaps(from / FACTOR, to / FACTOR));
        }

        @Override
        public boolean excuse(int at) {
            if (lost > 0) {
                lost--;
                return false;
            }
            int from = at / FACTOR - STEP / 2;
            for (int i = 0; i < left.length; i++) {
                if (left[i] >= STEP && excuses.get(i).where().overlaps(from, from + STEP)) {
                    left[i] -= STEP;
                    return true;
                }
            }
            return false;
        }
    }
}

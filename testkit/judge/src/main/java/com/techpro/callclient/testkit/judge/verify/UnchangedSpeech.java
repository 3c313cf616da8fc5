// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.verify;

import com.techpro.callclient.testkit.judge.ear.Impression;
import com.techpro.callclient.testkit.judge.speech.Recording;
import com.techpro.callclient.testkit.judge.speech.SampleRates;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.judge.speech.SpeechClip.Rate;
import com.techpro.callclient.testkit.judge.speech.SpeechSource;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiFunction;
import java.util.function.IntUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Recognises speech that G.711 carried unchanged: each heard sample is the codec's output for the
 * sample said a constant time before. G.711 has no state (ITU-T G.711 §2), so a table suffices.
 * Then nothing is missing, added or replaced, and an ear notices the same in all such speech. So an
 * ear listens to it once only, which costs a hundred times as much. The class cannot judge other
 * speech. Thread-safe.
 */
final class UnchangedSpeech {
    /** The longest one-way delay that an ear tries, in samples. */
    private static final int LATEST = 1_200 * SpeechClip.SAMPLE_RATE / 1_000;
    /** So many loud samples in sequence occur at one place of the speech only. */
    private static final int ANCHOR = SpeechClip.FRAME;

    private static final int TYPICAL_SECONDS = 30;
    private static final int SAMPLE_VALUES = 1 << Short.SIZE;

    /** For each sequence of codecs, the output for each sample, by its bits. */
    private static final List<short[]> WAYS = List.of(
            way(UnchangedSpeech::alaw),
            way(UnchangedSpeech::ulaw),
            way(UnchangedSpeech::ulaw, UnchangedSpeech::alaw),
            way(UnchangedSpeech::alaw, UnchangedSpeech::ulaw));

    private final BiFunction<SpeechSource, short[], Impression> ear;
    private final Map<Typical, Optional<Impression>> typical = new ConcurrentHashMap<>();

    private record Typical(SpeechClip clip, int way) {}

    /**
     * @param ear compares the speech from sample 0 on with a recording that began at the same time,
     *     16 kHz
     */
    UnchangedSpeech(BiFunction<SpeechSource, short[], Impression> ear) {
        this.ear = ear;
    }

    /**
     * Returns what an ear would notice; null if an ear has to listen.
     *
     * @param due when speech was due, by the clock that numbers what was said
     */
    @Nullable
    Impression of(SpeechSource said, Recording heard, List<Period> due) {
        Period longest = null;
        for (Period period : due) {
            longest = longest == null || period.to() - period.from() > longest.to() - longest.from() ? period : longest;
        }
        if (longest == null || heard.rate() != Rate.NARROWBAND || heard.from() < 0) {
            return null;
        }
        long anchor = anchor(said.clip(), heard, longest);
        if (anchor < 0) {
            return null;
        }
        short[] before = said(said, anchor - LATEST, LATEST + ANCHOR);
        for (int way = 0; way < WAYS.size(); way++) {
            for (int delay = 0; delay <= LATEST; delay++) {
                if (isSame(before, LATEST - delay, heard, anchor, ANCHOR, WAYS.get(way))
                        && isUnchanged(said, heard, due, delay, WAYS.get(way))) {
                    return impression(said, due, way, delay);
                }
            }
        }
        return null;
    }

    /**
     * Returns the clock's position of some loud samples in the second half of a period, where those
     * are heard that were said in the first; -1 if there are none.
     */
    private static long anchor(SpeechClip clip, Recording heard, Period period) {
        int from = (int) Math.max(0, (period.from() + period.to()) / 2 - heard.from());
        int to = (int) Math.min(heard.samples().length, period.to() - heard.from()) - ANCHOR;
        int loudest = -1;
        int peak = (int) clip.pauseLevel();
        for (int i = from; i < to; i++) {
            if (Math.abs(heard.samples()[i]) > peak) {
                peak = Math.abs(heard.samples()[i]);
                loudest = i;
            }
        }
        return loudest < 0 ? -1 : heard.from() + loudest;
    }

    /** Whether all due speech was heard with this delay, unchanged. */
    private static boolean isUnchanged(SpeechSource said, Recording heard, List<Period> due, int delay, short[] way) {
        for (Period period : due) {
            long from = period.from() + delay;
            int count = (int) Math.max(0, period.to() - from);
            boolean there = from >= heard.from() && period.to() <= heard.from() + heard.samples().length;
            if (count > 0 && !(there && isSame(said(said, period.from(), count), 0, heard, from, count, way))) {
                return false;
            }
        }
        return true;
    }

    private static short[] said(SpeechSource source, long from, int count) {
        short[] said = new short[count];
        source.copy(Rate.NARROWBAND, from, said);
        return said;
    }

    private static boolean isSame(short[] said, int saidFrom, Recording heard, long at, int count, short[] way) {
        short[] samples = heard.samples();
        int heardFrom = (int) (at - heard.from());
        for (int i = 0; i < count; i++) {
            if (samples[heardFrom + i] != way[said[saidFrom + i] & (SAMPLE_VALUES - 1)]) {
                return false;
            }
        }
        return true;
    }

    private @Nullable Impression impression(SpeechSource said, List<Period> due, int way, int delay) {
        long spoken = 0;
        for (Period period : due) {
            spoken += said.speech(period.from(), (int) Math.max(0, period.to() - period.from() - delay));
        }
        Duration length = Duration.ofMillis(1_000 * spoken / SpeechClip.SAMPLE_RATE);
        Duration later = Duration.ofNanos(delay * 1_000_000_000L / SpeechClip.SAMPLE_RATE);
        return typical.computeIfAbsent(new Typical(said.clip(), way), this::typical)
                .map(of -> of.ofAnother(length, later))
                .orElse(null);
    }

    /** Empty if an ear finds fault with the codec itself. */
    private Optional<Impression> typical(Typical of) {
        short[] said = said(
                new SpeechSource(of.clip, 0), 0, Math.min(of.clip.length(), TYPICAL_SECONDS * SpeechClip.SAMPLE_RATE));
        for (int i = 0; i < said.length; i++) {
            said[i] = WAYS.get(of.way)[said[i] & (SAMPLE_VALUES - 1)];
        }
        Impression heard =
                ear.apply(new SpeechSource(of.clip, 0), SampleRates.interpolated(said, Rate.WIDEBAND.factor()));
        return heard.findings().isEmpty() && heard.missing().isZero() && !heard.anotherSound()
                ? Optional.of(heard)
                : Optional.empty();
    }

    private static short[] way(IntUnaryOperator... laws) {
        short[] samples = new short[SAMPLE_VALUES];
        for (int i = 0; i < samples.length; i++) {
            int sample = (short) i;
            for (IntUnaryOperator law : laws) {
                sample = law.applyAsInt(sample);
            }
            samples[i] = (short) sample;
        }
        return samples;
    }

    /**
     * What a 16-bit sample becomes by A-law: the middle of its step (ITU-T G.711 table 1). It shares
     * no code with the engine's codec.
     */
    static int alaw(int sample) {
        int magnitude = (sample >> 4) ^ (sample >> 31);
        int step = Math.max(1, Integer.highestOneBit(magnitude) / 16);
        int middle = (2 * (magnitude & -step) + step) << 3;
        return sample < 0 ? -middle : middle;
    }

    /** As {@link #alaw}, by µ-law (table 2). */
    static int ulaw(int sample) {
        int biased = Math.min(((sample >> 2) ^ (sample >> 31)) + 33, 0x1FFF);
        int step = Integer.highestOneBit(biased) / 16;
        int middle = ((biased & -step) + step / 2 - 33) << 2;
        return sample < 0 ? -middle : middle;
    }
}

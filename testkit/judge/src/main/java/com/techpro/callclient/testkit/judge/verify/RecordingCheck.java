// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.verify;

import com.techpro.callclient.testkit.judge.speech.Recording;
import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import com.techpro.callclient.testkit.judge.speech.SpeechSource;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Compares a recording, such as a voicemail, with the speech at its making, at any time before it
 * is heard.
 */
public final class RecordingCheck {
    /**
     * Samples not judged at the begin. A recording begins within a sound, which is no click, and
     * may start with earlier sound.
     */
    private static final int BEGINNING = 5 * SpeechClip.FRAME;

    /** Samples not judged at the end: hanging up loses the sound in transit. */
    private static final int END = 5 * SpeechClip.FRAME;

    /** G.711's silence is not zero. */
    private static final int QUIET = 50;

    private static final double ACQUIRED = 0.4;

    private final SpeechCheck check;

    public RecordingCheck(SpeechLimits limits) {
        this.check = new SpeechCheck(limits.atAnyTime());
    }

    /**
     * Finds when a recording was made.
     *
     * @param heard the recording, 8 kHz, without silence before it
     * @param earliest the first sample number of the speech with which the recording may begin
     * @param latest the last such number
     * @return the sample number with which it begins, or empty if no part of the speech between the
     *     two is similar
     */
    public static OptionalLong begin(SpeechSource said, short[] heard, long earliest, long latest) {
        int sample = loudest(heard);
        short[] stretch = Arrays.copyOfRange(heard, sample, Math.min(heard.length, sample + Alignment.ACQUIRE));
        double best = ACQUIRED;
        OptionalLong begin = OptionalLong.empty();
        for (long at = earliest + Alignment.MAX_DELAY; at - Alignment.MAX_DELAY <= latest; at += Alignment.MAX_DELAY) {
            Alignment.Match match = new Alignment(said, stretch, at + sample).acquire(0);
            long found = at - match.delay();
            if (match.correlation() > best && found >= earliest && found <= latest) {
                best = match.correlation();
                begin = OptionalLong.of(found);
            }
        }
        return begin;
    }

    /**
     * Judges a recording.
     *
     * @param begin the result of {@link #begin}; the verdict's delay counts from there
     * @param excuses where, within {@code heard}, a stall can have caused a gap
     */
    public SpeechVerdict judge(SpeechSource said, short[] heard, long begin, List<Excuse> excuses) {
        int delay = Alignment.MAX_DELAY / 2;
        Span due = new Span(BEGINNING - delay, Math.max(0, heard.length - END));
        return check.judge(said, heard, begin + delay, List.of(due), excuses);
    }

    /**
     * Finds a recording in a sound card's output, and judges it.
     *
     * @param earliest as in {@link #begin}
     * @param latest as in {@link #begin}
     * @param most the most samples that are judged
     * @return null if no part of the output is similar
     */
    public static @Nullable SpeechVerdict find(
            SpeechSource said, Recording played, long earliest, long latest, Duration most, SpeechLimits limits) {
        short[] all = played.at(SpeechClip.Rate.NARROWBAND).samples();
        int from = 0;
        while (from < all.length && Math.abs(all[from]) < QUIET) {
            from++;
        }
        int to = (int) Math.min(all.length, from + most.toMillis() * SpeechClip.SAMPLE_RATE / 1_000);
        if (to - from < Alignment.ACQUIRE) {
            return null;
        }
        short[] heard = Arrays.copyOfRange(all, from, to);
        OptionalLong begin = begin(said, heard, earliest, latest);
        return begin.isEmpty() ? null : new RecordingCheck(limits).judge(said, heard, begin.getAsLong(), List.of());
    }

    /** Returns the begin of the stretch that suits a comparison best. */
    private static int loudest(short[] heard) {
        int loudest = 0;
        double most = -1;
        for (int at = 0; at + Alignment.ACQUIRE <= heard.length; at += SpeechClip.FRAME) {
            double level = 0;
            for (int i = at; i < at + Alignment.ACQUIRE; i++) {
                level += (double) heard[i] * heard[i];
            }
            if (level > most) {
                most = level;
                loudest = at;
            }
        }
        return loudest;
    }
}

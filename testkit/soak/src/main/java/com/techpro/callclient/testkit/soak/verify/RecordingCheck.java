// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.verify;

import com.techpro.callclient.testkit.contracts.Sound;
import com.techpro.callclient.testkit.soak.speech.SoakAudio.Recording;
import com.techpro.callclient.testkit.soak.speech.SpeechClip;
import com.techpro.callclient.testkit.soak.speech.SpeechSource;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Compares a recording, such as a voicemail, with what was said when it was made, which is any time before it is heard. */
public final class RecordingCheck {
    /** It begins in the middle of something, which is no click; and a moment of what was heard before may come before it. */
    private static final int BEGINNING = 5 * SpeechClip.FRAME;

    /** Who hangs up takes what is under way with him. */
    private static final int END = 5 * SpeechClip.FRAME;

    /** G.711's silence is not zero. */
    private static final int QUIET = 50;

    private static final double ACQUIRED = 0.4;

    private final SpeechCheck check;

    public RecordingCheck(SpeechLimits limits) {
        this.check = new SpeechCheck(limits.atAnyTime());
    }

    /**
     * Finds out when a recording was made.
     *
     * @param heard the recording, 8 kHz, without silence before it
     * @param earliest the number of that sample of the talk with which the recording may begin at the earliest
     * @param latest at the latest
     * @return the number of that sample of the talk with which it begins, or empty if nothing between the two sounds like it
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
     * Judges it.
     *
     * @param begin as {@link #begin} found it; the verdict's delay is counted from there
     * @param excuses where, within {@code heard}, a gap can be a stall's doing
     */
    public SpeechVerdict judge(SpeechSource said, short[] heard, long begin, List<Excuse> excuses) {
        int delay = Alignment.MAX_DELAY / 2;
        Span due = new Span(BEGINNING - delay, Math.max(0, heard.length - END));
        return check.judge(said, heard, begin + delay, List.of(due), excuses);
    }

    /**
     * Finds a recording in what a sound card played, and judges it.
     *
     * @param earliest as of {@link #begin}
     * @param latest likewise
     * @param most how much of it is judged
     * @return null if nothing there sounds like it
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

    /** Where the stretch begins that is best to compare by. */
    private static int loudest(short[] heard) {
        int loudest = 0;
        double most = -1;
        for (int at = 0; at + Alignment.ACQUIRE <= heard.length; at += SpeechClip.FRAME) {
            double level = Sound.rootMeanSquare(Arrays.copyOfRange(heard, at, at + Alignment.ACQUIRE));
            if (level > most) {
                most = level;
                loudest = at;
            }
        }
        return loudest;
    }
}

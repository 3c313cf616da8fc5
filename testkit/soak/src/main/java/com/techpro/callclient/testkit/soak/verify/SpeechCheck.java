// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.verify;

import com.techpro.callclient.testkit.soak.speech.SpeechClip;
import com.techpro.callclient.testkit.soak.speech.Talk;
import com.techpro.callclient.testkit.soak.verify.SpeechVerdict.Outcome;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Compares what was heard with what was said, 20 ms frame by frame.
 *
 * <p>The delay between the two is found once for a stretch of speech and then followed: a jitter buffer that plays faster or slower
 * changes it by some milliseconds, one that buffers anew by more. A frame whose counterpart cannot be found by following is
 * looked for over all delays; if that fails too it is a gap. Pauses in what was said are left out: they prove nothing.
 */
public final class SpeechCheck {
    private static final int FRAME = SpeechClip.FRAME;
    /** Around a frame: enough of a voice's period to correlate, little enough to fit between two splices. */
    private static final int FOLLOW_WINDOW = 2 * FRAME;

    private static final int SEARCH_WINDOW = 3 * FRAME;
    /** A splice moves by less than a frame and a half. */
    private static final int SEARCH_RADIUS = 3 * FRAME / 2;

    private static final double FOLLOWED = 0.8;
    private static final double RESEMBLES = 0.5;
    private static final double ACQUIRED = 0.4;
    /** So many frames lost in a row look like a new delay rather than lost packets. */
    private static final int LOST_TRACK = 5;
    /** Speech that arrives fainter than this did not arrive. */
    private static final double FAINT = 0.1;

    /** With so much missing it is not this speech with gaps, but no speech or another. */
    private static final double LOST_PERCENT = 30;

    private final SpeechLimits limits;

    public SpeechCheck(SpeechLimits limits) {
        this.limits = limits;
    }

    /**
     * Judges one direction of a call.
     *
     * @param said what the far side said
     * @param heard what came out of the speaker here, 8 kHz
     * @param heardAt the number of that sample of the talk that the far microphone took when the first heard sample was played
     * @param due when, within {@code heard}, speech was due; what lies outside is not judged
     */
    public SpeechVerdict judge(Talk said, short[] heard, long heardAt, List<Span> due) {
        Tally tally = new Tally();
        if (heard.length >= 2 * SpectralDistance.WINDOW) {
            Alignment alignment = new Alignment(said, heard, heardAt);
            for (Span span : due) {
                follow(alignment, said.clip().pauseLevel(), span, tally);
            }
        }
        return tally.verdict(limits);
    }

    private static void follow(Alignment alignment, double pauseLevel, Span span, Tally tally) {
        int first = Math.max(span.from(), FRAME);
        int frames = (Math.min(span.to(), alignment.heard().length - FRAME) - first) / FRAME;
        if (frames <= 0) {
            return;
        }
        Frame[] judged = new Frame[frames];
        int delay = alignment.acquire(first).delay();
        delay = delay < 0 ? tally.lastDelay : delay;
        int lost = 0;
        int acquiredAt = 0;
        for (int i = 0; i < frames; i++) {
            int at = first + i * FRAME;
            Frame frame = judge(alignment, pauseLevel, at, delay);
            judged[i] = frame;
            delay = frame.delay;
            if (frame.kind != Kind.PAUSE) {
                lost = frame.kind == Kind.HEARD ? 0 : lost + 1;
            }
            if (lost >= LOST_TRACK && i - acquiredAt >= LOST_TRACK) {
                int back = Math.max(acquiredAt, i - LOST_TRACK + 1);
                acquiredAt = i;
                lost = 0;
                Alignment.Match found = alignment.acquire(first + back * FRAME);
                if (found.correlation() >= ACQUIRED && found.delay() != delay) {
                    delay = found.delay();
                    i = back - 1;
                }
            }
        }
        tally.add(judged);
    }

    private static Frame judge(Alignment alignment, double pauseLevel, int at, int delay) {
        double saidLevel = alignment.saidRms(at, FRAME, delay);
        if (saidLevel < pauseLevel) {
            return new Frame(Kind.PAUSE, delay, 0);
        }
        if (alignment.heardRms(at, FRAME) < FAINT * saidLevel) {
            return new Frame(Kind.SILENT, delay, 0);
        }
        Alignment.Match match = alignment.search(at - FRAME / 2, FOLLOW_WINDOW, delay, 1);
        if (match.correlation() < FOLLOWED) {
            match = alignment.search(at - FRAME, SEARCH_WINDOW, delay, SEARCH_RADIUS);
        }
        int heardFrom = at + FRAME / 2 - SpectralDistance.WINDOW / 2;
        if (match.correlation() >= FOLLOWED) {
            int saidFrom = alignment.counterpart(heardFrom, match.delay());
            return new Frame(
                    Kind.HEARD,
                    match.delay(),
                    SpectralDistance.decibels(alignment.said(), saidFrom, alignment.heard(), heardFrom));
        }
        // Half of it may be there, or a guess of the far end's concealment: good enough for an ear, too little to
        // follow.
        match = alignment.search(at, FRAME, delay, SEARCH_RADIUS);
        if (match.correlation() >= RESEMBLES) {
            int saidFrom = alignment.counterpart(heardFrom, match.delay());
            return new Frame(
                    Kind.HEARD,
                    delay,
                    SpectralDistance.decibels(alignment.said(), saidFrom, alignment.heard(), heardFrom));
        }
        return new Frame(Kind.OTHER, delay, 0);
    }

    private enum Kind {
        PAUSE,
        HEARD,
        SILENT,
        /** Something is heard, but not this. */
        OTHER
    }

    private record Frame(Kind kind, int delay, double distance) {}

    /** Adds frames up. */
    private static final class Tally {
        private int heard;
        private int silent;
        private int other;
        private double distance;
        private int stretches;
        private int lastDelay;
        private int[] delays = {};

        void add(Frame[] frames) {
            int before = -1;
            int[] seen = new int[frames.length];
            int count = 0;
            for (Frame frame : frames) {
                if (frame.kind == Kind.SILENT) {
                    silent++;
                } else if (frame.kind == Kind.OTHER) {
                    other++;
                } else if (frame.kind == Kind.HEARD) {
                    heard++;
                    distance += frame.distance;
                    seen[count++] = frame.delay;
                    // One sample is the grain of the search, not a stretch.
                    stretches += before >= 0 && Math.abs(frame.delay - before) > 2 ? 1 : 0;
                    before = frame.delay;
                }
            }
            lastDelay = before >= 0 ? before : lastDelay;
            int old = delays.length;
            delays = Arrays.copyOf(delays, old + count);
            System.arraycopy(seen, 0, delays, old, count);
        }

        SpeechVerdict verdict(SpeechLimits limits) {
            int gaps = silent + other;
            int compared = heard + gaps;
            double gapPercent = compared == 0 ? 0 : 100.0 * gaps / compared;
            double meanDistance = heard == 0 ? 0 : distance / heard;
            int[] sorted = delays.clone();
            Arrays.sort(sorted);
            int delay = sorted.length == 0 ? 0 : sorted[sorted.length / 2];
            Duration comparedTime = Duration.ofMillis(compared * 20L);
            return new SpeechVerdict(
                    outcome(limits, comparedTime, gapPercent, meanDistance),
                    comparedTime,
                    gapPercent,
                    meanDistance,
                    Duration.ofNanos(delay * 125_000L),
                    stretches);
        }

        private Outcome outcome(SpeechLimits limits, Duration compared, double gapPercent, double meanDistance) {
            if (compared.compareTo(limits.leastCompared()) < 0) {
                return Outcome.TOO_SHORT;
            }
            if (gapPercent > Math.max(LOST_PERCENT, limits.gapPercent())) {
                return silent > other ? Outcome.NOTHING_HEARD : Outcome.OTHER_SOUND;
            }
            if (gapPercent > limits.gapPercent()) {
                return Outcome.GAPS;
            }
            return meanDistance > limits.spectralDistance() ? Outcome.DISTORTED : Outcome.VERIFIED;
        }
    }
}

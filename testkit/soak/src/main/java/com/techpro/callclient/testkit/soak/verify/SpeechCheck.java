// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.verify;

import com.techpro.callclient.testkit.soak.speech.SpeechClip;
import com.techpro.callclient.testkit.soak.speech.SpeechClip.Rate;
import com.techpro.callclient.testkit.soak.speech.SpeechSource;
import com.techpro.callclient.testkit.soak.verify.SpeechFrame.Kind;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Compares what was heard with what was said, 20 ms frame by frame.
 *
 * <p>The delay between the two is found once for a stretch of speech and then followed: a jitter buffer that plays faster or slower
 * changes it by some milliseconds, one that buffers anew by more. A frame whose counterpart cannot be found by following is
 * looked for over all delays; if that fails too, with the delay before it as with the one after, it is a gap. Pauses in what was said are left
 * out: they prove nothing.
 *
 * <p>A machine that holds up the test's own sound cards, or keeps what carries sound waiting for a processor, makes gaps that are not the engine's: they
 * are counted apart, and a direction with too many of them is not judged at all.
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
    static final double ACQUIRED = 0.4;
    /**
     * So many frames in a row that could not be followed look like a new delay rather than lost packets. A vowel resembles itself a period earlier, so
     * that a frame which only resembles is no proof of being on the right track.
     */
    private static final int LOST_TRACK = 3;
    /** Around the last frame of all. */
    private static final int MARGIN = 2 * FRAME;
    /** Speech that arrives fainter than this did not arrive. */
    private static final double FAINT = 0.1;

    /** What is heard in a pause is noise when it is louder than this times what still counts as one. */
    private static final double NOISE = 1.5;

    private final SpeechLimits limits;

    public SpeechCheck(SpeechLimits limits) {
        this.limits = limits;
    }

    /**
     * Judges one direction of a call.
     *
     * @param said what the far side said
     * @param heard what came out of the speaker here, 8 kHz; after its end nothing came out
     * @param heardAt the number of that sample of the talk that the far microphone took when the first heard sample was played
     * @param due from when on what is said must be heard, however long it takes to come here, until when that is listened for; what lies outside is not judged
     * @param excuses where, within {@code heard}, a gap can be a stall's doing, and how much of one
     */
    public SpeechVerdict judge(SpeechSource said, short[] heard, long heardAt, List<Span> due, List<Excuse> excuses) {
        return judge(
                new Alignment(said, Arrays.copyOf(heard, Math.max(end(due), heard.length)), heardAt),
                said.clip().pauseLevel(),
                due,
                excuses,
                Fidelity.TELEPHONE);
    }

    /**
     * As {@link #judge(SpeechSource, short[], long, List, List)}, of a codec that is not G.711.
     *
     * @param heard 16 kHz; all that counts samples counts those of 8 kHz nevertheless
     */
    public SpeechVerdict judge(
            SpeechSource said, short[] heard, long heardAt, List<Span> due, List<Excuse> excuses, Fidelity fidelity) {
        int length = Math.max(Rate.WIDEBAND.factor() * end(due), heard.length);
        return judge(
                WidebandAlignment.of(said, Arrays.copyOf(heard, length), heardAt, fidelity),
                said.clip().pauseLevel(),
                due,
                excuses,
                fidelity);
    }

    private static int end(List<Span> due) {
        return due.stream().mapToInt(Span::to).max().orElse(0) + MARGIN;
    }

    private SpeechVerdict judge(
            Alignment alignment, double pauseLevel, List<Span> due, List<Excuse> excuses, Fidelity fidelity) {
        SpeechTally tally = new SpeechTally();
        Duration adaptation = fidelity.adaptation();
        int[] left = excuses.stream().mapToInt(Excuse::most).toArray();
        for (Span span : due) {
            SpeechFrame[] frames = follow(alignment, pauseLevel, span, tally.lastDelay());
            lookAgain(alignment, pauseLevel, frames);
            excuse(frames, excuses, left);
            tally.add(frames, adaptation);
            adaptation = fidelity.rejoining();
            for (SpeechFrame frame : frames) {
                if (frame.kind() == Kind.HEARD) {
                    tally.add(alignment.upperBand(frame.at(), frame.delay()));
                }
            }
        }
        return tally.verdict(limits);
    }

    /** What is said first is due after the delay that the first frame clearly there has: known only once it was found. */
    private static SpeechFrame[] follow(Alignment alignment, double pauseLevel, Span span, int lastDelay) {
        Alignment.Match acquired = alignment.acquire(Math.max(0, span.from()));
        int delay = acquired.correlation() < ACQUIRED ? lastDelay : acquired.delay();
        SpeechFrame[] frames = followFrom(alignment, pauseLevel, span, delay);
        int first = Arrays.stream(frames)
                .filter(SpeechFrame::followed)
                .mapToInt(SpeechFrame::delay)
                .findFirst()
                .orElse(delay);
        return Math.abs(first - delay) < FRAME / 2 ? frames : followFrom(alignment, pauseLevel, span, first);
    }

    private static SpeechFrame[] followFrom(Alignment alignment, double pauseLevel, Span span, int firstDelay) {
        int first = Math.max(span.from() + firstDelay, FRAME);
        SpeechFrame[] judged = new SpeechFrame[Math.max(0, (span.to() - first) / FRAME)];
        int delay = firstDelay;
        int unsure = 0;
        int acquiredAt = 0;
        for (int i = 0; i < judged.length; i++) {
            SpeechFrame frame = judge(alignment, pauseLevel, first + i * FRAME, delay);
            judged[i] = frame;
            delay = frame.delay();
            if (!frame.kind().isPause()) {
                unsure = frame.followed() ? 0 : unsure + 1;
            }
            if (unsure >= LOST_TRACK && i - acquiredAt >= LOST_TRACK) {
                int back = Math.max(acquiredAt, i - LOST_TRACK + 1);
                acquiredAt = i;
                unsure = 0;
                Alignment.Match found = alignment.acquire(first + back * FRAME);
                if (found.correlation() >= ACQUIRED && found.delay() != delay) {
                    delay = found.delay();
                    i = back - 1;
                }
            }
        }
        return judged;
    }

    private static SpeechFrame judge(Alignment alignment, double pauseLevel, int at, int delay) {
        double saidLevel = alignment.saidRms(at, FRAME, delay);
        if (saidLevel < pauseLevel) {
            return new SpeechFrame(pause(alignment, pauseLevel, at, delay), at, delay, 0, false);
        }
        if (alignment.heardRms(at, FRAME) < FAINT * saidLevel) {
            return new SpeechFrame(Kind.SILENT, at, delay, 0, false);
        }
        Alignment.Match match = alignment.follow(at - FRAME / 2, FOLLOW_WINDOW, delay);
        if (match.correlation() < FOLLOWED && alignment.isAlike(at, delay)) {
            return heard(alignment, at, delay, delay, true);
        }
        if (match.correlation() < FOLLOWED) {
            match = alignment.search(at - FRAME, SEARCH_WINDOW, delay, SEARCH_RADIUS);
        }
        if (match.correlation() >= FOLLOWED) {
            return heard(alignment, at, match.delay(), match.delay(), true);
        }
        // Half of it may be there, or a guess of the far end's concealment: good enough for an ear, too little to
        // follow.
        match = alignment.search(at, FRAME, delay, SEARCH_RADIUS);
        if (match.correlation() >= RESEMBLES) {
            return heard(alignment, at, delay, match.delay(), false);
        }
        return new SpeechFrame(Kind.OTHER, at, delay, 0, false);
    }

    /** Beside speech a pause is not silent: a splice may move a frame's part into it, and what bridges a gap fades in it. */
    private static Kind pause(Alignment alignment, double pauseLevel, int at, int delay) {
        boolean longer = alignment.saidRms(at - FRAME, FRAME, delay) < pauseLevel
                && alignment.saidRms(at + FRAME, FRAME, delay) < pauseLevel;
        return longer && alignment.heardRms(at, FRAME) > NOISE * pauseLevel ? Kind.NOISY_PAUSE : Kind.PAUSE;
    }

    private static SpeechFrame heard(Alignment alignment, int at, int delay, int comparedAt, boolean followed) {
        return new SpeechFrame(Kind.HEARD, at, delay, alignment.distance(at, comparedAt), followed);
    }

    /**
     * What seemed missing was judged by the delay before it. Where a jitter buffer has changed the delay in a pause, the word after it is nowhere yet by the old
     * delay and there by the new one; and in the frame of a splice, one half belongs to each.
     */
    private static void lookAgain(Alignment alignment, double pauseLevel, SpeechFrame[] frames) {
        int after = -1;
        for (int i = frames.length - 1; i >= 0; i--) {
            SpeechFrame frame = frames[i];
            if (frame.kind() == Kind.HEARD) {
                after = frame.delay();
            } else if (frame.kind().isGap() && after >= 0 && after != frame.delay()) {
                frames[i] = lookAgain(alignment, pauseLevel, frame, after);
            }
        }
    }

    private static SpeechFrame lookAgain(Alignment alignment, double pauseLevel, SpeechFrame frame, int after) {
        int at = frame.at();
        if (alignment.saidRms(at, FRAME, after) < pauseLevel) {
            return frame.as(Kind.PAUSE);
        }
        if (frame.kind() == Kind.SILENT) {
            return frame;
        }
        int half = FRAME / 2;
        boolean whole = alignment.search(at, FRAME, after, 2).correlation() >= RESEMBLES;
        boolean spliced = alignment.search(at, half, frame.delay(), 2).correlation() >= RESEMBLES
                && alignment.search(at + half, half, after, 2).correlation() >= RESEMBLES;
        return whole || spliced ? heard(alignment, at, frame.delay(), after, false) : frame;
    }

    /** A stall excuses what it can have cost and no more, however much else is missing near it. */
    private static void excuse(SpeechFrame[] frames, List<Excuse> excuses, int[] left) {
        for (int i = 0; i < frames.length; i++) {
            SpeechFrame frame = frames[i];
            boolean open = frame.isFault();
            for (int e = 0; e < left.length && open; e++) {
                if (left[e] >= FRAME && excuses.get(e).where().overlaps(frame.at(), frame.at() + FRAME)) {
                    left[e] -= FRAME;
                    open = false;
                    frames[i] = frame.excused();
                }
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.verify;

import com.techpro.callclient.testkit.soak.speech.SpeechClip;
import com.techpro.callclient.testkit.soak.verify.SpeechFrame.Kind;
import com.techpro.callclient.testkit.soak.verify.SpeechVerdict.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** Adds the frames of one direction up to a verdict. */
final class SpeechTally {
    /** With so much missing it is not this speech with gaps, but no speech or another. */
    private static final double LOST_PERCENT = 30;
    /** Of which not even this much was heard is not a direction that stalls have hurt, but one that is dead, whatever the machine did. */
    private static final double LEAST_HEARD_PERCENT = 50;

    private static final long FRAME_MILLIS = 20;
    private static final int MOST_GAPS = 50;

    private final List<Span> gaps = new ArrayList<>();
    private final Map<Kind, Integer> frames = new EnumMap<>(Kind.class);
    private UpperBand upperBand = UpperBand.NONE;
    private int guessed;
    private int beginning;
    private double distance;
    private int stretches;
    private long inserted;
    private int lastDelay;
    private int[] delays = {};

    /** Of the last frame heard; where the next stretch of speech is likely to be. */
    int lastDelay() {
        return lastDelay;
    }

    /**
     * Adds one stretch in which speech was due.
     *
     * @param adaptation how long something else may be heard, not silence, in place of its first word's beginning
     */
    void add(SpeechFrame[] stretch, Duration adaptation) {
        int before = -1;
        int[] seen = new int[stretch.length];
        int count = 0;
        for (SpeechFrame frame : stretch) {
            frames.merge(frame.kind(), 1, Integer::sum);
            if (frame.kind() == Kind.HEARD) {
                guessed += frame.followed() ? 0 : 1;
                distance += frame.distance();
                seen[count++] = frame.delay();
                // One sample is the grain of the search, not a stretch.
                stretches += before >= 0 && Math.abs(frame.delay() - before) > 2 ? 1 : 0;
                inserted += before >= 0 ? Math.max(0, frame.delay() - before - 2) : 0;
                before = frame.delay();
            } else if (frame.kind().isGap()) {
                gap(frame.at());
            }
        }
        beginning = Math.max(beginning, beginning(stretch, (int) (adaptation.toMillis() / FRAME_MILLIS)));
        lastDelay = before >= 0 ? before : lastDelay;
        int old = delays.length;
        delays = Arrays.copyOf(delays, old + count);
        System.arraycopy(seen, 0, delays, old, count);
    }

    /** Adds what a frame that was heard has above the telephone's band. */
    void add(UpperBand frame) {
        upperBand = upperBand.plus(frame);
    }

    /** How much of the first word is missing. A pause ends a word: what is missing before it and after it are two edges, and not one. */
    private static int beginning(SpeechFrame[] stretch, int adaptation) {
        int adapting = adaptation;
        int most = 0;
        int missing = 0;
        for (SpeechFrame frame : stretch) {
            if (frame.kind() == Kind.HEARD) {
                break;
            }
            if (frame.kind() == Kind.OTHER && adapting > 0) {
                adapting--;
            } else if (frame.kind().isGap()) {
                missing++;
                most = Math.max(most, missing);
            } else if (frame.kind() == Kind.PAUSE) {
                missing = 0;
            }
        }
        return most;
    }

    SpeechVerdict verdict(SpeechLimits limits) {
        int missing = count(Kind.SILENT, Kind.OTHER);
        int excused = count(Kind.EXCUSED_SILENT, Kind.EXCUSED_OTHER);
        int compared = count(Kind.HEARD) + missing;
        int[] sorted = delays.clone();
        Arrays.sort(sorted);
        int delay = sorted.length == 0 ? 0 : sorted[sorted.length / 2];
        SpeechVerdict found = new SpeechVerdict(
                Outcome.VERIFIED,
                time(compared),
                percent(missing, compared),
                percent(excused, compared + excused),
                time(beginning),
                percent(guessed, compared),
                percent(count(Kind.NOISY_PAUSE), count(Kind.PAUSE, Kind.NOISY_PAUSE)),
                count(Kind.HEARD) == 0 ? 0 : distance / count(Kind.HEARD),
                Duration.ofNanos(delay * 125_000L),
                stretches,
                Duration.ofNanos(inserted * 125_000),
                List.copyOf(gaps));
        return found.as(outcome(limits, found));
    }

    /** What a stall cannot explain is judged before what it can. */
    private Outcome outcome(SpeechLimits limits, SpeechVerdict found) {
        int missing = count(Kind.SILENT, Kind.OTHER);
        int excused = count(Kind.EXCUSED_SILENT, Kind.EXCUSED_OTHER);
        int due = count(Kind.HEARD) + missing + excused;
        boolean silent = count(Kind.SILENT, Kind.EXCUSED_SILENT) > count(Kind.OTHER, Kind.EXCUSED_OTHER);
        Outcome lost = silent ? Outcome.NOTHING_HEARD : Outcome.OTHER_SOUND;
        int enough = (int) (limits.leastCompared().toMillis() / FRAME_MILLIS);
        if (due >= enough && percent(count(Kind.HEARD), due) < LEAST_HEARD_PERCENT) {
            return lost;
        }
        // Of a moment's speech one frame is a large share.
        double unexcused = percent(missing, Math.max(enough, count(Kind.HEARD) + missing));
        if (unexcused > limits.gapPercent()) {
            return unexcused > Math.max(LOST_PERCENT, limits.gapPercent()) ? lost : Outcome.GAPS;
        }
        if (found.beginningLost().compareTo(limits.beginningLost()) > 0) {
            return Outcome.CLIPPED_BEGINNING;
        }
        if (count(Kind.HEARD) + missing < enough) {
            return due >= enough ? Outcome.MACHINE_STALLED : Outcome.TOO_SHORT;
        }
        if (found.spectralDistance() > limits.spectralDistance() || upperBand.isLost()) {
            return Outcome.DISTORTED;
        }
        if (found.guessedPercent() > limits.guessedPercent()) {
            return Outcome.GUESSED;
        }
        if (found.noisyPausePercent() > limits.noisyPausePercent()) {
            return Outcome.NOISE;
        }
        return found.excusedPercent() > limits.excusedPercent() ? Outcome.MACHINE_STALLED : Outcome.VERIFIED;
    }

    private int count(Kind... kinds) {
        return Arrays.stream(kinds)
                .mapToInt(kind -> frames.getOrDefault(kind, 0))
                .sum();
    }

    private void gap(int at) {
        int last = gaps.size() - 1;
        if (last >= 0 && gaps.get(last).to() == at) {
            gaps.set(last, new Span(gaps.get(last).from(), at + SpeechClip.FRAME));
        } else if (gaps.size() < MOST_GAPS) {
            gaps.add(new Span(at, at + SpeechClip.FRAME));
        }
    }

    private static Duration time(int frames) {
        return Duration.ofMillis(frames * FRAME_MILLIS);
    }

    private static double percent(int part, int whole) {
        return whole == 0 ? 0 : 100.0 * part / whole;
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.verify;

import com.techpro.callclient.testkit.soak.speech.SpeechClip;
import com.techpro.callclient.testkit.soak.verify.SpeechVerdict.Outcome;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Adds the frames of one direction up to a verdict. */
final class SpeechTally {
    /** With so much missing it is not this speech with gaps, but no speech or another. */
    private static final double LOST_PERCENT = 30;

    private static final int MOST_GAPS = 50;

    private final List<Span> gaps = new ArrayList<>();
    private int heard;
    private int silent;
    private int other;
    private int excused;
    private double distance;
    private int stretches;
    private int lastDelay;
    private int[] delays = {};

    /** Of the last frame heard; where the next stretch of speech is likely to be. */
    int lastDelay() {
        return lastDelay;
    }

    void add(SpeechFrame[] frames) {
        int before = -1;
        int[] seen = new int[frames.length];
        int count = 0;
        for (SpeechFrame frame : frames) {
            switch (frame.kind()) {
                case SILENT -> silent++;
                case OTHER -> other++;
                case EXCUSED -> excused++;
                case HEARD -> {
                    heard++;
                    distance += frame.distance();
                    seen[count++] = frame.delay();
                    // One sample is the grain of the search, not a stretch.
                    stretches += before >= 0 && Math.abs(frame.delay() - before) > 2 ? 1 : 0;
                    before = frame.delay();
                }
                case PAUSE -> {}
            }
            if (frame.kind().isGap()) {
                gap(frame.at());
            }
        }
        lastDelay = before >= 0 ? before : lastDelay;
        int old = delays.length;
        delays = Arrays.copyOf(delays, old + count);
        System.arraycopy(seen, 0, delays, old, count);
    }

    SpeechVerdict verdict(SpeechLimits limits) {
        int missing = silent + other;
        int compared = heard + missing;
        double gapPercent = percent(missing, compared);
        double excusedPercent = percent(excused, compared + excused);
        double meanDistance = heard == 0 ? 0 : distance / heard;
        int[] sorted = delays.clone();
        Arrays.sort(sorted);
        int delay = sorted.length == 0 ? 0 : sorted[sorted.length / 2];
        Duration comparedTime = Duration.ofMillis(compared * 20L);
        return new SpeechVerdict(
                outcome(limits, comparedTime, gapPercent, excusedPercent, meanDistance),
                comparedTime,
                gapPercent,
                excusedPercent,
                meanDistance,
                Duration.ofNanos(delay * 125_000L),
                stretches,
                List.copyOf(gaps));
    }

    private Outcome outcome(
            SpeechLimits limits, Duration compared, double gapPercent, double excusedPercent, double meanDistance) {
        if (excusedPercent > limits.excusedPercent()) {
            return Outcome.MACHINE_STALLED;
        }
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

    private void gap(int at) {
        int last = gaps.size() - 1;
        if (last >= 0 && gaps.get(last).to() == at) {
            gaps.set(last, new Span(gaps.get(last).from(), at + SpeechClip.FRAME));
        } else if (gaps.size() < MOST_GAPS) {
            gaps.add(new Span(at, at + SpeechClip.FRAME));
        }
    }

    private static double percent(int part, int whole) {
        return whole == 0 ? 0 : 100.0 * part / whole;
    }
}

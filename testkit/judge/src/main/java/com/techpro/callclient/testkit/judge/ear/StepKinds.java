// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.ear;

import com.techpro.callclient.testkit.judge.ear.Finding.Kind;
import org.jspecify.annotations.Nullable;

/** The fault of each step with speech. */
final class StepKinds {
    /** A step this much quieter than expected is silent. */
    private static final double SILENT = 10;
    /** Sound less than this below loud speech is never silence. */
    private static final double AUDIBLE = 14;

    /** At this mean distance from the expected sound, over some steps, it is another sound. */
    private static final double ANOTHER = 6;

    private static final int AROUND = 2;

    private static final double CLICK = 18;
    private static final double CLICK_BANDS = 0.5;

    /** A repetition this far below loud speech is inaudible. */
    static final double FAINT = 30;

    /** The delay is uncertain this many steps to either side of a splice. */
    private static final int SPLICE = 20;
    /** In samples. */
    private static final int SAME_DELAY = 3;

    private static final double SAME = 0.97;
    /** The distances, in steps, at which a repeated packet may have been before. */
    private static final int[] PACKETS = {2, 4, 6, 8, 12};

    private final Comparison pair;
    private final Waveform waveform;
    private final FineTrack fine;
    private final Signal heard;
    private final @Nullable Kind[] kinds;
    private double distances;
    private int compared;

    StepKinds(Comparison pair, Waveform waveform, FineTrack fine, Signal heard, Scratch scratch) {
        this.pair = pair;
        this.waveform = waveform;
        this.fine = fine;
        this.heard = heard;
        this.kinds = scratch.kinds(pair.steps);
        float[] apart = scratch.floats(pair.steps);
        for (int step = 0; step < pair.steps; step++) {
            if (pair.isSpeech(step)) {
                apart[step] = (float) pair.distance(step);
                if (!isSilent(step)) {
                    distances += apart[step];
                    compared++;
                }
            }
        }
        for (int step = 0; step < pair.steps; step++) {
            if (pair.isSpeech(step)) {
                if (isSilent(step)) {
                    kinds[step] = isRepeated(step) ? Kind.REPEATED : Kind.MISSING;
                } else if (around(apart, step) >= ANOTHER || differs(step)) {
                    kinds[step] = isRepeated(step) ? Kind.REPEATED : Kind.REPLACED;
                }
            }
            if (kinds[step] != Kind.MISSING && pair.isJudged(step) && pair.shareAbove(step, CLICK) >= CLICK_BANDS) {
                kinds[step] = isRepeated(step) ? Kind.REPEATED : Kind.CLICK;
            }
            if (kinds[step] != null && isSpliced(step)) {
                kinds[step] = null;
            }
        }
    }

    /** Returns null for a step without fault. */
    @Nullable
    Kind get(int step) {
        return kinds[step];
    }

    void set(int step, @Nullable Kind kind) {
        kinds[step] = kind;
    }

    /** Returns the mean distance of the heard sound from the speech in decibels. */
    double distance() {
        return compared == 0 ? 0 : distances / compared;
    }

    /**
     * Whether it is the speech at the delay of a nearby step: a jitter buffer fades between two
     * delays.
     */
    private boolean isSpliced(int step) {
        for (int near = -SPLICE; near <= SPLICE; near += SPLICE / 2) {
            int delay = fine.delay(Math.max(0, Math.min(pair.steps - 1, step + near)));
            if (Math.abs(delay - fine.delay(step)) > SAME_DELAY && pair.fits(step, delay, ANOTHER)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether the waveform differs. A step beside a silence contains a part of it, and does not
     * count.
     */
    private boolean differs(int step) {
        return waveform.differs(step)
                && (step == 0 || !isSilent(step - 1))
                && (step + 1 == pair.steps || !isSilent(step + 1));
    }

    private boolean isSilent(int step) {
        return pair.deficit(step) >= SILENT && pair.heardTotal(step) < pair.loud() - AUDIBLE;
    }

    /** Returns the mean distance of nearby steps of speech. */
    private double around(float[] apart, int step) {
        double sum = 0;
        int count = 0;
        for (int near = Math.max(0, step - AROUND); near <= Math.min(pair.steps - 1, step + AROUND); near++) {
            if (pair.isSpeech(near) && !isSilent(near)) {
                sum += apart[near];
                count++;
            }
        }
        return count == 0 ? 0 : sum / count;
    }

    private boolean isRepeated(int step) {
        if (pair.heardTotal(step) < pair.loud() - FAINT) {
            return false;
        }
        int from = (step - 1) * Bands.STEP;
        int length = 2 * Bands.STEP;
        for (int before : PACKETS) {
            int earlier = from - before * Bands.STEP;
            if (heard.has(earlier, length)
                    && heard.has(from, length)
                    && Signal.correlation(heard, earlier, heard, from, length) >= SAME) {
                return true;
            }
        }
        return false;
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.ear;

import com.techpro.callclient.testkit.soak.ear.Finding.Kind;
import org.jspecify.annotations.Nullable;

/** What is wrong with each step in which something was said. */
final class StepKinds {
    /** So much quieter than it should be, a step is silent. */
    private static final double SILENT = 10;
    /** What is not so much quieter than loud speech is no silence, whatever it should be. */
    private static final double AUDIBLE = 14;

    /** So far from what it should be, on average over some steps, it is another sound. */
    private static final double ANOTHER = 6;

    private static final int AROUND = 2;

    private static final double CLICK = 18;
    private static final double CLICK_BANDS = 0.5;

    /** So far below loud speech nobody hears that something is repeated. */
    static final double FAINT = 30;

    /** So many steps to either side of a splice its delay is not certain. */
    private static final int SPLICE = 20;
    /** In samples. */
    private static final int SAME_DELAY = 3;

    private static final double SAME = 0.97;
    /** At what distances before, in steps, a packet may have been that is played once more. */
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

    /** Null where nothing is wrong. */
    @Nullable
    Kind get(int step) {
        return kinds[step];
    }

    void set(int step, @Nullable Kind kind) {
        kinds[step] = kind;
    }

    /** Of what was heard from what was said, in decibels, mean. */
    double distance() {
        return compared == 0 ? 0 : distances / compared;
    }

    /** Whether it is what was said at the delay of a moment before or after: a jitter buffer fades from one to the other. */
    private boolean isSpliced(int step) {
        for (int near = -SPLICE; near <= SPLICE; near += SPLICE / 2) {
            int delay = fine.delay(Math.max(0, Math.min(pair.steps - 1, step + near)));
            if (Math.abs(delay - fine.delay(step)) > SAME_DELAY && pair.fits(step, delay, ANOTHER)) {
                return true;
            }
        }
        return false;
    }

    /** Beside a silence a step holds a part of it. */
    private boolean differs(int step) {
        return waveform.differs(step)
                && (step == 0 || !isSilent(step - 1))
                && (step + 1 == pair.steps || !isSilent(step + 1));
    }

    private boolean isSilent(int step) {
        return pair.deficit(step) >= SILENT && pair.heardTotal(step) < pair.loud() - AUDIBLE;
    }

    /** The mean of those of speech. */
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

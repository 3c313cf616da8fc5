// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.ear;

import com.techpro.callclient.testkit.judge.ear.Finding.Kind;
import java.util.ArrayList;
import java.util.List;

/** Finds sound in pauses. */
final class PauseFindings {
    /** Sound this much quieter than speech does not disturb. */
    private static final double DISTURBS = 30;

    /** The mean square of 0 dBov, in decibels: that of a square wave at full scale. */
    private static final double OVERLOAD = 90.3;

    /** Sound within 40 ms of a word may be the word, because the delay in a pause is unknown. */
    private static final int AROUND = 8;

    private static final int SHORTEST = 10;
    /** Sound whose steps differ by more than this many decibels comes and goes like a voice. */
    private static final double MODULATED = 4;
    /** Sound with this much more energy at 50 or 60 Hz than elsewhere is a hum. */
    private static final double BELOW_BANDS = 4;

    private static final double NO_PAUSE = 99;

    /** A filter over every second step. */
    private static final float[] HUM = {1 / 16f, -4 / 16f, 6 / 16f, -4 / 16f, 1 / 16f};

    private final List<Finding> findings = new ArrayList<>();
    private final double belowSpeech;
    private final double noisyPercent;
    private final double excusedPercent;

    /** @param noise in dBov: sound up to this level does not disturb */
    PauseFindings(
            Comparison pair,
            Signal said,
            Signal heard,
            FineTrack track,
            Excuses excuses,
            double noise,
            Scratch scratch) {
        double gain = Decibels.ratio(pair.level());
        float[] slow = scratch.floats(pair.steps);
        float[] hum = scratch.floats(pair.steps);
        double speech = 0;
        double speechAboveThumps = 0;
        int speechSteps = 0;
        for (int step = 0; step < pair.steps; step++) {
            slow[step] = pair.isPause(step) ? heard.mean(step * Bands.STEP) : 0;
            if (pair.isSpeech(step)) {
                speech += pair.heardSquare(step);
                speechAboveThumps += pair.heardAboveThumps(step);
                speechSteps++;
            }
        }
        double pauses = 0;
        int pauseSteps = 0;
        int noisySteps = 0;
        int excusedSteps = 0;
        for (int step = 0; step < pair.steps; ) {
            int end = step;
            double above = 0;
            while (end < pair.steps && pair.isPause(end)) {
                above += Math.max(0, pair.heardAboveThumps(end) - pair.expectedAboveThumps(end, AROUND));
                hum[end - step] = Math.max(0, hum(slow, end, pair.steps) - (float) (gain * said(said, track, end)));
                end++;
            }
            int length = end - step;
            if (length >= SHORTEST) {
                // A codec's thump in silence moves a membrane, but nobody hears it. A hum lasts.
                double steady = length * (double) Ranks.median(hum, length);
                double share = (above / speechAboveThumps + steady / speech) * speechSteps;
                pauses += share;
                pauseSteps += length;
                boolean disturbs = below(share / length) < DISTURBS
                        && Decibels.of((float) ((above + steady) / length)) > OVERLOAD + noise;
                boolean excused = disturbs && excuses.covers(step * Bands.STEP, end * Bands.STEP);
                excusedSteps += excused ? length : 0;
                if (disturbs && !excused) {
                    noisySteps += length;
                    Kind kind = steady > BELOW_BANDS * above ? Kind.HUM : kind(pair, step, end);
                    findings.add(new Finding(kind, SaidSpeech.duration(step), SaidSpeech.duration(length)));
                }
            }
            step = Math.max(end, step + 1);
        }
        noisyPercent = pauseSteps == 0 ? 0 : 100.0 * noisySteps / pauseSteps;
        excusedPercent = pauseSteps == 0 ? 0 : 100.0 * excusedSteps / pauseSteps;
        belowSpeech = pauseSteps == 0 ? NO_PAUSE : below(pauses / pauseSteps);
    }

    /** Returns a share of speech in decibels. */
    private static double below(double share) {
        return share > 0 ? Math.min(NO_PAUSE, -10 * Math.log10(share)) : NO_PAUSE;
    }

    private static Kind kind(Comparison pair, int from, int to) {
        double sum = 0;
        double squares = 0;
        for (int step = from; step < to; step++) {
            sum += pair.heardTotal(step);
            squares += pair.heardTotal(step) * pair.heardTotal(step);
        }
        double mean = sum / (to - from);
        return Math.sqrt(Math.max(0, squares / (to - from) - mean * mean)) > MODULATED ? Kind.VOICE : Kind.NOISE;
    }

    /**
     * Returns the speech's own sound near a step, at all frequencies: real speakers are never quite
     * silent.
     */
    private static double said(Signal said, FineTrack track, int step) {
        int from = step * Bands.STEP - track.delay(step);
        double most = 0;
        for (int away = -AROUND; away <= AROUND; away++) {
            most = Math.max(most, said.meanSquare(from + away * Bands.STEP));
        }
        return most;
    }

    /**
     * Returns the mean square at 50 or 60 Hz of a step and the next, which are a quarter of a
     * period apart. Slower changes hardly count.
     */
    private static float hum(float[] slow, int step, int steps) {
        float one = filtered(slow, step, steps);
        float other = filtered(slow, step + 1, steps);
        return (one * one + other * other) / 2;
    }

    /** Filters over 40 ms. */
    private static float filtered(float[] slow, int step, int steps) {
        float sum = 0;
        for (int i = 0; i < HUM.length; i++) {
            int at = step + 2 * i - HUM.length + 1;
            sum += at < 0 || at >= steps ? 0 : HUM[i] * slow[at];
        }
        return sum;
    }

    List<Finding> findings() {
        return findings;
    }

    /** Returns the share of the pauses with disturbing sound. */
    double noisyPercent() {
        return noisyPercent;
    }

    /** Returns the share of the pauses with disturbing sound that {@link Excuses} excuse. */
    double excusedPercent() {
        return excusedPercent;
    }

    /** Returns how many decibels quieter the added sound in pauses is than speech. */
    double belowSpeech() {
        return belowSpeech;
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.ear;

import com.techpro.callclient.testkit.soak.ear.Finding.Kind;
import java.util.ArrayList;
import java.util.List;

/** What is heard while nothing is said. */
final class PauseFindings {
    /** Quieter than speech by so much it does not disturb. */
    private static final double DISTURBS = 30;

    /** The mean square of 0 dBov, in decibels: that of a square wave at full scale. */
    private static final double OVERLOAD = 90.3;

    /** Within 40 ms of a word what is heard may be the word: nobody knows the delay of a pause. */
    private static final int AROUND = 8;

    private static final int SHORTEST = 10;
    /** What changes by more decibels from step to step comes and goes as a voice does. */
    private static final double MODULATED = 4;
    /** What has so much more energy of 50 or 60 Hz than of all else is a hum. */
    private static final double BELOW_BANDS = 4;

    private static final double NO_PAUSE = 99;

    /** Of every second step. */
    private static final float[] HUM = {1 / 16f, -4 / 16f, 6 / 16f, -4 / 16f, 1 / 16f};

    private final List<Finding> findings = new ArrayList<>();
    private final double belowSpeech;
    private final double noisyPercent;
    private final double excusedPercent;

    /** @param noise up to this level, in dBov, what is heard does not disturb */
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
                // A thump that a codec makes of silence moves a membrane, and nobody hears it; a hum goes on.
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

    /** In decibels, of a share of speech. */
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

    /** What is said near a step, of all frequencies: nobody is as still as a file that was made. */
    private static double said(Signal said, FineTrack track, int step) {
        int from = step * Bands.STEP - track.delay(step);
        double most = 0;
        for (int away = -AROUND; away <= AROUND; away++) {
            most = Math.max(most, said.meanSquare(from + away * Bands.STEP));
        }
        return most;
    }

    /** The mean square of what a step and the next have of 50 or 60 Hz, a quarter of a period apart, and of hardly anything slower. */
    private static float hum(float[] slow, int step, int steps) {
        float one = filtered(slow, step, steps);
        float other = filtered(slow, step + 1, steps);
        return (one * one + other * other) / 2;
    }

    /** Over 40 ms. */
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

    /** The share of the pauses in which it disturbs. */
    double noisyPercent() {
        return noisyPercent;
    }

    /** The share of the pauses in which something disturbs, and {@link Excuses} say why. */
    double excusedPercent() {
        return excusedPercent;
    }

    /** By how many decibels pauses are quieter than speech. */
    double belowSpeech() {
        return belowSpeech;
    }
}

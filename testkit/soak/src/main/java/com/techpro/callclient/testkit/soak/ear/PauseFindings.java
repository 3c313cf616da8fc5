// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.ear;

import com.techpro.callclient.testkit.soak.ear.Finding.Kind;
import java.util.ArrayList;
import java.util.List;

/** What is heard while nothing is said. */
final class PauseFindings {
    /** Quieter than speech by so much it does not disturb. */
    private static final double DISTURBS = 30;

    /** Within 40 ms of a word what is heard may be the word: nobody knows the delay of a pause. */
    private static final int AROUND = 8;

    private static final int SHORTEST = 10;
    /** What changes by more decibels from step to step comes and goes as a voice does. */
    private static final double MODULATED = 4;
    /** So much more energy than all bands have is below them. */
    private static final double BELOW_BANDS = 4;

    private static final double NO_PAUSE = 99;

    private final List<Finding> findings = new ArrayList<>();
    private final double belowSpeech;
    private final double noisyPercent;

    PauseFindings(Comparison pair, Signal said, Signal heard, FineTrack track) {
        double gain = Decibels.ratio(pair.level());
        double speech = 0;
        int speechSteps = 0;
        for (int step = 0; step < pair.steps; step++) {
            if (pair.isSpeech(step)) {
                speech += pair.heardSquare(step);
                speechSteps++;
            }
        }
        double speechLevel = Decibels.of((float) (speechSteps == 0 ? 0 : speech / speechSteps));
        double pause = 0;
        int pauseSteps = 0;
        int noisySteps = 0;
        for (int step = 0; step < pair.steps; ) {
            int end = step;
            double run = 0;
            while (end < pair.steps && pair.isPause(end)) {
                run += excess(said, heard, track, gain, end);
                end++;
            }
            if (end - step >= SHORTEST) {
                pause += run;
                pauseSteps += end - step;
                if (speechLevel - Decibels.of((float) (run / (end - step))) < DISTURBS) {
                    noisySteps += end - step;
                    findings.add(new Finding(
                            kind(pair, heard, step, end), SaidSpeech.duration(step), SaidSpeech.duration(end - step)));
                }
            }
            step = Math.max(end, step + 1);
        }
        noisyPercent = pauseSteps == 0 ? 0 : 100.0 * noisySteps / pauseSteps;
        belowSpeech = pauseSteps == 0 ? NO_PAUSE : speechLevel - Decibels.of((float) (pause / pauseSteps));
    }

    private static Kind kind(Comparison pair, Signal heard, int from, int to) {
        double whole = 0;
        double inBands = 0;
        double sum = 0;
        double squares = 0;
        for (int step = from; step < to; step++) {
            whole += heard.meanSquare(step * Bands.STEP);
            inBands += pair.heardSquare(step);
            sum += pair.heardTotal(step);
            squares += pair.heardTotal(step) * pair.heardTotal(step);
        }
        if (whole > BELOW_BANDS * inBands) {
            return Kind.HUM;
        }
        double mean = sum / (to - from);
        return Math.sqrt(Math.max(0, squares / (to - from) - mean * mean)) > MODULATED ? Kind.VOICE : Kind.NOISE;
    }

    /** What is heard besides what is said: nobody is as still as a file that was made. */
    private static double excess(Signal said, Signal heard, FineTrack track, double gain, int step) {
        int at = step * Bands.STEP;
        int from = at - track.delay(step);
        double most = 0;
        for (int away = -AROUND; away <= AROUND; away++) {
            most = Math.max(most, said.meanSquare(from + away * Bands.STEP));
        }
        return Math.max(0, heard.meanSquare(at) - gain * most);
    }

    List<Finding> findings() {
        return findings;
    }

    /** The share of the pauses in which it disturbs. */
    double noisyPercent() {
        return noisyPercent;
    }

    /** By how many decibels pauses are quieter than speech. */
    double belowSpeech() {
        return belowSpeech;
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.ear;

import java.time.Duration;

/** Which steps of what was said are speech. */
final class SaidSpeech {
    private final boolean[] speech;
    private int count;

    SaidSpeech(double[] levels) {
        double[] totals = totals(levels);
        double loud = Comparison.loud(totals);
        this.speech = new boolean[totals.length];
        for (int step = 0; step < totals.length; step++) {
            speech[step] = totals[step] > 0 && Comparison.isSpeech(totals[step], loud);
            count += speech[step] ? 1 : 0;
        }
    }

    /** How loud the loud steps are, all bands together. */
    static double loud(double[] levels) {
        return Comparison.loud(totals(levels));
    }

    private static double[] totals(double[] levels) {
        double[] totals = new double[levels.length / Bands.COUNT];
        for (int step = 0; step < totals.length; step++) {
            double sum = 0;
            for (int band = 0; band < Bands.COUNT; band++) {
                sum += Bands.meanSquare(levels[step * Bands.COUNT + band]);
            }
            totals[step] = Bands.decibels(sum);
        }
        return totals;
    }

    int steps() {
        return speech.length;
    }

    boolean isSpeech(int step) {
        return speech[step];
    }

    Duration length() {
        return duration(count);
    }

    static Duration duration(int steps) {
        return Duration.ofMillis(steps * 1_000L * Bands.STEP / Bands.RATE);
    }
}

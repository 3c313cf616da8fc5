// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.ear;

import java.util.Arrays;

/**
 * Whether what was heard follows what was said sample by sample. Where nearly all of it does, as through G.711, the part that does not is another sound even if it is as
 * loud and of the same colour: a packet that is played once more, or a guess of concealment. Where codec or filter change the waveform all along, nothing is told.
 */
final class Waveform {
    /** 10 ms. */
    private static final int WINDOW = 2 * Bands.STEP;

    private static final double USUALLY = 0.9;
    private static final double DIFFERS = 0.5;
    /** Samples by which a delay may be wrong. */
    private static final int OFF = 2;
    /** Steps to either side, whose delay may be that of this one. */
    private static final int NEIGHBOUR = 20;
    /** Below loud speech there is too little to compare. */
    private static final double QUIET = 20;
    /** The voice itself: what is above is another codec's noise. */
    private static final int VOICE_BANDS = 7;

    private final double[] correlations;
    private final boolean tells;

    Waveform(Comparison pair, double[] said, double[] heard, FineTrack track) {
        this.correlations = new double[pair.steps];
        double[] known = new double[pair.steps];
        int count = 0;
        for (int step = 0; step < pair.steps; step++) {
            correlations[step] = 1;
            if (pair.isSpeech(step) && isVoiced(pair, step)) {
                double most = correlation(said, heard, step, track.delay(step));
                for (int near = -NEIGHBOUR; near <= NEIGHBOUR && most < USUALLY; near += NEIGHBOUR) {
                    int delay = track.delay(Math.max(0, Math.min(pair.steps - 1, step + near)));
                    most = Math.max(most, correlation(said, heard, step, delay));
                }
                correlations[step] = most;
                known[count++] = most;
            }
        }
        Arrays.sort(known, 0, count);
        this.tells = count > 0 && known[count / 2] >= USUALLY;
    }

    /** Whether a step is not what was said, though nearly all others are. */
    boolean differs(int step) {
        return tells && correlations[step] < DIFFERS;
    }

    private static boolean isVoiced(Comparison pair, int step) {
        double low = 0;
        double high = 0;
        for (int band = 0; band < Bands.COUNT; band++) {
            double square = Bands.meanSquare(pair.expected(step, band));
            if (band < VOICE_BANDS) {
                low += square;
            } else {
                high += square;
            }
        }
        return Bands.decibels(low) > pair.loud() - QUIET && low > 10 * high;
    }

    private static double correlation(double[] said, double[] heard, int step, int around) {
        int heardFrom = step * Bands.STEP - WINDOW / 2;
        if (heardFrom < 0 || heardFrom + WINDOW > heard.length) {
            return 1;
        }
        double most = -1;
        for (int delay = around - OFF; delay <= around + OFF && most < USUALLY; delay++) {
            int saidFrom = heardFrom - delay;
            if (saidFrom < 0 || saidFrom + WINDOW > said.length) {
                continue;
            }
            double product = 0;
            double ofSaid = 1;
            double ofHeard = 1;
            for (int i = 0; i < WINDOW; i++) {
                product += said[saidFrom + i] * heard[heardFrom + i];
                ofSaid += said[saidFrom + i] * said[saidFrom + i];
                ofHeard += heard[heardFrom + i] * heard[heardFrom + i];
            }
            most = Math.max(most, Math.abs(product) / Math.sqrt(ofSaid * ofHeard));
        }
        return most < 0 ? 1 : most;
    }
}

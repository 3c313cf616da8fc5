// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.ear;

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

    /** One of each step, at least. */
    private final float[] correlations;

    private final boolean tells;

    Waveform(Comparison pair, Signal said, Signal heard, FineTrack track, Scratch scratch) {
        this.correlations = scratch.floats(pair.steps);
        float[] known = scratch.floats(pair.steps);
        int count = 0;
        for (int step = 0; step < pair.steps; step++) {
            correlations[step] = 1;
            if (pair.isSpeech(step) && isVoiced(pair, step)) {
                double most = -1;
                int tried = Integer.MIN_VALUE;
                for (int near = 0; near <= 2 && most < USUALLY; near++) {
                    // Here, before, after.
                    int place = step + (near == 0 ? 0 : near == 1 ? -NEIGHBOUR : NEIGHBOUR);
                    int delay = track.delay(Math.max(0, Math.min(pair.steps - 1, place)));
                    if (delay != tried) {
                        most = Math.max(most, correlation(said, heard, step, delay));
                    }
                    tried = near == 0 ? delay : tried;
                }
                correlations[step] = (float) most;
                known[count++] = (float) most;
            }
        }
        this.tells = count > 0 && Ranks.median(known, count) >= USUALLY;
    }

    /** Whether a step is not what was said, though nearly all others are. */
    boolean differs(int step) {
        return tells && correlations[step] < DIFFERS;
    }

    private static boolean isVoiced(Comparison pair, int step) {
        float low = 0;
        float high = 0;
        for (int band = 0; band < Bands.COUNT; band++) {
            if (band < VOICE_BANDS) {
                low += pair.expectedSquare(step, band);
            } else {
                high += pair.expectedSquare(step, band);
            }
        }
        return Decibels.of(low) > pair.loud() - QUIET && low > 10 * high;
    }

    private static double correlation(Signal said, Signal heard, int step, int around) {
        int heardFrom = step * Bands.STEP - WINDOW / 2;
        if (!heard.has(heardFrom, WINDOW)) {
            return 1;
        }
        double most = -1;
        for (int i = 0; i <= 2 * OFF && most < USUALLY; i++) {
            // The delay itself first, then one sample after the other away from it.
            int delay = around + ((i & 1) == 0 ? i / 2 : -(i + 1) / 2);
            if (said.has(heardFrom - delay, WINDOW)) {
                most = Math.max(most, Math.abs(Signal.correlation(said, heardFrom - delay, heard, heardFrom, WINDOW)));
            }
        }
        return most < 0 ? 1 : most;
    }
}

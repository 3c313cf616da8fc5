// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.ear;

/**
 * Tells whether the heard sound follows the speech sample by sample. If nearly all of it does, as
 * through G.711, any other part is another sound, even at the same level and colour: a repeated
 * packet, or a guess of concealment. If codec or filter change the whole waveform, it tells
 * nothing.
 */
final class Waveform {
    /** 10 ms. */
    private static final int WINDOW = 2 * Bands.STEP;

    private static final double USUALLY = 0.9;
    private static final double DIFFERS = 0.5;
    /** A delay may be wrong by this many samples. */
    private static final int OFF = 2;
    /** The delay of steps this far away may apply to this one. */
    private static final int NEIGHBOUR = 20;
    /** Speech this far below loud speech is not compared. */
    private static final double QUIET = 20;
    /** The bands of the voice itself; above them, codecs make another noise. */
    private static final int VOICE_BANDS = 7;

    /** At least one entry for each step. */
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
                    // This step, an earlier one, a later one.
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

    /** Whether a step differs from the speech while nearly all others do not. */
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
            // The delay itself first, then further and further away from it.
            int delay = around + ((i & 1) == 0 ? i / 2 : -(i + 1) / 2);
            if (said.has(heardFrom - delay, WINDOW)) {
                most = Math.max(most, Math.abs(Signal.correlation(said, heardFrom - delay, heard, heardFrom, WINDOW)));
            }
        }
        return most < 0 ? 1 : most;
    }
}

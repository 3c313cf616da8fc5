// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media.codec;

/** Finds the period of speech at 8 kHz by normalised correlation of the signal with its own past. */
final class Pitch {
    /** 5 ms: 200 Hz, two periods of a higher voice. */
    static final int SHORTEST = 40;
    /** 15 ms: 66 Hz. */
    static final int LONGEST = 120;

    private static final int COARSE_STEP = 2;

    private Pitch() {}

    /**
     * The lag at which the {@code window} samples before {@code end} are most like those that many samples earlier. The first pass looks at every
     * second sample and lag, the second around the best one.
     */
    static int lag(short[] samples, int end, int window) {
        int best = SHORTEST;
        double bestScore = Double.NEGATIVE_INFINITY;
        for (int lag = SHORTEST; lag <= LONGEST; lag += COARSE_STEP) {
            double score = likeness(samples, end, window, lag, COARSE_STEP);
            if (score > bestScore) {
                bestScore = score;
                best = lag;
            }
        }
        int around = best;
        bestScore = Double.NEGATIVE_INFINITY;
        for (int lag = Math.max(SHORTEST, around - 1); lag <= Math.min(LONGEST, around + 1); lag++) {
            double score = likeness(samples, end, window, lag, 1);
            if (score > bestScore) {
                bestScore = score;
                best = lag;
            }
        }
        return best;
    }

    /** 1 if both stretches are alike up to their loudness, 0 if unrelated; 0 in silence. */
    static double likeness(short[] samples, int end, int window, int lag, int step) {
        long product = 0;
        long energy = 0;
        long earlier = 0;
        for (int i = end - window; i < end; i += step) {
            product += (long) samples[i] * samples[i - lag];
            energy += (long) samples[i] * samples[i];
            earlier += (long) samples[i - lag] * samples[i - lag];
        }
        return energy == 0 || earlier == 0 ? 0 : product / Math.sqrt((double) energy * earlier);
    }
}

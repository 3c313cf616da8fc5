// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.codec;

/** Finds the period of speech by normalised correlation of the signal with its own past. */
final class Pitch {
    /** 200 Hz; two periods of a higher voice. */
    private static final int SHORTEST_MILLIS = 5;
    /** 66 Hz. */
    private static final int LONGEST_MILLIS = 15;
    /** The sample rate of the first pass. */
    private static final int COARSE_RATE = 4_000;

    final int shortest;
    final int longest;
    private final int coarseStep;

    Pitch(int sampleRate) {
        shortest = sampleRate * SHORTEST_MILLIS / 1000;
        longest = sampleRate * LONGEST_MILLIS / 1000;
        coarseStep = Math.max(1, sampleRate / COARSE_RATE);
    }

    /**
     * Returns the lag at which the {@code window} samples before {@code end} best match those that
     * many samples earlier. The first pass uses few samples and lags, the second refines the best
     * one.
     */
    int lag(short[] samples, int end, int window) {
        int best = shortest;
        double bestScore = Double.NEGATIVE_INFINITY;
        for (int lag = shortest; lag <= longest; lag += coarseStep) {
            double score = likeness(samples, end, window, lag, coarseStep);
            if (score > bestScore) {
                bestScore = score;
                best = lag;
            }
        }
        int around = best;
        bestScore = Double.NEGATIVE_INFINITY;
        for (int lag = Math.max(shortest, around - coarseStep + 1);
                lag <= Math.min(longest, around + coarseStep - 1);
                lag++) {
            double score = likeness(samples, end, window, lag, 1);
            if (score > bestScore) {
                bestScore = score;
                best = lag;
            }
        }
        return best;
    }

    /** Returns 1 if both stretches are alike except for loudness, 0 if unrelated; 0 in silence. */
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

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.ear;

/** A signal's levels in each step and each of the {@link Bands}. */
final class Levels {
    final int steps;
    /** Mean squares, step by step; the array has at least {@link #steps} of them. */
    private final float[] squares;

    private final float[] decibels;

    Levels(int steps, Scratch scratch) {
        this.steps = steps;
        this.squares = scratch.floats(steps * Bands.COUNT);
        this.decibels = scratch.floats(steps * Bands.COUNT);
    }

    void set(int step, int band, float meanSquare) {
        squares[step * Bands.COUNT + band] = meanSquare;
        decibels[step * Bands.COUNT + band] = Decibels.of(meanSquare);
    }

    float square(int step, int band) {
        return squares[step * Bands.COUNT + band];
    }

    float decibels(int step, int band) {
        return decibels[step * Bands.COUNT + band];
    }

    /** Returns a step's mean square in all chosen bands together. */
    float square(int step, boolean[] chosen) {
        float sum = 0;
        for (int band = 0; band < Bands.COUNT; band++) {
            sum += chosen[band] ? squares[step * Bands.COUNT + band] : 0;
        }
        return sum;
    }

    /** Returns the same for each step, in decibels. */
    float[] totals(boolean[] chosen, Scratch scratch) {
        float[] totals = scratch.floats(steps);
        for (int step = 0; step < steps; step++) {
            totals[step] = Decibels.of(square(step, chosen));
        }
        return totals;
    }
}

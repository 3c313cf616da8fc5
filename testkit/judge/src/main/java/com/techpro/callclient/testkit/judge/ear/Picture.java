// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.ear;

import java.util.Arrays;

/**
 * A signal's picture, independent of filter and level: each band's levels from its own loud ones,
 * 1, down to 40 dB below them, 0.
 */
final class Picture {
    private static final float RANGE = 40;
    /** A band this much below the loudest band carries no speech. */
    private static final float DEAD = 50;

    private final Levels levels;
    private final float[] loud = new float[Bands.COUNT];
    /** Negative infinity for bands without speech. */
    private final float[] loudOfSpeech = new float[Bands.COUNT];

    Picture(Levels levels, Scratch scratch) {
        this(levels, all(levels.steps, scratch), scratch);
    }

    /** @param counts which steps tell a band's loud sounds: the music of a hold does not */
    Picture(Levels levels, boolean[] counts, Scratch scratch) {
        this.levels = levels;
        float[] ofBand = scratch.floats(levels.steps);
        float loudest = 0;
        for (int band = 0; band < Bands.COUNT; band++) {
            int count = 0;
            for (int step = 0; step < levels.steps; step++) {
                if (counts[step]) {
                    ofBand[count++] = levels.decibels(step, band);
                }
            }
            loud[band] = Ranks.loud(ofBand, count);
            loudest = Math.max(loudest, loud[band]);
        }
        for (int band = 0; band < Bands.COUNT; band++) {
            loudOfSpeech[band] = loud[band] < loudest - DEAD ? Float.NEGATIVE_INFINITY : loud[band];
        }
    }

    private static boolean[] all(int steps, Scratch scratch) {
        boolean[] all = scratch.booleans(steps);
        Arrays.fill(all, 0, steps, true);
        return all;
    }

    /** Whether this band has speech. */
    boolean carries(int band) {
        return loudOfSpeech[band] > 0;
    }

    /** Returns the level of a band's loud sounds; negative infinity if it has no speech. */
    float loud(int band) {
        return loudOfSpeech[band];
    }

    /** Returns the upper end of the highest band with speech. */
    int highestHertz() {
        int highest = 0;
        for (int band = 0; band < Bands.COUNT; band++) {
            highest = carries(band) ? Bands.highest(band) : highest;
        }
        return highest;
    }

    /** Returns the picture of some bands. */
    Shades shades(boolean[] chosen, Scratch scratch) {
        int bands = 0;
        for (boolean one : chosen) {
            bands += one ? 1 : 0;
        }
        float[] values = scratch.floats(levels.steps * bands);
        int at = 0;
        for (int step = 0; step < levels.steps; step++) {
            for (int band = 0; band < Bands.COUNT; band++) {
                if (chosen[band]) {
                    values[at++] = Math.max(0, 1 - (loud[band] - levels.decibels(step, band)) / RANGE);
                }
            }
        }
        return new Shades(values, levels.steps, bands);
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.ear;

/**
 * What a signal looks like whatever filter and level it went through: each band's levels from its own loud ones, 1, down to nothing, 0, which is 40 dB below them.
 */
final class Picture {
    private static final double RANGE = 40;
    /** Of all bands' loudest: what is below carries nothing of speech. */
    private static final double DEAD = 50;

    final int steps;
    private final float[] shades;
    private final double[] loud = new double[Bands.COUNT];

    /** @param levels of each step, one band after the other */
    Picture(double[] levels) {
        this.steps = levels.length / Bands.COUNT;
        this.shades = new float[levels.length];
        double[] ofBand = new double[steps];
        double loudest = 0;
        for (int band = 0; band < Bands.COUNT; band++) {
            for (int step = 0; step < steps; step++) {
                ofBand[step] = levels[step * Bands.COUNT + band];
            }
            loud[band] = Bands.loud(ofBand);
            loudest = Math.max(loudest, loud[band]);
        }
        for (int at = 0; at < levels.length; at++) {
            double below = loud[at % Bands.COUNT] - levels[at];
            shades[at] = (float) Math.max(0, 1 - below / RANGE);
        }
        for (int band = 0; band < Bands.COUNT; band++) {
            if (loud[band] < loudest - DEAD) {
                loud[band] = Double.NEGATIVE_INFINITY;
            }
        }
    }

    /** Whether speech is in this band at all. */
    boolean carries(int band) {
        return loud[band] > 0;
    }

    /** The level of a band's loud sounds; negative infinity if it has none. */
    double loud(int band) {
        return loud[band];
    }

    /** Where the highest band ends in which speech is. */
    int highestHertz() {
        int highest = 0;
        for (int band = 0; band < Bands.COUNT; band++) {
            highest = carries(band) ? Bands.highest(band) : highest;
        }
        return highest;
    }

    /** Of some bands alone. */
    Shades shades(boolean[] chosen) {
        int bands = 0;
        for (boolean one : chosen) {
            bands += one ? 1 : 0;
        }
        float[] values = new float[steps * bands];
        int at = 0;
        for (int i = 0; i < shades.length; i++) {
            if (chosen[i % Bands.COUNT]) {
                values[at++] = shades[i];
            }
        }
        return new Shades(values, bands);
    }
}

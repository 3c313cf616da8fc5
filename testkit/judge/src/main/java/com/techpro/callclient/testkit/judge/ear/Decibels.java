// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.ear;

/** Decibels over one step of a 16-bit sample, at least 0 dB. */
final class Decibels {
    /** The bits of a number's 23-bit fraction that give its logarithm to 0.003 dB. */
    private static final int BITS = 11;

    private static final float OCTAVE = (float) (10 * Math.log10(2));
    private static final float[] WITHIN_OCTAVE = new float[1 << BITS];

    static {
        for (int i = 0; i < WITHIN_OCTAVE.length; i++) {
            WITHIN_OCTAVE[i] = (float) (10 * Math.log10(1 + (double) i / WITHIN_OCTAVE.length));
        }
    }

    private Decibels() {}

    /** Returns the decibels of a mean square. */
    static float of(float meanSquare) {
        int bits = Float.floatToRawIntBits(meanSquare + 1);
        return OCTAVE * ((bits >>> 23) - 127) + WITHIN_OCTAVE[(bits & 0x7fffff) >>> (23 - BITS)];
    }

    /** Returns the ratio of mean squares for a difference in decibels. */
    static double ratio(double decibels) {
        return Math.pow(10, decibels / 10);
    }
}

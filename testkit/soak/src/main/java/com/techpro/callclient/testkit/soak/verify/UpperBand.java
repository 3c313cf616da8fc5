// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.verify;

/**
 * The energy of speech above what a telephone carries.
 *
 * @param whole of all that was said
 * @param said of what was said, above
 * @param heard of what was heard, above
 */
record UpperBand(double whole, double said, double heard) {
    static final UpperBand NONE = new UpperBand(0, 0, 0);

    /** Of a voice it is a hundredth; a recording with less was made with a telephone. */
    private static final double LEAST = 1e-4;
    /** G.722 and Opus keep it within 2 dB. Somebody's telephone leaves a thousandth. */
    private static final double KEPT = 0.1;

    UpperBand plus(UpperBand other) {
        return new UpperBand(whole + other.whole, said + other.said, heard + other.heard);
    }

    /** Whether it was said, and not heard. */
    boolean isLost() {
        return said > LEAST * whole && heard < KEPT * said;
    }
}

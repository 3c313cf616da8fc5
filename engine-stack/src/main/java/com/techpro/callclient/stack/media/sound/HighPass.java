// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.sound;

/**
 * Removes offset and rumble: a Butterworth high-pass filter of second order by the bilinear transform
 * (J. Proakis, D. Manolakis, Digital Signal Processing, 4th ed., §10.3.3). For one thread at a time.
 */
final class HighPass {
    /** Below the lowest voices. */
    static final double CUT_OFF = 70;

    private final float b0;
    private final float a1;
    private final float a2;
    private float s1;
    private float s2;

    HighPass(double sampleRate) {
        double k = Math.tan(Math.PI * CUT_OFF / sampleRate);
        double norm = 1 / (1 + Math.sqrt(2) * k + k * k);
        b0 = (float) norm;
        a1 = (float) (2 * (k * k - 1) * norm);
        a2 = (float) ((1 - Math.sqrt(2) * k + k * k) * norm);
    }

    /** Filters in place. */
    void filter(float[] samples, int from, int count) {
        float first = s1;
        float second = s2;
        for (int i = from; i < from + count; i++) {
            float x = samples[i];
            float y = b0 * x + first;
            first = -2 * b0 * x - a1 * y + second;
            second = b0 * x - a2 * y;
            samples[i] = y;
        }
        // Denormal numbers are slow.
        s1 = Math.abs(first) < 1e-15f ? 0 : first;
        s2 = Math.abs(second) < 1e-15f ? 0 : second;
    }
}

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
    private float x1;
    private float x2;
    private float y1;
    private float y2;

    HighPass(double sampleRate) {
        double k = Math.tan(Math.PI * CUT_OFF / sampleRate);
        double norm = 1 / (1 + Math.sqrt(2) * k + k * k);
        b0 = (float) norm;
        a1 = (float) (2 * (k * k - 1) * norm);
        a2 = (float) ((1 - Math.sqrt(2) * k + k * k) * norm);
    }

    /** Filters in place. */
    void filter(float[] samples, int from, int count) {
        float inLast = x1;
        float inBefore = x2;
        float last = y1;
        float before = y2;
        for (int i = from; i < from + count; i++) {
            float x = samples[i];
            // The last output comes in last, so that a sample waits for one product of the one before.
            float y = b0 * (x - 2 * inLast + inBefore) - a2 * before - a1 * last;
            inBefore = inLast;
            inLast = x;
            before = last;
            last = y;
            samples[i] = y;
        }
        x1 = inLast;
        x2 = inBefore;
        // Denormal numbers are slow.
        y1 = Math.abs(last) < 1e-15f ? 0 : last;
        y2 = Math.abs(before) < 1e-15f ? 0 : before;
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.sound;

/**
 * Makes a signal white and of constant level: the error of a slowly adapting linear predictor (B. Widrow, S. Stearns,
 * Adaptive Signal Processing, 1985, §10), divided by its own smoothed magnitude. For one thread at a time.
 */
final class Whitening {
    private static final int ORDER = 12;
    private static final float STEP = 0.004f;
    private static final float LEAST_LEVEL = 4f;
    /** A sudden sound counts no more than that many times its surroundings. */
    private static final float MOST = 3f;

    private final float[] taps = new float[ORDER];
    /** The last samples, twice, so that they are in one piece from anywhere. */
    private final float[] past = new float[2 * ORDER];

    private int newest;
    private final float pace;
    private float level;
    private float power;

    /** @param rate samples per second */
    Whitening(double rate) {
        pace = (float) (1 / (0.03 * rate));
    }

    float next(float sample) {
        int at = newest;
        float first = 0;
        float second = 0;
        float third = 0;
        for (int i = 0; i < ORDER; i += 3) {
            first += taps[i] * past[at + i];
            second += taps[i + 1] * past[at + i + 1];
            third += taps[i + 2] * past[at + i + 2];
        }
        float error = sample - (first + second + third);
        float step = STEP * error / (power + 100f);
        for (int i = 0; i < ORDER; i++) {
            taps[i] += step * past[at + i];
        }
        power += 0.02f * (sample * sample - power);
        newest = at == 0 ? ORDER - 1 : at - 1;
        past[newest] = sample;
        past[newest + ORDER] = sample;
        level += pace * (Math.abs(error) - level);
        return Math.max(-MOST, Math.min(MOST, error / (level + LEAST_LEVEL)));
    }
}

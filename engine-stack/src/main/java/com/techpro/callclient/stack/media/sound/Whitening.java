// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.sound;

import java.util.Arrays;

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
    private final float[] past = new float[ORDER];
    private final float pace;
    private float level;
    private float power;

    /** @param rate samples per second */
    Whitening(double rate) {
        pace = (float) (1 / (0.03 * rate));
    }

    float next(float sample) {
        float predicted = 0;
        for (int i = 0; i < ORDER; i++) {
            predicted += taps[i] * past[i];
        }
        float error = sample - predicted;
        float step = STEP * error / (power + 100f);
        for (int i = 0; i < ORDER; i++) {
            taps[i] += step * past[i];
        }
        power += 0.02f * (sample * sample - power);
        System.arraycopy(past, 0, past, 1, ORDER - 1);
        past[0] = sample;
        level += pace * (Math.abs(error) - level);
        return Math.max(-MOST, Math.min(MOST, error / (level + LEAST_LEVEL)));
    }

    void reset() {
        Arrays.fill(taps, 0);
        Arrays.fill(past, 0);
        level = 0;
        power = 0;
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.sound;

import java.util.Arrays;

/**
 * The power of the steady noise in each bin: the minimum mean square error estimate by the probability of
 * speech (T. Gerkmann, R. Hendriks, IEEE Trans. ASLP 20(4), 2012), held below a multiple of the smoothed
 * power's minimum of the last second and a half (R. Martin, IEEE Trans. SAP 9(5), 2001). A lone peak among its
 * neighbours is a tone, which is no noise. For one thread at a time; no allocation after construction.
 */
final class BackgroundNoise {
    /** The signal-to-noise ratio that speech is expected to have: 15 dB. */
    private static final float EXPECTED = 31.6f;
    /** Steps of the table of probabilities, up to this posterior ratio. */
    private static final int TABLE = 512;

    private static final float TABLE_END = 16f;
    private static final float[] ABSENCE = absence();
    private static final int WINDOWS = 6;
    /** How far a minimum is below the mean of noise. */
    private static final float MINIMUM_BIAS = 2.2f;

    private static final float TONE = 4f;
    private static final int NEIGHBOURS = 6;

    private final int bins;
    private final float pace;
    private final float slow;
    private final int window;
    private final float[] noise;
    private final float[] probability;
    private final float[] often;
    private final float[] smoothed;
    private final float[] current;
    private final float[] limits;
    private final float[][] minima;
    /** The minimum of all {@link #minima}. */
    private final float[] least;

    private int windowAt;
    private int inWindow;
    private int blocks;

    BackgroundNoise(int bins, double blockSeconds) {
        this.bins = bins;
        pace = (float) (1 - Math.pow(0.8, blockSeconds / 0.016));
        slow = (float) (1 - Math.pow(0.9, blockSeconds / 0.016));
        window = (int) Math.ceil(0.25 / blockSeconds);
        noise = new float[bins];
        probability = new float[bins];
        often = new float[bins];
        smoothed = new float[bins];
        current = new float[bins];
        limits = new float[bins];
        minima = new float[WINDOWS][bins];
        least = new float[bins];
        for (float[] minimum : minima) {
            Arrays.fill(minimum, Float.MAX_VALUE);
        }
        Arrays.fill(least, Float.MAX_VALUE);
    }

    /**
     * Learns from a block.
     *
     * @param power by bin
     * @param trusted by bin, from 0: how much of the power is not an echo, to 1
     */
    void learn(float[] power, float[] trusted) {
        boolean first = blocks < 4;
        blocks++;
        for (int k = 0; k < bins; k++) {
            // Even with an echo's rest in it, the power's minimum bounds the noise.
            smoothed[k] += slow * (power[k] - smoothed[k]);
            current[k] = Math.min(current[k], smoothed[k]);
            if (trusted[k] < 0.5f) {
                probability[k] = 0;
                continue;
            }
            if (first) {
                noise[k] += (power[k] - noise[k]) / blocks;
                smoothed[k] = noise[k];
                current[k] = noise[k];
                continue;
            }
            float ratio = power[k] / (noise[k] + 1e-3f);
            int index = (int) (ratio * (TABLE / TABLE_END));
            float absent = index >= TABLE ? 0 : ABSENCE[index];
            float present = 1 - absent;
            often[k] += slow * (present - often[k]);
            if (often[k] > 0.99f) {
                present = Math.min(present, 0.99f);
            }
            probability[k] = present;
            float likely = present * noise[k] + (1 - present) * power[k];
            noise[k] += pace * (likely - noise[k]);
        }
        bound();
        withoutTones();
    }

    private void bound() {
        inWindow++;
        if (inWindow >= window) {
            inWindow = 0;
            float[] oldest = minima[windowAt];
            System.arraycopy(current, 0, oldest, 0, bins);
            System.arraycopy(smoothed, 0, current, 0, bins);
            windowAt = (windowAt + 1) % WINDOWS;
            Arrays.fill(least, Float.MAX_VALUE);
            for (float[] minimum : minima) {
                for (int k = 0; k < bins; k++) {
                    least[k] = Math.min(least[k], minimum[k]);
                }
            }
        }
        if (blocks < window * 3) {
            return;
        }
        for (int k = 0; k < bins; k++) {
            noise[k] = Math.min(noise[k], MINIMUM_BIAS * Math.min(current[k], least[k]) + 1e-2f);
        }
    }

    private void withoutTones() {
        float scale = TONE / (2 * NEIGHBOURS - 2);
        for (int k = NEIGHBOURS; k < bins - NEIGHBOURS; k++) {
            float below = noise[k - 6] + noise[k - 5] + noise[k - 4] + noise[k - 3] + noise[k - 2];
            float above = noise[k + 2] + noise[k + 3] + noise[k + 4] + noise[k + 5] + noise[k + 6];
            limits[k] = scale * (below + above);
        }
        for (int k = NEIGHBOURS; k < bins - NEIGHBOURS; k++) {
            noise[k] = Math.min(noise[k], limits[k]);
        }
    }

    /** The noise's power by bin. */
    float[] power() {
        return noise;
    }

    /** The probability of speech by bin in the last block. */
    float[] speech() {
        return probability;
    }

    /** The probability of absence by the posterior signal-to-noise ratio, for equal priors. */
    private static float[] absence() {
        float[] table = new float[TABLE];
        for (int i = 0; i < TABLE; i++) {
            double ratio = (i + 0.5) * TABLE_END / TABLE;
            double odds = Math.exp(ratio * EXPECTED / (1 + EXPECTED)) / (1 + EXPECTED);
            table[i] = (float) (1 / (1 + odds));
        }
        return table;
    }
}

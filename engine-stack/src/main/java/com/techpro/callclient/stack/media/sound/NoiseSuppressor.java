// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.sound;

import java.util.Arrays;

/**
 * The gain by bin that reduces steady noise: the log-spectral amplitude estimator (Y. Ephraim, D. Malah, IEEE
 * Trans. ASSP 33(2), 1985) with their decision-directed ratio of 1984; see also P. Loizou, Speech
 * Enhancement, 2nd ed., 2013, §7. For one thread at a time; no allocation after construction.
 */
final class NoiseSuppressor {
    /** Noise is reduced to this, -15 dB: what is left sounds like the room. */
    static final float FLOOR = 0.178f;

    private static final float DIRECTED = 0.97f;
    private static final float LEAST_PRIOR = 0.003f;
    private static final int TABLE = 400;
    private static final float TABLE_END = 8f;
    private static final float[] HALF_INTEGRAL = halfIntegral();

    private final int bins;
    private final float[] clean;
    private final float[] gains;
    private final float[] places;

    NoiseSuppressor(int bins) {
        this.bins = bins;
        clean = new float[bins];
        gains = new float[bins];
        places = new float[bins];
        Arrays.fill(gains, 1);
    }

    /**
     * Computes the gains of a block.
     *
     * @param power of the microphone by bin
     * @param noise of the noise alone
     * @return the gains, valid until the next call
     */
    float[] gains(float[] power, float[] noise) {
        wiener(power, noise);
        for (int k = 0; k < bins; k++) {
            gains[k] *= HALF_INTEGRAL[(int) places[k]];
        }
        for (int k = 0; k < bins; k++) {
            float gain = Math.max(FLOOR, Math.min(1, gains[k]));
            gains[k] = gain;
            clean[k] = gain * gain * power[k];
        }
        return gains;
    }

    /**
     * Writes Wiener's gains, and where in the table the rest of the gain is. Without the look-up this is done for
     * several bins at once.
     */
    private void wiener(float[] power, float[] noise) {
        float[] kept = clean;
        float[] to = gains;
        float[] toPlaces = places;
        for (int k = 0; k < to.length; k++) {
            float perNoise = 1 / (noise[k] + 1e-3f);
            float posterior = power[k] * perNoise;
            float prior =
                    Math.max(LEAST_PRIOR, DIRECTED * kept[k] * perNoise + (1 - DIRECTED) * Math.max(0, posterior - 1));
            float gain = prior / (1 + prior);
            to[k] = gain;
            toPlaces[k] = Math.min(TABLE, gain * posterior * (TABLE / TABLE_END));
        }
    }

    /** exp(E1(v) / 2), with the exponential integral by its series or continued fraction. */
    private static float[] halfIntegral() {
        float[] table = new float[TABLE + 1];
        table[TABLE] = 1;
        for (int i = 0; i < TABLE; i++) {
            table[i] = (float) Math.exp(0.5 * exponentialIntegral((i + 0.5) * TABLE_END / TABLE));
        }
        return table;
    }

    /** M. Abramowitz, I. Stegun, Handbook of Mathematical Functions, 5.1.11 and 5.1.22. */
    static double exponentialIntegral(double v) {
        if (v < 1) {
            double sum = -0.5772156649015329 - Math.log(v);
            double term = 1;
            for (int n = 1; n < 24; n++) {
                term *= -v / n;
                sum -= term / n;
            }
            return sum;
        }
        double fraction = 0;
        for (int n = 40; n >= 1; n--) {
            fraction = n / (1 + n / (v + fraction));
        }
        return Math.exp(-v) / (v + fraction);
    }
}

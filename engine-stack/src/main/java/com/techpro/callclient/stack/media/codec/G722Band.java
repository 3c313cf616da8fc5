// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.codec;

/**
 * One sub-band of ITU-T G.722. Its quantizer step adapts to the loudness (§3.3 to §3.5), and its
 * predictor of two poles and six zeros to the spectrum (§3.6). Coder and decoder adapt by the same
 * codewords, so that they stay in step. All arithmetic is that of the Recommendation: saturating
 * 16-bit words, and products without their low fifteen bits.
 */
final class G722Band {
    private static final int ZEROS = 6;
    /** Leakage factors, in 32768ths: 255/256 for the zeros and the first pole, 127/128 for the second. */
    private static final int LEAK = 32_640;

    private static final int FAST_LEAK = 32_512;
    /** Bounds that keep the poles stable (§3.6.2): 3/4 for the second, 15/16 less the second for the first, in 16384ths. */
    private static final int SECOND_POLE_BOUND = 12_288;

    private static final int POLES_BOUND = 15_360;
    /** The step doubles every 2048 of the log; the table has 32 values per octave. */
    private static final int[] FRACTIONS = new int[32];

    static {
        for (int i = 0; i < FRACTIONS.length; i++) {
            FRACTIONS[i] = (int) Math.round(2048 * Math.pow(2, i / 32.0));
        }
    }

    private final int logCeiling;
    private final int smallestExponent;
    /** The step in the logarithmic domain, and linear. */
    private int logStep;

    private int step;
    /**
     * The zeros' coefficients, and the quantized differences that they weight, the latest first.
     */
    private final int[] zero = new int[ZEROS];

    private final int[] difference = new int[ZEROS];
    private int pole1;
    private int pole2;
    /** The latest two reconstructed samples. */
    private int sample1;

    private int sample2;
    /** The latest two partial reconstructions from the zeros alone; their signs adapt the poles. */
    private int partial1;

    private int partial2;
    private int zeroPrediction;
    private int prediction;

    /**
     * @param logCeiling of the logarithmic step
     * @param smallestExponent how far the least step is below the unit of the fractions
     */
    private G722Band(int logCeiling, int smallestExponent) {
        this.logCeiling = logCeiling;
        this.smallestExponent = smallestExponent;
        this.step = stepOf(0);
    }

    /** 0 to 4 kHz. */
    static G722Band low() {
        return new G722Band(18_432, 8);
    }

    /** 4 to 8 kHz. */
    static G722Band high() {
        return new G722Band(22_528, 10);
    }

    /** The current quantizer step. */
    int step() {
        return step;
    }

    /** The predicted next sample. */
    int prediction() {
        return prediction;
    }

    /** Returns a multiple of the step, given in 32768ths. */
    int scaled(int multiple) {
        return (step * multiple) >> 15;
    }

    /**
     * Adapts to one codeword.
     *
     * @param quantized the difference between sample and prediction for the codeword
     * @param logChange the change of the step for the codeword
     */
    void adapt(int quantized, int logChange) {
        logStep = Math.max(0, Math.min(logCeiling, ((logStep * 127) >> 7) + logChange));
        step = stepOf(logStep);
        int partial = saturated(zeroPrediction + quantized);
        int sample = saturated(prediction + quantized);
        adaptPoles(partial);
        adaptZeros(quantized);
        partial2 = partial1;
        partial1 = partial;
        sample2 = sample1;
        sample1 = sample;
        predict();
    }

    private int stepOf(int log) {
        int exponent = smallestExponent - (log >> 11);
        int fraction = FRACTIONS[(log >> 6) & 31];
        return (exponent < 0 ? fraction << -exponent : fraction >> exponent) << 2;
    }

    private void adaptPoles(int partial) {
        boolean likeLast = partial < 0 == partial1 < 0;
        boolean likeSecondLast = partial < 0 == partial2 < 0;
        int quadrupled = saturated(pole1 << 2);
        int steered = likeLast ? Math.min(Short.MAX_VALUE, -quadrupled) : quadrupled;
        int second = (likeSecondLast ? 128 : -128) + (steered >> 7) + ((pole2 * FAST_LEAK) >> 15);
        pole2 = Math.max(-SECOND_POLE_BOUND, Math.min(SECOND_POLE_BOUND, second));
        int first = saturated((likeLast ? 192 : -192) + ((pole1 * LEAK) >> 15));
        int bound = saturated(POLES_BOUND - pole2);
        pole1 = Math.max(-bound, Math.min(bound, first));
    }

    private void adaptZeros(int quantized) {
        int gain = quantized == 0 ? 0 : 128;
        for (int i = 0; i < ZEROS; i++) {
            boolean alike = quantized < 0 == difference[i] < 0;
            zero[i] = saturated((alike ? gain : -gain) + ((zero[i] * LEAK) >> 15));
        }
        System.arraycopy(difference, 0, difference, 1, ZEROS - 1);
        difference[0] = quantized;
    }

    private void predict() {
        int poles = saturated(((pole1 * saturated(2 * sample1)) >> 15) + ((pole2 * saturated(2 * sample2)) >> 15));
        int zeros = 0;
        for (int i = ZEROS - 1; i >= 0; i--) {
            zeros = saturated(zeros + ((zero[i] * saturated(2 * difference[i])) >> 15));
        }
        zeroPrediction = zeros;
        prediction = saturated(poles + zeros);
    }

    static int saturated(int value) {
        return Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, value));
    }
}

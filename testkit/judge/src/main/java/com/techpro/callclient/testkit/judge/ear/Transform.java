// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.ear;

/**
 * The discrete Fourier transform of {@link #SIZE} samples, the length of the ear's window: 4 · 4 ·
 * 2 · 5, after Stockham, with the result in order. One transform serves two real signals.
 */
final class Transform {
    static final int SIZE = 160;

    private static final float[] COSINE = new float[SIZE];
    private static final float[] MINUS_SINE = new float[SIZE];
    private static final float COSINE_1 = (float) Math.cos(2 * Math.PI / 5);
    private static final float COSINE_2 = (float) Math.cos(4 * Math.PI / 5);
    private static final float SINE_1 = (float) Math.sin(2 * Math.PI / 5);
    private static final float SINE_2 = (float) Math.sin(4 * Math.PI / 5);

    static {
        for (int i = 0; i < SIZE; i++) {
            COSINE[i] = (float) Math.cos(2 * Math.PI * i / SIZE);
            MINUS_SINE[i] = (float) -Math.sin(2 * Math.PI * i / SIZE);
        }
    }

    /** Input and output: one signal is the real part, the other the imaginary one. */
    final float[] re = new float[SIZE];

    final float[] im = new float[SIZE];
    private final float[] otherRe = new float[SIZE];
    private final float[] otherIm = new float[SIZE];

    void transform() {
        first(re, im, otherRe, otherIm);
        fours(otherRe, otherIm, re, im);
        twos(re, im, otherRe, otherIm);
        fives(otherRe, otherIm, re, im);
    }

    /**
     * Returns four times the power in bin {@code k} of the first signal, which was the real part
     * and has the even half.
     */
    float first(int k) {
        float even = re[k] + re[SIZE - k];
        float odd = im[k] - im[SIZE - k];
        return even * even + odd * odd;
    }

    /**
     * Returns the same for the second signal, which was the imaginary part and has the odd half.
     */
    float second(int k) {
        float even = im[k] + im[SIZE - k];
        float odd = re[k] - re[SIZE - k];
        return even * even + odd * odd;
    }

    /** Combines numbers that are a quarter of all apart. */
    private static void first(float[] re, float[] im, float[] toRe, float[] toIm) {
        for (int p = 0; p < 40; p++) {
            four(re, im, p, 40, toRe, toIm, 4 * p, 1, p);
        }
    }

    /** Combines four times within a quarter of all. */
    private static void fours(float[] re, float[] im, float[] toRe, float[] toIm) {
        for (int p = 0; p < 10; p++) {
            for (int q = 0; q < 4; q++) {
                four(re, im, 4 * p + q, 40, toRe, toIm, 16 * p + q, 4, 4 * p);
            }
        }
    }

    private static void four(
            float[] re, float[] im, int from, int apart, float[] toRe, float[] toIm, int to, int run, int turn) {
        float re0 = re[from];
        float im0 = im[from];
        float re1 = re[from + apart];
        float im1 = im[from + apart];
        float re2 = re[from + 2 * apart];
        float im2 = im[from + 2 * apart];
        float re3 = re[from + 3 * apart];
        float im3 = im[from + 3 * apart];
        float evenRe = re0 + re2;
        float evenIm = im0 + im2;
        float oddRe = re1 + re3;
        float oddIm = im1 + im3;
        toRe[to] = evenRe + oddRe;
        toIm[to] = evenIm + oddIm;
        turned(evenRe - oddRe, evenIm - oddIm, 2 * turn, toRe, toIm, to + 2 * run);
        float lessRe = re0 - re2;
        float lessIm = im0 - im2;
        // Times -i.
        float otherRe = im1 - im3;
        float otherIm = re3 - re1;
        turned(lessRe + otherRe, lessIm + otherIm, turn, toRe, toIm, to + run);
        turned(lessRe - otherRe, lessIm - otherIm, 3 * turn, toRe, toIm, to + 3 * run);
    }

    private static void turned(float re, float im, int turn, float[] toRe, float[] toIm, int to) {
        toRe[to] = re * COSINE[turn] - im * MINUS_SINE[turn];
        toIm[to] = re * MINUS_SINE[turn] + im * COSINE[turn];
    }

    private static void twos(float[] re, float[] im, float[] toRe, float[] toIm) {
        int run = 16;
        for (int p = 0; p < 5; p++) {
            float c = COSINE[run * p];
            float s = MINUS_SINE[run * p];
            int from = run * p;
            int to = 2 * run * p;
            for (int q = 0; q < run; q++) {
                float oneRe = re[from + q];
                float oneIm = im[from + q];
                float otherRe = re[from + 5 * run + q];
                float otherIm = im[from + 5 * run + q];
                toRe[to + q] = oneRe + otherRe;
                toIm[to + q] = oneIm + otherIm;
                float lessRe = oneRe - otherRe;
                float lessIm = oneIm - otherIm;
                toRe[to + run + q] = lessRe * c - lessIm * s;
                toIm[to + run + q] = lessRe * s + lessIm * c;
            }
        }
    }

    private static void fives(float[] re, float[] im, float[] toRe, float[] toIm) {
        int run = 32;
        for (int q = 0; q < run; q++) {
            float re0 = re[q];
            float im0 = im[q];
            float sumRe1 = re[q + run] + re[q + 4 * run];
            float sumIm1 = im[q + run] + im[q + 4 * run];
            float lessRe1 = re[q + run] - re[q + 4 * run];
            float lessIm1 = im[q + run] - im[q + 4 * run];
            float sumRe2 = re[q + 2 * run] + re[q + 3 * run];
            float sumIm2 = im[q + 2 * run] + im[q + 3 * run];
            float lessRe2 = re[q + 2 * run] - re[q + 3 * run];
            float lessIm2 = im[q + 2 * run] - im[q + 3 * run];
            toRe[q] = re0 + sumRe1 + sumRe2;
            toIm[q] = im0 + sumIm1 + sumIm2;
            float evenRe1 = re0 + COSINE_1 * sumRe1 + COSINE_2 * sumRe2;
            float evenIm1 = im0 + COSINE_1 * sumIm1 + COSINE_2 * sumIm2;
            // Times -i.
            float oddRe1 = SINE_1 * lessIm1 + SINE_2 * lessIm2;
            float oddIm1 = -SINE_1 * lessRe1 - SINE_2 * lessRe2;
            toRe[q + run] = evenRe1 + oddRe1;
            toIm[q + run] = evenIm1 + oddIm1;
            toRe[q + 4 * run] = evenRe1 - oddRe1;
            toIm[q + 4 * run] = evenIm1 - oddIm1;
            float evenRe2 = re0 + COSINE_2 * sumRe1 + COSINE_1 * sumRe2;
            float evenIm2 = im0 + COSINE_2 * sumIm1 + COSINE_1 * sumIm2;
            float oddRe2 = SINE_2 * lessIm1 - SINE_1 * lessIm2;
            float oddIm2 = -SINE_2 * lessRe1 + SINE_1 * lessRe2;
            toRe[q + 2 * run] = evenRe2 + oddRe2;
            toIm[q + 2 * run] = evenIm2 + oddIm2;
            toRe[q + 3 * run] = evenRe2 - oddRe2;
            toIm[q + 3 * run] = evenIm2 - oddIm2;
        }
    }
}

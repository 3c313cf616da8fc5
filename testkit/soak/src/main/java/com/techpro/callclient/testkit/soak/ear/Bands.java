// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.ear;

import com.techpro.callclient.testkit.soak.signal.Fft;
import java.util.Arrays;

/**
 * Short-time levels of two signals in bands about as wide as an ear's, in decibels over one step of a 16-bit sample. A step is 5 ms, what is looked at around it
 * is 10 ms: so a hole of one half of a packet's smallest length is seen wherever it falls.
 */
final class Bands {
    static final int RATE = 16_000;
    /** Samples from one level to the next. */
    static final int STEP = RATE / 200;

    /** Where bands end, in hertz; the lowest begins at the first. */
    private static final int[] EDGES = {
        100, 300, 500, 700, 900, 1150, 1450, 1800, 2200, 2700, 3300, 4000, 4900, 5900, 7000
    };

    static final int COUNT = EDGES.length - 1;

    private static final int WINDOW = 2 * STEP;
    private static final Fft FFT = new Fft(256);
    private static final double[] HANN = hann();
    /** From a transform's squares in half of its bins to the mean square of the samples. */
    private static final double SCALE = scale();

    private final double[] re = new double[FFT.size()];
    private final double[] im = new double[FFT.size()];

    /** Below which hertz a band begins. */
    static int lowest(int band) {
        return EDGES[band];
    }

    /** At how many hertz a band ends. */
    static int highest(int band) {
        return EDGES[band + 1];
    }

    /**
     * The levels around two samples, of one signal each. What lies outside a signal is silence.
     *
     * @param at where the bands' levels go in both results, from there on
     */
    void levels(double[] one, int oneAt, double[] oneTo, double[] other, int otherAt, double[] otherTo, int at) {
        for (int i = 0; i < WINDOW; i++) {
            re[i] = HANN[i] * sample(one, oneAt - STEP + i);
            im[i] = HANN[i] * sample(other, otherAt - STEP + i);
        }
        for (int i = WINDOW; i < FFT.size(); i++) {
            re[i] = 0;
            im[i] = 0;
        }
        FFT.transform(re, im);
        for (int band = 0; band < COUNT; band++) {
            double oneSum = 0;
            double otherSum = 0;
            for (int k = bin(EDGES[band]); k < bin(EDGES[band + 1]); k++) {
                oneSum += FFT.firstOfTwo(re, im, k);
                otherSum += FFT.secondOfTwo(re, im, k);
            }
            oneTo[at + band] = decibels(SCALE * oneSum);
            otherTo[at + band] = decibels(SCALE * otherSum);
        }
    }

    /** The levels of all steps of two signals. */
    static void levels(double[] one, double[] oneTo, double[] other, double[] otherTo) {
        Bands bands = new Bands();
        double[] ones = new double[Math.max(oneTo.length, otherTo.length)];
        double[] others = new double[ones.length];
        for (int at = 0; at < ones.length; at += COUNT) {
            int sample = at / COUNT * STEP;
            bands.levels(one, sample, ones, other, sample, others, at);
        }
        System.arraycopy(ones, 0, oneTo, 0, oneTo.length);
        System.arraycopy(others, 0, otherTo, 0, otherTo.length);
    }

    /** Of a mean square; nothing is below 0 dB, one step. */
    static double decibels(double meanSquare) {
        return 10 * Math.log10(meanSquare + 1);
    }

    static double meanSquare(double decibels) {
        return Math.pow(10, decibels / 10) - 1;
    }

    /**
     * All bands of each step together.
     *
     * @param carried which bands count
     */
    static double[] totals(double[] levels, boolean[] carried) {
        double[] totals = new double[levels.length / COUNT];
        for (int step = 0; step < totals.length; step++) {
            double sum = 0;
            for (int band = 0; band < COUNT; band++) {
                sum += carried[band] ? meanSquare(levels[step * COUNT + band]) : 0;
            }
            totals[step] = decibels(sum);
        }
        return totals;
    }

    /** What a twentieth of all values exceeds. */
    static double loud(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted.length == 0 ? 0 : sorted[(int) (0.95 * (sorted.length - 1))];
    }

    private static double sample(double[] samples, int at) {
        return at >= 0 && at < samples.length ? samples[at] : 0;
    }

    private static int bin(int hertz) {
        return (hertz * FFT.size() + RATE / 2) / RATE;
    }

    private static double[] hann() {
        double[] window = new double[WINDOW];
        for (int i = 0; i < WINDOW; i++) {
            window[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / WINDOW);
        }
        return window;
    }

    private static double scale() {
        double squares = 0;
        for (double weight : HANN) {
            squares += weight * weight;
        }
        // Half of the bins are looked at, and each sum of two parts is twice the signal's own.
        return 2 / (4 * FFT.size() * squares);
    }
}

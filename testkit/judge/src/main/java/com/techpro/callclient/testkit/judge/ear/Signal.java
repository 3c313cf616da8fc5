// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.ear;

/**
 * A recording without offset, by a first-order high-pass filter at 30 Hz that works at any begin or
 * end. Outside of it is silence.
 */
final class Signal {
    private static final float KEEPS = (float) Math.exp(-2 * Math.PI * 30 / Bands.RATE);

    final int length;
    /** At least {@link #length} samples. */
    final float[] samples;
    /** The energy of all samples before each one, and of all. */
    private final double[] energies;

    Signal(short[] recorded, Scratch scratch) {
        this.length = recorded.length;
        this.samples = scratch.floats(length);
        this.energies = scratch.doubles(length + 1);
        float centred = 0;
        double energy = 0;
        for (int i = 1; i < length; i++) {
            centred = Math.fma(KEEPS, centred, recorded[i] - recorded[i - 1]);
            samples[i] = centred;
            energies[i] = energy;
            energy += centred * centred;
        }
        energies[length] = energy;
    }

    boolean has(int from, int count) {
        return from >= 0 && from + count <= length;
    }

    /** Returns the sum of some samples' squares. */
    double energy(int from, int count) {
        int first = Math.max(0, Math.min(length, from));
        int end = Math.max(0, Math.min(length, from + count));
        return energies[end] - energies[first];
    }

    /** Returns a step's mean square over all frequencies, or that of its existing part. */
    double meanSquare(int from) {
        int count = Math.min(length, from + Bands.STEP) - Math.max(0, from);
        return count <= 0 ? 0 : energy(from, Bands.STEP) / count;
    }

    /**
     * Returns the mean of a step's existing samples, which shows frequencies below some 100 Hz.
     */
    float mean(int from) {
        int end = Math.min(length, from + Bands.STEP);
        float sum = 0;
        for (int i = Math.max(0, from); i < end; i++) {
            sum += samples[i];
        }
        return sum / Bands.STEP;
    }

    /**
     * Returns the correlation of two parts, 1 to -1; 0 if one is silent. Both must be within their
     * signals.
     */
    static double correlation(Signal one, int from, Signal other, int otherFrom, int count) {
        double energies = one.energy(from, count) * other.energy(otherFrom, count);
        return energies <= 0 ? 0 : product(one, from, other, otherFrom, count) / Math.sqrt(energies);
    }

    /**
     * Calculates the products of a part of one signal with many parts of another, one sample apart.
     *
     * @param from the other's sample for {@code products[0]}
     * @param begin the first wanted product
     * @param end after the last one
     */
    static void products(
            Signal one, int from, int begin, int end, Signal other, int otherFrom, int count, float[] products) {
        int i = begin;
        for (; i + 4 <= end; i += 4) {
            fourProducts(one.samples, from + i, other.samples, otherFrom, count, products, i);
        }
        for (; i < end; i++) {
            products[i] = (float) product(one, from + i, other, otherFrom, count);
        }
    }

    /** Uses eight sums, which do not wait for each other. */
    private static void fourProducts(
            float[] ones, int from, float[] others, int otherFrom, int count, float[] products, int at) {
        float even0 = 0;
        float even1 = 0;
        float even2 = 0;
        float even3 = 0;
        float odd0 = 0;
        float odd1 = 0;
        float odd2 = 0;
        float odd3 = 0;
        for (int i = 0; i < count; i += 2) {
            float even = others[otherFrom + i];
            float odd = others[otherFrom + i + 1];
            float one1 = ones[from + i + 1];
            float one2 = ones[from + i + 2];
            float one3 = ones[from + i + 3];
            even0 = Math.fma(even, ones[from + i], even0);
            even1 = Math.fma(even, one1, even1);
            even2 = Math.fma(even, one2, even2);
            even3 = Math.fma(even, one3, even3);
            odd0 = Math.fma(odd, one1, odd0);
            odd1 = Math.fma(odd, one2, odd1);
            odd2 = Math.fma(odd, one3, odd2);
            odd3 = Math.fma(odd, ones[from + i + 4], odd3);
        }
        products[at] = even0 + odd0;
        products[at + 1] = even1 + odd1;
        products[at + 2] = even2 + odd2;
        products[at + 3] = even3 + odd3;
    }

    /** Uses four sums, which do not wait for each other. */
    private static double product(Signal one, int from, Signal other, int otherFrom, int count) {
        float[] ones = one.samples;
        float[] others = other.samples;
        float sum0 = 0;
        float sum1 = 0;
        float sum2 = 0;
        float sum3 = 0;
        for (int i = 0; i < count; i += 4) {
            sum0 += ones[from + i] * others[otherFrom + i];
            sum1 += ones[from + i + 1] * others[otherFrom + i + 1];
            sum2 += ones[from + i + 2] * others[otherFrom + i + 2];
            sum3 += ones[from + i + 3] * others[otherFrom + i + 3];
        }
        return (double) sum0 + sum1 + sum2 + sum3;
    }
}

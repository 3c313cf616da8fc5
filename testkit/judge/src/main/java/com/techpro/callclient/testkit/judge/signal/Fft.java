// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.signal;

/**
 * The discrete Fourier transform of one power-of-two size, in place (radix 2, decimation in time).
 * Immutable, so shareable.
 */
public final class Fft {
    private final int size;
    private final double[] cosine;
    private final double[] sine;

    /** @throws IllegalArgumentException unless the size is a power of two */
    public Fft(int size) {
        if (size < 2 || Integer.bitCount(size) != 1) {
            throw new IllegalArgumentException("a power of two, not " + size);
        }
        this.size = size;
        this.cosine = new double[size / 2];
        this.sine = new double[size / 2];
        for (int i = 0; i < size / 2; i++) {
            cosine[i] = Math.cos(2 * Math.PI * i / size);
            sine[i] = Math.sin(2 * Math.PI * i / size);
        }
    }

    public int size() {
        return size;
    }

    /** Transforms a signal of {@link #size} samples; both arrays are overwritten. */
    public void transform(double[] re, double[] im) {
        reorder(re, im);
        for (int half = 1; half < size; half *= 2) {
            int stride = size / (2 * half);
            for (int block = 0; block < size; block += 2 * half) {
                for (int k = 0; k < half; k++) {
                    double c = cosine[k * stride];
                    double s = sine[k * stride];
                    int a = block + k;
                    int b = a + half;
                    double tr = re[b] * c + im[b] * s;
                    double ti = im[b] * c - re[b] * s;
                    re[b] = re[a] - tr;
                    im[b] = im[a] - ti;
                    re[a] += tr;
                    im[a] += ti;
                }
            }
        }
    }

    /**
     * The inverse, times {@link #size}: swapping the parts on the way in and out conjugates the
     * kernel.
     */
    public void inverseUnscaled(double[] re, double[] im) {
        transform(im, re);
    }

    private void reorder(double[] re, double[] im) {
        int shift = 32 - Integer.numberOfTrailingZeros(size);
        for (int i = 0; i < size; i++) {
            int j = Integer.reverse(i) >>> shift;
            if (j > i) {
                double r = re[i];
                re[i] = re[j];
                re[j] = r;
                double m = im[i];
                im[i] = im[j];
                im[j] = m;
            }
        }
    }
}

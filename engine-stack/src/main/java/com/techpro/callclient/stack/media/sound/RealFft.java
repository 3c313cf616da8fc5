// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.sound;

/**
 * The discrete Fourier transform of real signals of one power-of-two length, by a complex transform
 * of half the length: Stockham's self-sorting form in radix 4 (C. Van Loan, Computational Frameworks
 * for the Fast Fourier Transform, 1992, §1.7, §2.4, §4.3). It allocates nothing after construction.
 * For one thread at a time.
 */
final class RealFft {
    private final int half;
    /** exp(-2 pi i k / half). */
    private final float[] cosine;

    private final float[] sine;
    /** exp(-2 pi i k / size), which separates the even from the odd samples' spectrum. */
    private final float[] splitCosine;

    private final float[] splitSine;
    private float[] re;
    private float[] im;
    private float[] otherRe;
    private float[] otherIm;

    /** @param size a power of two, at least 8 */
    RealFft(int size) {
        if (size < 8 || Integer.bitCount(size) != 1) {
            throw new IllegalArgumentException("a power of two from 8, not " + size);
        }
        half = size / 2;
        cosine = new float[half];
        sine = new float[half];
        splitCosine = new float[half / 2 + 1];
        splitSine = new float[half / 2 + 1];
        for (int i = 0; i < half; i++) {
            cosine[i] = (float) Math.cos(2 * Math.PI * i / half);
            sine[i] = (float) -Math.sin(2 * Math.PI * i / half);
        }
        for (int i = 0; i <= half / 2; i++) {
            splitCosine[i] = (float) Math.cos(2 * Math.PI * i / size);
            splitSine[i] = (float) -Math.sin(2 * Math.PI * i / size);
        }
        re = new float[half];
        im = new float[half];
        otherRe = new float[half];
        otherIm = new float[half];
    }

    /** How many bins a spectrum has: half the size and one. */
    int bins() {
        return half + 1;
    }

    /** Writes the spectrum of {@code size} samples, from zero to half the rate. */
    void forward(float[] samples, float[] spectrumRe, float[] spectrumIm) {
        for (int i = 0; i < half; i++) {
            re[i] = samples[2 * i];
            im[i] = samples[2 * i + 1];
        }
        complex();
        float[] a = re;
        float[] b = im;
        spectrumRe[0] = a[0] + b[0];
        spectrumIm[0] = 0;
        spectrumRe[half] = a[0] - b[0];
        spectrumIm[half] = 0;
        for (int k = 1; k <= half / 2; k++) {
            int mirror = half - k;
            float evenRe = 0.5f * (a[k] + a[mirror]);
            float evenIm = 0.5f * (b[k] - b[mirror]);
            float oddRe = 0.5f * (b[k] + b[mirror]);
            float oddIm = 0.5f * (a[mirror] - a[k]);
            float c = splitCosine[k];
            float s = splitSine[k];
            float turnedRe = oddRe * c - oddIm * s;
            float turnedIm = oddRe * s + oddIm * c;
            spectrumRe[k] = evenRe + turnedRe;
            spectrumIm[k] = evenIm + turnedIm;
            spectrumRe[mirror] = evenRe - turnedRe;
            spectrumIm[mirror] = turnedIm - evenIm;
        }
    }

    /** The inverse of {@link #forward}, which gives the same samples back. */
    void inverse(float[] spectrumRe, float[] spectrumIm, float[] samples) {
        float scale = 1f / half;
        float[] a = re;
        float[] b = im;
        // Conjugated on the way in and out, so that the same transform serves.
        a[0] = 0.5f * (spectrumRe[0] + spectrumRe[half]);
        b[0] = -0.5f * (spectrumRe[0] - spectrumRe[half]);
        for (int k = 1; k <= half / 2; k++) {
            int mirror = half - k;
            float evenRe = 0.5f * (spectrumRe[k] + spectrumRe[mirror]);
            float evenIm = 0.5f * (spectrumIm[k] - spectrumIm[mirror]);
            float turnedRe = 0.5f * (spectrumRe[k] - spectrumRe[mirror]);
            float turnedIm = 0.5f * (spectrumIm[k] + spectrumIm[mirror]);
            float c = splitCosine[k];
            float s = -splitSine[k];
            float oddRe = turnedRe * c - turnedIm * s;
            float oddIm = turnedRe * s + turnedIm * c;
            a[k] = evenRe - oddIm;
            b[k] = -(evenIm + oddRe);
            a[mirror] = evenRe + oddIm;
            b[mirror] = evenIm - oddRe;
        }
        complex();
        a = re;
        b = im;
        for (int i = 0; i < half; i++) {
            samples[2 * i] = a[i] * scale;
            samples[2 * i + 1] = -b[i] * scale;
        }
    }

    private void complex() {
        int length = half;
        int stride = 1;
        while (length >= 4) {
            radix4(length, stride);
            length /= 4;
            stride *= 4;
        }
        if (length == 2) {
            radix2(stride);
        }
    }

    private void radix4(int length, int stride) {
        float[] xr = re;
        float[] xi = im;
        float[] yr = otherRe;
        float[] yi = otherIm;
        int quarter = length / 4;
        int step = quarter * stride;
        for (int p = 0; p < quarter; p++) {
            int w = p * stride;
            float c1 = cosine[w];
            float s1 = sine[w];
            float c2 = cosine[2 * w];
            float s2 = sine[2 * w];
            float c3 = cosine[3 * w];
            float s3 = sine[3 * w];
            int from = stride * p;
            int to = 4 * stride * p;
            for (int q = 0; q < stride; q++) {
                int a = from + q;
                int b = to + q;
                float sumAcRe = xr[a] + xr[a + 2 * step];
                float sumAcIm = xi[a] + xi[a + 2 * step];
                float diffAcRe = xr[a] - xr[a + 2 * step];
                float diffAcIm = xi[a] - xi[a + 2 * step];
                float sumBdRe = xr[a + step] + xr[a + 3 * step];
                float sumBdIm = xi[a + step] + xi[a + 3 * step];
                float turnedRe = xi[a + 3 * step] - xi[a + step];
                float turnedIm = xr[a + step] - xr[a + 3 * step];
                yr[b] = sumAcRe + sumBdRe;
                yi[b] = sumAcIm + sumBdIm;
                float r1 = diffAcRe - turnedRe;
                float i1 = diffAcIm - turnedIm;
                yr[b + stride] = r1 * c1 - i1 * s1;
                yi[b + stride] = r1 * s1 + i1 * c1;
                float r2 = sumAcRe - sumBdRe;
                float i2 = sumAcIm - sumBdIm;
                yr[b + 2 * stride] = r2 * c2 - i2 * s2;
                yi[b + 2 * stride] = r2 * s2 + i2 * c2;
                float r3 = diffAcRe + turnedRe;
                float i3 = diffAcIm + turnedIm;
                yr[b + 3 * stride] = r3 * c3 - i3 * s3;
                yi[b + 3 * stride] = r3 * s3 + i3 * c3;
            }
        }
        swap();
    }

    private void radix2(int stride) {
        for (int q = 0; q < stride; q++) {
            otherRe[q] = re[q] + re[q + stride];
            otherIm[q] = im[q] + im[q + stride];
            otherRe[q + stride] = re[q] - re[q + stride];
            otherIm[q + stride] = im[q] - im[q + stride];
        }
        swap();
    }

    private void swap() {
        float[] r = re;
        float[] i = im;
        re = otherRe;
        im = otherIm;
        otherRe = r;
        otherIm = i;
    }
}

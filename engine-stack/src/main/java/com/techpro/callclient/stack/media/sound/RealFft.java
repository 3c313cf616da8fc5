// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.sound;

/**
 * The discrete Fourier transform of real signals of one power-of-two length, by a complex transform
 * of half the length: Stockham's self-sorting form in radix 4, with a last pass in radix 4 or 8 that needs no
 * factors (C. Van Loan, Computational Frameworks for the Fast Fourier Transform, 1992, §1.7, §2.4, §4.3). It
 * allocates nothing after construction. For one thread at a time.
 */
final class RealFft {
    private static final float HALF_ROOT = (float) Math.sqrt(0.5);

    private final int half;
    /** exp(-2 pi i k / half), its square and its cube, for the first quarter. */
    private final float[] cosine;

    private final float[] sine;
    private final float[] cosine2;
    private final float[] sine2;
    private final float[] cosine3;
    private final float[] sine3;
    /** Half of exp(-2 pi i k / size), which separates the even from the odd samples' spectrum. */
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
        cosine = new float[half / 4];
        sine = new float[half / 4];
        cosine2 = new float[half / 4];
        sine2 = new float[half / 4];
        cosine3 = new float[half / 4];
        sine3 = new float[half / 4];
        splitCosine = new float[half / 2 + 1];
        splitSine = new float[half / 2 + 1];
        for (int i = 0; i < half / 4; i++) {
            double angle = 2 * Math.PI * i / half;
            cosine[i] = (float) Math.cos(angle);
            sine[i] = (float) -Math.sin(angle);
            cosine2[i] = (float) Math.cos(2 * angle);
            sine2[i] = (float) -Math.sin(2 * angle);
            cosine3[i] = (float) Math.cos(3 * angle);
            sine3[i] = (float) -Math.sin(3 * angle);
        }
        for (int i = 0; i <= half / 2; i++) {
            splitCosine[i] = (float) (0.5 * Math.cos(2 * Math.PI * i / size));
            splitSine[i] = (float) (-0.5 * Math.sin(2 * Math.PI * i / size));
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
        float[] a = re;
        float[] b = im;
        for (int i = 0; i < half; i++) {
            a[i] = samples[2 * i];
            b[i] = samples[2 * i + 1];
        }
        complex();
        a = re;
        b = im;
        spectrumRe[0] = a[0] + b[0];
        spectrumIm[0] = 0;
        spectrumRe[half] = a[0] - b[0];
        spectrumIm[half] = 0;
        for (int k = 1; k <= half / 2; k++) {
            int mirror = half - k;
            float evenRe = 0.5f * (a[k] + a[mirror]);
            float evenIm = 0.5f * (b[k] - b[mirror]);
            float oddRe = b[k] + b[mirror];
            float oddIm = a[mirror] - a[k];
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
        float halfScale = 0.5f / half;
        float[] a = re;
        float[] b = im;
        // Conjugated on the way in and out, so that the same transform serves.
        a[0] = halfScale * (spectrumRe[0] + spectrumRe[half]);
        b[0] = -halfScale * (spectrumRe[0] - spectrumRe[half]);
        for (int k = 1; k <= half / 2; k++) {
            int mirror = half - k;
            float evenRe = halfScale * (spectrumRe[k] + spectrumRe[mirror]);
            float evenIm = halfScale * (spectrumIm[k] - spectrumIm[mirror]);
            float turnedRe = scale * (spectrumRe[k] - spectrumRe[mirror]);
            float turnedIm = scale * (spectrumIm[k] + spectrumIm[mirror]);
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
            samples[2 * i] = a[i];
            samples[2 * i + 1] = -b[i];
        }
    }

    private void complex() {
        int length = half;
        int stride = 1;
        while (length > 8) {
            if (stride == 1) {
                first(re, im, otherRe, otherIm);
            } else {
                next(stride, re, im, otherRe, otherIm);
            }
            swap();
            length /= 4;
            stride *= 4;
        }
        if (length == 8) {
            last8(stride, re, im, otherRe, otherIm);
        } else {
            last4(stride, re, im, otherRe, otherIm);
        }
        swap();
    }

    private void first(float[] xr, float[] xi, float[] yr, float[] yi) {
        int step = half / 4;
        for (int p = 0; p < step; p++) {
            float sumAcRe = xr[p] + xr[p + 2 * step];
            float sumAcIm = xi[p] + xi[p + 2 * step];
            float diffAcRe = xr[p] - xr[p + 2 * step];
            float diffAcIm = xi[p] - xi[p + 2 * step];
            float sumBdRe = xr[p + step] + xr[p + 3 * step];
            float sumBdIm = xi[p + step] + xi[p + 3 * step];
            float turnedRe = xi[p + 3 * step] - xi[p + step];
            float turnedIm = xr[p + step] - xr[p + 3 * step];
            yr[4 * p] = sumAcRe + sumBdRe;
            yi[4 * p] = sumAcIm + sumBdIm;
            float r1 = diffAcRe - turnedRe;
            float i1 = diffAcIm - turnedIm;
            yr[4 * p + 1] = r1 * cosine[p] - i1 * sine[p];
            yi[4 * p + 1] = r1 * sine[p] + i1 * cosine[p];
            float r2 = sumAcRe - sumBdRe;
            float i2 = sumAcIm - sumBdIm;
            yr[4 * p + 2] = r2 * cosine2[p] - i2 * sine2[p];
            yi[4 * p + 2] = r2 * sine2[p] + i2 * cosine2[p];
            float r3 = diffAcRe + turnedRe;
            float i3 = diffAcIm + turnedIm;
            yr[4 * p + 3] = r3 * cosine3[p] - i3 * sine3[p];
            yi[4 * p + 3] = r3 * sine3[p] + i3 * cosine3[p];
        }
    }

    private void next(int stride, float[] xr, float[] xi, float[] yr, float[] yi) {
        int step = half / 4;
        for (int w = 0; w < step; w += stride) {
            float c1 = cosine[w];
            float s1 = sine[w];
            float c2 = cosine2[w];
            float s2 = sine2[w];
            float c3 = cosine3[w];
            float s3 = sine3[w];
            for (int a = w; a < w + stride; a++) {
                int b = 3 * w + a;
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
    }

    private static void last4(int step, float[] xr, float[] xi, float[] yr, float[] yi) {
        for (int a = 0; a < step; a++) {
            float sumAcRe = xr[a] + xr[a + 2 * step];
            float sumAcIm = xi[a] + xi[a + 2 * step];
            float diffAcRe = xr[a] - xr[a + 2 * step];
            float diffAcIm = xi[a] - xi[a + 2 * step];
            float sumBdRe = xr[a + step] + xr[a + 3 * step];
            float sumBdIm = xi[a + step] + xi[a + 3 * step];
            float turnedRe = xi[a + 3 * step] - xi[a + step];
            float turnedIm = xr[a + step] - xr[a + 3 * step];
            yr[a] = sumAcRe + sumBdRe;
            yi[a] = sumAcIm + sumBdIm;
            yr[a + step] = diffAcRe - turnedRe;
            yi[a + step] = diffAcIm - turnedIm;
            yr[a + 2 * step] = sumAcRe - sumBdRe;
            yi[a + 2 * step] = sumAcIm - sumBdIm;
            yr[a + 3 * step] = diffAcRe + turnedRe;
            yi[a + 3 * step] = diffAcIm + turnedIm;
        }
    }

    private static void last8(int step, float[] xr, float[] xi, float[] yr, float[] yi) {
        for (int a = 0; a < step; a++) {
            // The even points' radix 4...
            float r04 = xr[a] + xr[a + 4 * step];
            float i04 = xi[a] + xi[a + 4 * step];
            float d04 = xr[a] - xr[a + 4 * step];
            float e04 = xi[a] - xi[a + 4 * step];
            float r26 = xr[a + 2 * step] + xr[a + 6 * step];
            float i26 = xi[a + 2 * step] + xi[a + 6 * step];
            float d26 = xr[a + 2 * step] - xr[a + 6 * step];
            float e26 = xi[a + 2 * step] - xi[a + 6 * step];
            float even0Re = r04 + r26;
            float even0Im = i04 + i26;
            float even1Re = d04 + e26;
            float even1Im = e04 - d26;
            float even2Re = r04 - r26;
            float even2Im = i04 - i26;
            float even3Re = d04 - e26;
            float even3Im = e04 + d26;
            // ...and the odd points', turned by eighths.
            float r15 = xr[a + step] + xr[a + 5 * step];
            float i15 = xi[a + step] + xi[a + 5 * step];
            float d15 = xr[a + step] - xr[a + 5 * step];
            float e15 = xi[a + step] - xi[a + 5 * step];
            float r37 = xr[a + 3 * step] + xr[a + 7 * step];
            float i37 = xi[a + 3 * step] + xi[a + 7 * step];
            float d37 = xr[a + 3 * step] - xr[a + 7 * step];
            float e37 = xi[a + 3 * step] - xi[a + 7 * step];
            float odd0Re = r15 + r37;
            float odd0Im = i15 + i37;
            float u1 = d15 + e37;
            float v1 = e15 - d37;
            float odd1Re = HALF_ROOT * (u1 + v1);
            float odd1Im = HALF_ROOT * (v1 - u1);
            float odd2Re = i15 - i37;
            float odd2Im = r37 - r15;
            float u3 = d15 - e37;
            float v3 = e15 + d37;
            float odd3Re = HALF_ROOT * (v3 - u3);
            float odd3Im = -HALF_ROOT * (u3 + v3);
            yr[a] = even0Re + odd0Re;
            yi[a] = even0Im + odd0Im;
            yr[a + step] = even1Re + odd1Re;
            yi[a + step] = even1Im + odd1Im;
            yr[a + 2 * step] = even2Re + odd2Re;
            yi[a + 2 * step] = even2Im + odd2Im;
            yr[a + 3 * step] = even3Re + odd3Re;
            yi[a + 3 * step] = even3Im + odd3Im;
            yr[a + 4 * step] = even0Re - odd0Re;
            yi[a + 4 * step] = even0Im - odd0Im;
            yr[a + 5 * step] = even1Re - odd1Re;
            yi[a + 5 * step] = even1Im - odd1Im;
            yr[a + 6 * step] = even2Re - odd2Re;
            yi[a + 6 * step] = even2Im - odd2Im;
            yr[a + 7 * step] = even3Re - odd3Re;
            yi[a + 7 * step] = even3Im - odd3Im;
        }
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

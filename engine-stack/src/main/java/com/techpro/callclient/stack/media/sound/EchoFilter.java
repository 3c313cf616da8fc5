// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.sound;

import java.util.Arrays;

/**
 * The model of the path from loudspeaker to microphone: a partitioned-block Kalman filter in the frequency
 * domain (G. Enzner, P. Vary, Signal Processing 86(6), 2006; F. Kuech, E. Mabande, G. Enzner, ICASSP 2014).
 * Each coefficient has a variance, how wrong it may be, from which its step size follows. The more the
 * microphone hears beside the echo, the smaller the step, so double talk needs no detector. Of the constraint
 * that a part is no longer than a block, some parts are brought up to date with each block, as in Speex' MDF
 * (J.-M. Valin, IEEE Trans. ASLP 15(3), 2007).
 *
 * <p>For one thread at a time; no allocation after construction.
 */
final class EchoFilter {
    /** The variance of a coefficient at first, of the first part. */
    private static final float UNKNOWN = 0.03f;
    /** How much less each later part may be wrong at first: an echo decays. */
    private static final float LATER = 0.78f;
    /** The least noise, so that digital silence is no reason for endless steps. */
    private static final float LEAST_NOISE = 40f;

    private static final int CONSTRAINED_A_BLOCK = 2;

    private final int hop;
    private final FarSpectra far;
    private final RealFft fft;
    private final int bins;
    private final int parts;
    private final float keep;
    private final float[][] re;
    private final float[][] im;
    private final float[][] variance;
    private final float[] noise;
    private final float[] misadjusted;
    private final float[] sumRe;
    private final float[] sumIm;
    private final float[] errorRe;
    private final float[] errorIm;
    private final float[] stepRe;
    private final float[] time;
    private int nextConstrained;

    /**
     * Creates an empty model.
     *
     * @param keep what a coefficient keeps of itself from block to block, just below 1
     */
    EchoFilter(int hop, FarSpectra far, RealFft fft, float keep) {
        this.hop = hop;
        this.far = far;
        this.fft = fft;
        this.keep = keep;
        bins = fft.bins();
        parts = far.count();
        re = new float[parts][bins];
        im = new float[parts][bins];
        variance = new float[parts][bins];
        noise = new float[bins];
        misadjusted = new float[bins];
        sumRe = new float[bins];
        sumIm = new float[bins];
        errorRe = new float[bins];
        errorIm = new float[bins];
        stepRe = new float[bins];
        time = new float[2 * hop];
        reset();
    }

    /** Writes the expected echo of the newest block. */
    void estimate(float[] echo) {
        Arrays.fill(sumRe, 0);
        Arrays.fill(sumIm, 0);
        for (int p = 0; p < parts; p++) {
            multiplyAdd(re[p], im[p], far.re(p), far.im(p), sumRe, sumIm);
        }
        fft.inverse(sumRe, sumIm, time);
        System.arraycopy(time, hop, echo, 0, hop);
    }

    static void multiplyAdd(float[] ar, float[] ai, float[] br, float[] bi, float[] toRe, float[] toIm) {
        for (int k = 0; k < toRe.length; k++) {
            toRe[k] += ar[k] * br[k] - ai[k] * bi[k];
        }
        for (int k = 0; k < toRe.length; k++) {
            toIm[k] += ar[k] * bi[k] + ai[k] * br[k];
        }
    }

    /**
     * Learns from a block.
     *
     * @param error the microphone's block without the estimate
     */
    void learn(float[] error) {
        Arrays.fill(time, 0, hop, 0);
        System.arraycopy(error, 0, time, hop, hop);
        fft.forward(time, errorRe, errorIm);
        Arrays.fill(misadjusted, 0);
        for (int p = 0; p < parts; p++) {
            addProduct(variance[p], far.power(p), misadjusted);
        }
        for (int k = 0; k < bins; k++) {
            float power = errorRe[k] * errorRe[k] + errorIm[k] * errorIm[k];
            noise[k] += 0.2f * (power - noise[k]);
            // Half, since half of the error's frame is empty.
            stepRe[k] = 1f / (0.5f * misadjusted[k] + Math.max(noise[k], LEAST_NOISE));
            errorRe[k] *= stepRe[k];
            errorIm[k] *= stepRe[k];
        }
        float forget = keep * keep;
        for (int p = 0; p < parts; p++) {
            update(variance[p], re[p], im[p], far.re(p), far.im(p), far.power(p), forget);
        }
        for (int i = 0; i < CONSTRAINED_A_BLOCK; i++) {
            constrain(nextConstrained);
            nextConstrained = (nextConstrained + 1) % parts;
        }
    }

    private static void addProduct(float[] a, float[] b, float[] to) {
        for (int k = 0; k < to.length; k++) {
            to[k] += a[k] * b[k];
        }
    }

    private void update(float[] p, float[] hr, float[] hi, float[] xr, float[] xi, float[] power, float forget) {
        float[] er = errorRe;
        float[] ei = errorIm;
        float[] step = stepRe;
        for (int k = 0; k < p.length; k++) {
            hr[k] = hr[k] + p[k] * (xr[k] * er[k] + xi[k] * ei[k]);
        }
        for (int k = 0; k < p.length; k++) {
            hi[k] = hi[k] + p[k] * (xr[k] * ei[k] - xi[k] * er[k]);
        }
        for (int k = 0; k < p.length; k++) {
            float left = 1 - 0.5f * p[k] * step[k] * power[k];
            p[k] = forget * left * p[k] + (1 - forget) * (hr[k] * hr[k] + hi[k] * hi[k]);
        }
    }

    private void constrain(int part) {
        fft.inverse(re[part], im[part], time);
        Arrays.fill(time, hop, 2 * hop, 0);
        fft.forward(time, re[part], im[part]);
    }

    /** Expects the coefficients to be wrong by this part of themselves, in power. */
    void doubt(float share) {
        for (int p = 0; p < parts; p++) {
            for (int k = 0; k < bins; k++) {
                variance[p][k] += share * (re[p][k] * re[p][k] + im[p][k] * im[p][k]);
            }
        }
    }

    /** Takes over another model's parts, in which it is better, and doubts them by the difference. */
    void take(ShadowFilter other) {
        for (int p = 0; p < other.parts(); p++) {
            float[] otherRe = other.re(p);
            float[] otherIm = other.im(p);
            for (int k = 0; k < bins; k++) {
                float dr = otherRe[k] - re[p][k];
                float di = otherIm[k] - im[p][k];
                variance[p][k] += 0.5f * (dr * dr + di * di);
                re[p][k] = otherRe[k];
                im[p][k] = otherIm[k];
            }
        }
    }

    float[] re(int part) {
        return re[part];
    }

    float[] im(int part) {
        return im[part];
    }

    /** The expected power of what the estimate lacks, for the last block's bins. */
    float[] misadjusted() {
        return misadjusted;
    }

    void reset() {
        float first = UNKNOWN;
        for (int p = 0; p < parts; p++) {
            Arrays.fill(re[p], 0);
            Arrays.fill(im[p], 0);
            Arrays.fill(variance[p], first);
            first *= LATER;
        }
        Arrays.fill(noise, 0);
        nextConstrained = 0;
    }
}

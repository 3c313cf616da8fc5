// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.sound;

import java.util.Arrays;

/**
 * The model of the path from loudspeaker to microphone: a partitioned-block Kalman filter in the frequency
 * domain (G. Enzner, P. Vary, Signal Processing 86(6), 2006; F. Kuech, E. Mabande, G. Enzner, ICASSP 2014).
 * Each coefficient has a variance, how wrong it may be, from which its step size follows. The more the
 * microphone hears beside the echo, the smaller the step, so double talk needs no detector. Of the constraint
 * that a part is no longer than a block, one part is brought up to date with each block, as in Speex' MDF
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

    private final FarSpectra far;
    private final EchoModel model;
    private final int bins;
    private final int parts;
    private final float keep;
    private final float[][] variance;
    private final float[] noise;
    private final float[] misadjusted;
    private final float[] errorRe;
    private final float[] errorIm;
    private final float[] stepRe;

    /**
     * Creates an empty model.
     *
     * @param keep what a coefficient keeps of itself from block to block, just below 1
     */
    EchoFilter(int hop, FarSpectra far, RealFft fft, float keep) {
        this.far = far;
        this.keep = keep;
        bins = fft.bins();
        parts = far.count();
        model = new EchoModel(hop, parts, far, fft);
        variance = new float[parts][bins];
        noise = new float[bins];
        misadjusted = new float[bins];
        errorRe = new float[bins];
        errorIm = new float[bins];
        stepRe = new float[bins];
        reset();
    }

    /** Writes the expected echo of the newest block. */
    void estimate(float[] echo) {
        model.estimate(echo);
    }

    /**
     * Learns from a block.
     *
     * @param error the microphone's block without the estimate
     */
    void learn(float[] error) {
        model.transform(error, errorRe, errorIm);
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
            update(variance[p], model.re(p), model.im(p), far.re(p), far.im(p), far.power(p), forget);
        }
    }

    /** The power by bin that the last block's echo may have had beside the modelled one: twice its mean. */
    float[] misadjusted() {
        return misadjusted;
    }

    /** Brings the next part up to date with the constraint. */
    void constrain() {
        model.constrainNext();
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

    /** Expects the coefficients to be wrong by this part of themselves, in power. */
    void doubt(float share) {
        for (int p = 0; p < parts; p++) {
            float[] re = model.re(p);
            float[] im = model.im(p);
            for (int k = 0; k < bins; k++) {
                variance[p][k] += share * (re[k] * re[k] + im[k] * im[k]);
            }
        }
    }

    /** Takes over another model's parts, in which it is better, and doubts them by the difference. */
    void take(ShadowFilter other) {
        for (int p = 0; p < other.parts(); p++) {
            float[] otherRe = other.re(p);
            float[] otherIm = other.im(p);
            float[] re = model.re(p);
            float[] im = model.im(p);
            for (int k = 0; k < bins; k++) {
                float dr = otherRe[k] - re[k];
                float di = otherIm[k] - im[k];
                variance[p][k] += 0.5f * (dr * dr + di * di);
                re[k] = otherRe[k];
                im[k] = otherIm[k];
            }
        }
    }

    /** By how much the power of each bin differs in the whole echo; valid until the next block. */
    float[] gains() {
        float[] sum = stepRe;
        Arrays.fill(sum, 0);
        for (int p = 0; p < parts; p++) {
            float[] re = model.re(p);
            float[] im = model.im(p);
            for (int k = 0; k < sum.length; k++) {
                sum[k] += re[k] * re[k] + im[k] * im[k];
            }
        }
        return sum;
    }

    /** The part with the most energy. */
    int strongest() {
        int best = 0;
        float most = 0;
        for (int p = 0; p < parts; p++) {
            float energy = 0;
            float[] re = model.re(p);
            float[] im = model.im(p);
            for (int k = 0; k < bins; k++) {
                energy += re[k] * re[k] + im[k] * im[k];
            }
            if (energy > most) {
                most = energy;
                best = p;
            }
        }
        return best;
    }

    float[] re(int part) {
        return model.re(part);
    }

    float[] im(int part) {
        return model.im(part);
    }

    void reset() {
        model.reset();
        float first = UNKNOWN;
        for (int p = 0; p < parts; p++) {
            Arrays.fill(variance[p], first);
            first *= LATER;
        }
        Arrays.fill(noise, 0);
    }
}

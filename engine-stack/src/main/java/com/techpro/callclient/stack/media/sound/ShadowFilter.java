// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.sound;

import java.util.Arrays;

/**
 * A second, short model of the echo path that learns fast and forgets fast: a normalised partitioned-block
 * filter in the frequency domain (J.-S. Soo, K. Pang, IEEE Trans. ASSP 38(2), 1990), like the coarse filter of
 * WebRTC's AEC3. When it does better than {@link EchoFilter}, the path has changed (K. Ochiai, T. Araseki, T.
 * Ogihara, IEEE Trans. Comm. 25(6), 1977). For one thread at a time; no allocation after construction.
 */
final class ShadowFilter {
    private static final float STEP = 0.7f;
    private static final float LEAST_POWER = 2000f;

    private final int hop;
    private final FarSpectra far;
    private final RealFft fft;
    private final int bins;
    private final float[][] re;
    private final float[][] im;
    private final float[] sumRe;
    private final float[] sumIm;
    private final float[] errorRe;
    private final float[] errorIm;
    private final float[] total;
    private final float[] time;
    private int nextConstrained;

    ShadowFilter(int hop, int parts, FarSpectra far, RealFft fft) {
        this.hop = hop;
        this.far = far;
        this.fft = fft;
        bins = fft.bins();
        re = new float[parts][bins];
        im = new float[parts][bins];
        sumRe = new float[bins];
        sumIm = new float[bins];
        errorRe = new float[bins];
        errorIm = new float[bins];
        total = new float[bins];
        time = new float[2 * hop];
    }

    int parts() {
        return re.length;
    }

    float[] re(int part) {
        return re[part];
    }

    float[] im(int part) {
        return im[part];
    }

    /** Writes the expected echo of the newest block. */
    void estimate(float[] echo) {
        Arrays.fill(sumRe, 0);
        Arrays.fill(sumIm, 0);
        for (int p = 0; p < re.length; p++) {
            EchoFilter.multiplyAdd(re[p], im[p], far.re(p), far.im(p), sumRe, sumIm);
        }
        fft.inverse(sumRe, sumIm, time);
        System.arraycopy(time, hop, echo, 0, hop);
    }

    /** Learns from a block: the microphone's without the estimate. */
    void learn(float[] error) {
        Arrays.fill(time, 0, hop, 0);
        System.arraycopy(error, 0, time, hop, hop);
        fft.forward(time, errorRe, errorIm);
        Arrays.fill(total, LEAST_POWER);
        for (int p = 0; p < re.length; p++) {
            float[] power = far.power(p);
            for (int k = 0; k < bins; k++) {
                total[k] += power[k];
            }
        }
        for (int k = 0; k < bins; k++) {
            float step = STEP / total[k];
            errorRe[k] *= step;
            errorIm[k] *= step;
        }
        for (int p = 0; p < re.length; p++) {
            update(re[p], im[p], far.re(p), far.im(p));
        }
        constrain(nextConstrained);
        nextConstrained = (nextConstrained + 1) % re.length;
    }

    private void update(float[] hr, float[] hi, float[] xr, float[] xi) {
        float[] er = errorRe;
        float[] ei = errorIm;
        for (int k = 0; k < hr.length; k++) {
            hr[k] += xr[k] * er[k] + xi[k] * ei[k];
        }
        for (int k = 0; k < hr.length; k++) {
            hi[k] += xr[k] * ei[k] - xi[k] * er[k];
        }
    }

    private void constrain(int part) {
        fft.inverse(re[part], im[part], time);
        Arrays.fill(time, hop, 2 * hop, 0);
        fft.forward(time, re[part], im[part]);
    }

    /** Begins from the other model, which does better. */
    void take(EchoFilter other) {
        for (int p = 0; p < re.length; p++) {
            System.arraycopy(other.re(p), 0, re[p], 0, bins);
            System.arraycopy(other.im(p), 0, im[p], 0, bins);
        }
    }

    void reset() {
        for (int p = 0; p < re.length; p++) {
            Arrays.fill(re[p], 0);
            Arrays.fill(im[p], 0);
        }
        nextConstrained = 0;
    }
}

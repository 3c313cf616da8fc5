// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.sound;

import java.util.Arrays;

/**
 * The coefficients of an echo path, in parts of a block each, by bin. {@link EchoFilter} and {@link ShadowFilter}
 * learn them. For one thread at a time; no allocation after construction.
 */
final class EchoModel {
    private final int hop;
    private final FarSpectra far;
    private final RealFft fft;
    private final float[][] re;
    private final float[][] im;
    private final float[] sumRe;
    private final float[] sumIm;
    private final float[] time;
    private int nextConstrained;

    EchoModel(int hop, int parts, FarSpectra far, RealFft fft) {
        this.hop = hop;
        this.far = far;
        this.fft = fft;
        re = new float[parts][fft.bins()];
        im = new float[parts][fft.bins()];
        sumRe = new float[fft.bins()];
        sumIm = new float[fft.bins()];
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
            addProduct(re[p], im[p], far.re(p), far.im(p));
        }
        fft.inverse(sumRe, sumIm, time);
        System.arraycopy(time, hop, echo, 0, hop);
    }

    private void addProduct(float[] ar, float[] ai, float[] br, float[] bi) {
        float[] toRe = sumRe;
        float[] toIm = sumIm;
        for (int k = 0; k < toRe.length; k++) {
            toRe[k] += ar[k] * br[k] - ai[k] * bi[k];
        }
        for (int k = 0; k < toRe.length; k++) {
            toIm[k] += ar[k] * bi[k] + ai[k] * br[k];
        }
    }

    /** Transforms the error of the newest block: the second half of its frame. */
    void transform(float[] error, float[] toRe, float[] toIm) {
        Arrays.fill(time, 0, hop, 0);
        System.arraycopy(error, 0, time, hop, hop);
        fft.forward(time, toRe, toIm);
    }

    /** Cuts the next part off at a block's length. */
    void constrainNext() {
        float[] partRe = re[nextConstrained];
        float[] partIm = im[nextConstrained];
        fft.inverse(partRe, partIm, time);
        Arrays.fill(time, hop, 2 * hop, 0);
        fft.forward(time, partRe, partIm);
        nextConstrained = (nextConstrained + 1) % re.length;
    }

    void reset() {
        for (int p = 0; p < re.length; p++) {
            Arrays.fill(re[p], 0);
            Arrays.fill(im[p], 0);
        }
        nextConstrained = 0;
    }
}

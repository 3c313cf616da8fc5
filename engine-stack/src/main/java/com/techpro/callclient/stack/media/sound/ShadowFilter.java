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

    private final FarSpectra far;
    private final EchoModel model;
    private final int bins;
    private final float[] errorRe;
    private final float[] errorIm;
    private final float[] total;

    ShadowFilter(int hop, int parts, FarSpectra far, RealFft fft) {
        this.far = far;
        bins = fft.bins();
        model = new EchoModel(hop, parts, far, fft);
        errorRe = new float[bins];
        errorIm = new float[bins];
        total = new float[bins];
    }

    int parts() {
        return model.parts();
    }

    float[] re(int part) {
        return model.re(part);
    }

    float[] im(int part) {
        return model.im(part);
    }

    /** Writes the expected echo of the newest block. */
    void estimate(float[] echo) {
        model.estimate(echo);
    }

    /** Learns from a block: the microphone's without the estimate. */
    void learn(float[] error) {
        model.transform(error, errorRe, errorIm);
        Arrays.fill(total, LEAST_POWER);
        for (int p = 0; p < model.parts(); p++) {
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
        for (int p = 0; p < model.parts(); p++) {
            update(model.re(p), model.im(p), far.re(p), far.im(p));
        }
    }

    /** Brings the next part up to date with the constraint. */
    void constrain() {
        model.constrainNext();
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

    /** Begins from the other model, which does better. */
    void take(EchoFilter other) {
        for (int p = 0; p < model.parts(); p++) {
            System.arraycopy(other.re(p), 0, model.re(p), 0, bins);
            System.arraycopy(other.im(p), 0, model.im(p), 0, bins);
        }
    }

    void reset() {
        model.reset();
    }
}

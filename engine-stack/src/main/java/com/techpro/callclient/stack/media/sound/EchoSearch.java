// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.sound;

import java.util.Arrays;

/**
 * Finds how long after the {@link Reference}'s edge an echo comes. A generalised cross-correlation (C. Knapp, G.
 * Carter, IEEE Trans. ASSP 24(4), 1976) of both signals, each
 * whitened by prediction (their smoothed coherence transform, in the time domain), at a quarter of the rate, as WebRTC's AEC3 searches with decimated matched filters. It
 * is computed in parts: the microphone's block against each of the past blocks of the loudspeaker, in
 * the frequency domain, smoothed over time. For one thread at a time; no allocation.
 */
final class EchoSearch {
    /** A block, in decimated samples. */
    private static final int BLOCK = 64;
    /** How far back is searched, in seconds. */
    private static final double RANGE = 0.62;
    /** Of the correlation, in seconds. */
    private static final double MEMORY = 0.5;
    /** A peak is an echo if it is that many times the mean magnitude... */
    private static final float DISTINCT = 6.5f;
    /** ...or one that is already followed, that many times. */
    private static final float STILL_DISTINCT = 5f;
    /** How often a new peak must be found, if the old one is likely wrong... */
    private static final int QUICK = 2;
    /** ...and if not. */
    private static final int CAREFUL = 6;
    /** How many parts are transformed in a block. */
    private static final int PARTS_A_BLOCK = 4;
    /** The root mean square of a whitened block that counts. */
    private static final float LEAST_WHITE = 0.05f;

    private final int decimation;
    private final int parts;
    private final float smoothing;
    private final RealFft fft = new RealFft(2 * BLOCK);
    private final int bins = BLOCK + 1;
    private final Decimator micLow;
    private final Decimator farLow;
    private final float[] mic = new float[BLOCK];
    private final float[] far = new float[2 * BLOCK];
    private int filled;
    private final float[][] farRe;
    private final float[][] farIm;
    private final float[][] sumRe;
    private final float[][] sumIm;
    private int newest;
    private final Whitening micWhite;
    private final Whitening farWhite;
    private final float[] micRe = new float[bins];
    private final float[] micIm = new float[bins];
    private final float[] time = new float[2 * BLOCK];
    /** The smoothed correlation, by lag; a part of it is new in each block. */
    private final float[] correlation;

    private int nextPart;
    private int heardBlocks;
    private int sinceFar = Integer.MAX_VALUE / 2;
    private double found = -1;
    private int candidate = -1;
    private int confirmations;

    EchoSearch(int coreRate, int hop) {
        // A power of two, as a block's length is.
        decimation = Math.max(2, Integer.highestOneBit(coreRate / 3600));
        double rate = (double) coreRate / decimation;
        double blockSeconds = BLOCK / rate;
        parts = (int) Math.ceil(RANGE / blockSeconds / PARTS_A_BLOCK) * PARTS_A_BLOCK;
        smoothing = (float) (blockSeconds / MEMORY);
        micWhite = new Whitening(rate);
        farWhite = new Whitening(rate);
        micLow = new Decimator(decimation, hop);
        farLow = new Decimator(decimation, hop);
        farRe = new float[parts][bins];
        farIm = new float[parts][bins];
        sumRe = new float[parts][bins];
        sumIm = new float[parts][bins];
        correlation = new float[parts * BLOCK];
    }

    /**
     * Adds a block of both signals, the loudspeaker's up to the edge.
     *
     * @param lost whether the answer so far is likely wrong
     * @param idle whether the answer is not wanted, as the model has the echo
     * @return whether the answer may have changed
     */
    boolean add(float[] microphone, float[] loudspeaker, boolean lost, boolean idle) {
        boolean changed = false;
        micLow.add(microphone);
        farLow.add(loudspeaker);
        for (int i = 0; i < microphone.length / decimation; i++) {
            mic[filled] = micWhite.next(micLow.get(i));
            far[BLOCK + filled] = farWhite.next(farLow.get(i));
            filled++;
            if (filled == BLOCK) {
                filled = 0;
                block();
                changed |= !idle && evaluate(found < 0 || lost ? QUICK : CAREFUL);
                System.arraycopy(far, BLOCK, far, 0, BLOCK);
            }
        }
        return changed;
    }

    /** The delay of the strongest echo, in samples of the core's rate; negative if none is known. */
    double delay() {
        return found < 0 ? -1 : found * decimation;
    }

    private void block() {
        newest = (newest + parts - 1) % parts;
        float[] xr = farRe[newest];
        float[] xi = farIm[newest];
        fft.forward(far, xr, xi);
        sinceFar = level(far, BLOCK) > LEAST_WHITE ? 0 : sinceFar + 1;
        boolean audible = level(mic, 0) > LEAST_WHITE && sinceFar < parts;
        if (!audible) {
            return;
        }
        Arrays.fill(time, 0, BLOCK, 0);
        System.arraycopy(mic, 0, time, BLOCK, BLOCK);
        fft.forward(time, micRe, micIm);
        heardBlocks++;
        float keep = 1 - smoothing;
        for (int part = 0; part < parts; part++) {
            float[] fr = farRe[(newest + part) % parts];
            float[] fi = farIm[(newest + part) % parts];
            float[] sr = sumRe[part];
            float[] si = sumIm[part];
            for (int k = 0; k < bins; k++) {
                sr[k] = keep * sr[k] + micRe[k] * fr[k] + micIm[k] * fi[k];
                si[k] = keep * si[k] + micIm[k] * fr[k] - micRe[k] * fi[k];
            }
        }
    }

    private static float level(float[] samples, int from) {
        float sum = 0;
        for (int i = from; i < samples.length; i++) {
            sum += samples[i] * samples[i];
        }
        return (float) Math.sqrt(sum / (samples.length - from));
    }

    private boolean evaluate(int needed) {
        for (int i = 0; i < PARTS_A_BLOCK; i++) {
            fft.inverse(sumRe[nextPart], sumIm[nextPart], time);
            System.arraycopy(time, 0, correlation, nextPart * BLOCK, BLOCK);
            nextPart++;
        }
        if (nextPart < parts) {
            return false;
        }
        nextPart = 0;
        return heardBlocks >= 8 && decide(needed);
    }

    private boolean decide(int needed) {
        int best = 0;
        float most = 0;
        float sum = 0;
        for (int i = 0; i < correlation.length; i++) {
            float magnitude = Math.abs(correlation[i]);
            sum += magnitude;
            if (magnitude > most) {
                most = magnitude;
                best = i;
            }
        }
        float mean = sum / correlation.length;
        float strength = most / (mean + 1e-9f);
        boolean same = Math.abs(best - found) <= 2;
        if (strength < (same ? STILL_DISTINCT : DISTINCT)) {
            candidate = -1;
            return false;
        }
        if (same) {
            found = fine(best);
            candidate = -1;
            return true;
        }
        confirmations = candidate >= 0 && Math.abs(best - candidate) <= 2 ? confirmations + 1 : 1;
        candidate = best;
        boolean replaces = found < 0 || most > 1.3f * around((int) found);
        if (confirmations < needed || !replaces) {
            return false;
        }
        found = fine(best);
        candidate = -1;
        return true;
    }

    private float around(int lag) {
        float most = 0;
        for (int i = Math.max(0, lag - 2); i <= Math.min(correlation.length - 1, lag + 2); i++) {
            most = Math.max(most, Math.abs(correlation[i]));
        }
        return most;
    }

    /** The vertex of the parabola through the peak and its neighbours. */
    private double fine(int peak) {
        if (peak == 0 || peak == correlation.length - 1) {
            return peak;
        }
        double left = Math.abs(correlation[peak - 1]);
        double middle = Math.abs(correlation[peak]);
        double right = Math.abs(correlation[peak + 1]);
        double bend = left - 2 * middle + right;
        return bend >= 0 ? peak : peak + 0.5 * (left - right) / bend;
    }

    /** Forgets the correlation, since the reference has moved. */
    void moved(double samples) {
        if (found >= 0) {
            found += samples / decimation;
        }
        forget();
    }

    private void forget() {
        for (int part = 0; part < parts; part++) {
            Arrays.fill(sumRe[part], 0);
            Arrays.fill(sumIm[part], 0);
            Arrays.fill(farRe[part], 0);
            Arrays.fill(farIm[part], 0);
        }
        Arrays.fill(correlation, 0);
        heardBlocks = 0;
        candidate = -1;
        nextPart = 0;
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.sound;

/**
 * How much faster the loudspeaker's clock is than the microphone's, from the motion of the modelled echo path: if the
 * clocks differ, the whole path moves in time, so the phase of each frequency turns in proportion to it (the
 * generalised phase slope of A. Piersol, IEEE Trans. ASSP 29(3), 1981). A room that changes turns phases either way.
 * For one thread at a time.
 */
final class ClockDrift {
    /** Of the path, from its begin, in blocks. */
    private static final int PARTS = 4;

    private static final double INTERVAL = 0.5;
    private static final double LOWEST = 300;
    private static final double HIGHEST = 3000;
    /** Both paths must be so similar. */
    private static final double COHERENT = 0.6;
    /** What of a measured difference is corrected at once. */
    private static final double GAIN = 0.4;
    /** More than this no pair of sound cards differs. */
    private static final double MOST = 500e-6;
    /** Below this, reading whole samples is better. */
    private static final double LEAST = 12e-6;

    private final int interval;
    private final double intervalSamples;
    private final int from;
    private final int to;
    private final double width;
    private final float[][] re;
    private final float[][] im;
    private int blocks;
    private boolean known;
    private double drift;

    ClockDrift(int coreRate, int hop) {
        interval = (int) Math.round(INTERVAL * coreRate / hop);
        intervalSamples = (double) interval * hop;
        width = 2 * Math.PI / (2 * hop);
        from = (int) Math.ceil(LOWEST * 2 * hop / coreRate);
        to = (int) (HIGHEST * 2 * hop / coreRate);
        re = new float[PARTS][hop + 1];
        im = new float[PARTS][hop + 1];
    }

    /** Takes the model after a block in which it learned and was good. */
    boolean add(EchoFilter filter) {
        blocks++;
        if (blocks < interval) {
            return false;
        }
        blocks = 0;
        boolean changed = known && measure(filter);
        for (int p = 0; p < PARTS; p++) {
            System.arraycopy(filter.re(p), 0, re[p], 0, re[p].length);
            System.arraycopy(filter.im(p), 0, im[p], 0, im[p].length);
        }
        known = true;
        return changed;
    }

    private boolean measure(EchoFilter filter) {
        double slope = 0;
        double weight = 0;
        double common = 0;
        double before = 0;
        double after = 0;
        for (int k = from; k < to; k++) {
            double crossRe = 0;
            double crossIm = 0;
            for (int p = 0; p < PARTS; p++) {
                double r = filter.re(p)[k];
                double i = filter.im(p)[k];
                crossRe += r * re[p][k] + i * im[p][k];
                crossIm += i * re[p][k] - r * im[p][k];
                before += (double) re[p][k] * re[p][k] + (double) im[p][k] * im[p][k];
                after += r * r + i * i;
            }
            double magnitude = Math.sqrt(crossRe * crossRe + crossIm * crossIm);
            double frequency = k * width;
            slope += magnitude * frequency * Math.atan2(crossIm, crossRe);
            weight += magnitude * frequency * frequency;
            common += magnitude;
        }
        if (weight == 0 || common * common < COHERENT * COHERENT * before * after) {
            return false;
        }
        // A path that comes later is read more slowly.
        drift += GAIN * slope / weight / intervalSamples;
        drift = Math.max(-MOST, Math.min(MOST, drift));
        return true;
    }

    /** How many of the loudspeaker's samples pass in one of the microphone's. */
    double rate() {
        return Math.abs(drift) < LEAST ? 1 : 1 + drift;
    }

    /** The model has been exchanged, or moved. */
    void interrupted() {
        known = false;
        blocks = 0;
    }
}

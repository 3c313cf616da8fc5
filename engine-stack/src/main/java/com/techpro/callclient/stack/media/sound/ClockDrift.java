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
    private static final double MOST = 700e-6;
    /** Of the echo's delays, from which a difference follows that is too large for the model... */
    private static final int DELAYS = 32;
    /** ...over so many seconds at least... */
    private static final double LEAST_SPAN = 1;
    /** ...and at most... */
    private static final double MOST_SPAN = 3;
    /** ...if they are on a line up to so many samples, as their root mean square... */
    private static final double SCATTER = 1.5;
    /** By more samples at once no clock moves an echo. */
    private static final double JUMP = 16;
    /** ...which moves by more. */
    private static final double LEAST_BY_DELAY = 60e-6;

    /** Below this, reading whole samples is better. */
    private static final double LEAST = 12e-6;

    private final int interval;
    private final double intervalSamples;
    private final int from;
    private final int to;
    private final double width;
    private final float[][] re;
    private final float[][] im;
    private final int coreRate;
    private final double[] times = new double[DELAYS];
    private final double[] delays = new double[DELAYS];
    private int delaysKnown;
    private int blocks;
    private boolean known;
    private double drift;

    ClockDrift(int coreRate, int hop) {
        this.coreRate = coreRate;
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

    /**
     * Takes a delay at which the echo was found, which moves as long as the difference of the clocks is not known.
     *
     * @param seconds of the microphone's time
     * @param delay in samples
     * @return whether the rate changed
     */
    boolean add(double seconds, double delay) {
        if (delaysKnown > 0 && Math.abs(delay - delays[delaysKnown - 1]) > JUMP) {
            delaysKnown = 0;
        }
        if (delaysKnown == DELAYS || (delaysKnown > 0 && seconds - times[0] > MOST_SPAN)) {
            delaysKnown--;
            System.arraycopy(times, 1, times, 0, delaysKnown);
            System.arraycopy(delays, 1, delays, 0, delaysKnown);
        }
        times[delaysKnown] = seconds;
        delays[delaysKnown] = delay;
        delaysKnown++;
        int count = delaysKnown;
        if (count < 5 || seconds - times[0] < LEAST_SPAN) {
            return false;
        }
        double t = 0;
        double d = 0;
        for (int i = 0; i < count; i++) {
            t += times[i] / count;
            d += delays[i] / count;
        }
        double tt = 0;
        double td = 0;
        double dd = 0;
        for (int i = 0; i < count; i++) {
            tt += (times[i] - t) * (times[i] - t);
            td += (times[i] - t) * (delays[i] - d);
            dd += (delays[i] - d) * (delays[i] - d);
        }
        double slope = td / tt;
        double scatter = Math.sqrt(Math.max(0, dd - slope * td) / count);
        double difference = slope / coreRate;
        if (scatter > SCATTER || Math.abs(difference) < LEAST_BY_DELAY) {
            return false;
        }
        // A later echo is read more slowly.
        drift = Math.max(-MOST, Math.min(MOST, drift - difference));
        interrupted();
        delaysKnown = 0;
        return true;
    }

    /** Begins with the rate that is known of the same devices. */
    void begin(double rate) {
        drift = rate - 1;
    }

    /** The delays have changed by other reasons. */
    void jumped() {
        delaysKnown = 0;
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

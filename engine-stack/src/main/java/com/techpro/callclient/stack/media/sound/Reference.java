// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.sound;

import java.util.Arrays;

/**
 * What the loudspeaker was given, on the microphone's time. The microphone's blocks pull it: with each
 * block, {@link #advance} moves the <em>edge</em>, the newest sample that can be heard in that block, by as
 * many samples as the loudspeaker's clock counts meanwhile. {@link #delayed} reads at a fraction of a
 * sample behind the edge, so that a difference of the clocks need not be learned by a filter.
 *
 * <p>If the loudspeaker's samples come late or not at all, silence is put in. All later ones are then
 * later by that much, which is how much the frames' arrivals vary. For the microphone's thread.
 */
final class Reference {
    /** Taps of the interpolation to either side. */
    private static final int REACH = 6;

    private static final int PHASES = 64;
    private static final float[] INTERPOLATION = interpolation();

    private final float[] history;
    private final int mask;
    private final int slack;
    private final int watched;
    /** The samples that a block is interpolated from. */
    private final float[] around;

    /** Where each of a block's samples is between two phases. */
    private final float[] between;
    /** By how many phases each is read later than at a rate of 1 from a whole sample. */
    private final int[] places;

    private long written;
    private double edge;
    private double rate = 1;
    private boolean began;
    private double leastAhead = Double.MAX_VALUE;
    private int sinceLeast;
    private long silentSince;

    /**
     * Creates an empty one.
     *
     * @param coreRate samples per second
     * @param block the samples of a block
     */
    Reference(int coreRate, int block) {
        history = new float[Integer.highestOneBit(coreRate * 3 / 2) << 1];
        mask = history.length - 1;
        slack = coreRate / 25;
        watched = coreRate * 2;
        around = new float[block + 2 * REACH + 1];
        between = new float[block];
        places = new int[block];
    }

    /** Whether anything has ever been played. */
    boolean began() {
        return began;
    }

    void write(float[] samples, int count) {
        if (!began) {
            began = true;
            edge = written;
        }
        for (int i = 0; i < count; i++) {
            history[(int) written & mask] = samples[i];
            written++;
        }
    }

    /**
     * Moves the edge by a block.
     *
     * @return by how many samples everything moved against the microphone's time beyond that, because
     *     samples came too late (negative) or too many of them wait (positive); mostly 0
     */
    int advance(int hop) {
        if (!began) {
            return 0;
        }
        edge += hop * rate;
        int lacking = (int) Math.ceil(edge - written);
        if (lacking > 0) {
            for (int i = 0; i < lacking; i++) {
                history[(int) written & mask] = 0;
                written++;
            }
            silentSince += lacking;
        } else {
            silentSince = 0;
        }
        leastAhead = Math.min(leastAhead, written - edge);
        sinceLeast += hop;
        int jump = 0;
        boolean overrun = written - edge > history.length / 3.0;
        if (sinceLeast >= watched || overrun) {
            double spare = overrun ? written - edge : leastAhead;
            if (spare > slack) {
                jump = (int) spare - slack / 4;
                edge += jump;
            }
            sinceLeast = 0;
            leastAhead = Double.MAX_VALUE;
        }
        return jump;
    }

    /** For how many samples nothing has been played. */
    long silence() {
        return silentSince;
    }

    /** How many samples wait beyond the edge. */
    double ahead() {
        return written - edge;
    }

    /** How many samples of the loudspeaker pass in one of the microphone's. */
    void rate(double samplesPerSample) {
        rate = samplesPerSample;
    }

    double rate() {
        return rate;
    }

    /** Reads the block that ends {@code delay} before the edge. */
    void delayed(double delay, float[] to) {
        double start = edge - delay - to.length * rate;
        // The interpolation needs later samples, which there are only behind the edge.
        long whole = (long) Math.floor(start);
        if (rate == 1 && start - whole < 1e-6) {
            copy(whole, to);
            return;
        }
        copy(whole - REACH + 1, around);
        for (int i = 0; i < to.length; i++) {
            double at = start + i * rate;
            long n = (long) Math.floor(at);
            float fraction = (float) (at - n) * PHASES;
            int phase = Math.min(PHASES - 1, (int) fraction);
            between[i] = fraction - phase;
            places[i] = (int) (n - whole - i) * PHASES + phase;
        }
        Arrays.fill(to, 0);
        int from = 0;
        for (int i = 1; i <= to.length; i++) {
            if (i == to.length || places[i] != places[from]) {
                interpolate(from, i, to);
                from = i;
            }
        }
    }

    private void copy(long first, float[] to) {
        int at = (int) first & mask;
        int count = Math.min(to.length, history.length - at);
        System.arraycopy(history, at, to, 0, count);
        System.arraycopy(history, 0, to, count, to.length - count);
    }

    /** Adds the taps of samples that lie between the same two phases: tap by tap, for all samples at once. */
    private void interpolate(int from, int end, float[] to) {
        int row = Math.floorMod(places[from], PHASES) * 2 * REACH;
        int first = Math.floorDiv(places[from], PHASES);
        for (int j = 0; j < 2 * REACH; j++) {
            float tap = INTERPOLATION[row + j];
            float change = INTERPOLATION[row + 2 * REACH + j] - tap;
            addProduct(tap, change, first + j, from, end, to);
        }
    }

    private void addProduct(float tap, float change, int shift, int from, int end, float[] to) {
        float[] weight = between;
        float[] read = around;
        for (int i = from; i < end; i++) {
            to[i] += (tap + weight[i] * change) * read[i + shift];
        }
    }

    /** The least delay at which an interpolated sample is complete. */
    static int leastDelay() {
        return REACH;
    }

    /** Sinc under a Hann window, a row for each fraction, and one more for fraction 1. */
    private static float[] interpolation() {
        float[] rows = new float[(PHASES + 1) * 2 * REACH];
        for (int phase = 0; phase <= PHASES; phase++) {
            double sum = 0;
            double[] taps = new double[2 * REACH];
            for (int j = 0; j < 2 * REACH; j++) {
                double x = j - (REACH - 1) - (double) phase / PHASES;
                double sinc = Math.abs(x) < 1e-9 ? 1 : Math.sin(Math.PI * x) / (Math.PI * x);
                taps[j] = sinc * (0.5 + 0.5 * Math.cos(Math.PI * x / (REACH + 0.5)));
                sum += taps[j];
            }
            for (int j = 0; j < 2 * REACH; j++) {
                rows[phase * 2 * REACH + j] = (float) (taps[j] / sum);
            }
        }
        return rows;
    }
}

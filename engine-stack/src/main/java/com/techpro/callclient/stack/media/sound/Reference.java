// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.sound;

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
    private long written;
    private double edge;
    private double rate = 1;
    private boolean began;
    private double leastAhead = Double.MAX_VALUE;
    private int sinceLeast;
    private long silentSince;

    /** @param coreRate samples per second */
    Reference(int coreRate) {
        history = new float[Integer.highestOneBit(coreRate * 3 / 2) << 1];
        mask = history.length - 1;
        slack = coreRate / 25;
        watched = coreRate * 2;
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

    /** Reads the {@code count} samples that end {@code delay} before the edge. */
    void delayed(double delay, float[] to, int count) {
        double start = edge - delay - count * rate;
        // The interpolation needs later samples, which there are only behind the edge.
        long whole = (long) Math.floor(start);
        if (rate == 1 && start - whole < 1e-6) {
            for (int i = 0; i < count; i++) {
                to[i] = history[(int) (whole + i) & mask];
            }
            return;
        }
        for (int i = 0; i < count; i++) {
            double at = start + i * rate;
            long n = (long) Math.floor(at);
            float fraction = (float) (at - n) * PHASES;
            int phase = Math.min(PHASES - 1, (int) fraction);
            float between = fraction - phase;
            int row = phase * 2 * REACH;
            float sum = 0;
            for (int j = 0; j < 2 * REACH; j++) {
                float tap = INTERPOLATION[row + j];
                tap += between * (INTERPOLATION[row + 2 * REACH + j] - tap);
                sum += tap * history[(int) (n - REACH + 1 + j) & mask];
            }
            to[i] = sum;
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

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.ear;

import java.util.Arrays;

/**
 * How long before it was heard each step was said, in steps. Found for all steps together, by the cheapest path (Viterbi) through what each step would cost at each
 * delay and what each change of the delay costs: so a lost packet changes nothing, and a jitter buffer that plays faster or slower is followed.
 */
final class Track {
    /** Said later than heard by so much: where a recording of what was said began a little earlier. */
    static final int EARLIEST = -40;
    /** 1.2 s, beyond which nobody would call it a conversation. */
    static final int LATEST = 240;

    private static final int DELAYS = LATEST - EARLIEST + 1;
    /** A jitter buffer plays less or more by as much at most, at once. */
    private static final int NEAR = 8;

    private static final double NEAR_COST = 2.0;
    private static final double NEAR_COST_PER_STEP = 0.1;
    private static final double FAR_COST = 10;
    /** Nobody hears a pause: where one is said, and something is heard, the track need not run away from it. */
    private static final float MOST_COST = 0.5f;

    private final int[] delays;
    private final double meanCost;

    private Track(int[] delays, double meanCost) {
        this.delays = delays;
        this.meanCost = meanCost;
    }

    /** For a step of what was heard. */
    int delay(int step) {
        return delays[step];
    }

    /** How far the two are apart where something was said: near 0 for what is the same, 0.2 and more for what has nothing in common. */
    double meanCost() {
        return meanCost;
    }

    static Track between(Picture said, Picture heard) {
        int steps = heard.steps;
        byte[][] came = new byte[steps][];
        short[] farFrom = new short[steps];
        double[] cost = new double[DELAYS];
        double[] next = new double[DELAYS];
        boolean[] carried = new boolean[Bands.COUNT];
        for (int band = 0; band < Bands.COUNT; band++) {
            carried[band] = said.carries(band) && heard.carries(band);
        }
        for (int step = 0; step < steps; step++) {
            byte[] from = new byte[DELAYS];
            int cheapest = cheapest(cost);
            farFrom[step] = (short) cheapest;
            for (int delay = 0; delay < DELAYS; delay++) {
                double best = cost[delay];
                int by = 0;
                for (int change = -NEAR; change <= NEAR; change++) {
                    int before = delay - change;
                    if (change != 0 && before >= 0 && before < DELAYS) {
                        double changed = cost[before] + NEAR_COST + NEAR_COST_PER_STEP * Math.abs(change);
                        if (changed < best) {
                            best = changed;
                            by = change;
                        }
                    }
                }
                if (cost[cheapest] + FAR_COST < best) {
                    best = cost[cheapest] + FAR_COST;
                    by = Byte.MAX_VALUE;
                }
                from[delay] = (byte) by;
                next[delay] = best + distance(said, step - delay - EARLIEST, heard, step, carried);
            }
            came[step] = from;
            double[] done = cost;
            cost = next;
            next = done;
        }
        return new Track(backwards(came, farFrom, cheapest(cost)), 0).withCost(said, heard, carried);
    }

    private static int[] backwards(byte[][] came, short[] farFrom, int last) {
        int[] delays = new int[came.length];
        int delay = last;
        for (int step = came.length - 1; step >= 0; step--) {
            delays[step] = delay + EARLIEST;
            byte by = came[step][delay];
            delay = by == Byte.MAX_VALUE ? farFrom[step] : delay - by;
        }
        return delays;
    }

    private Track withCost(Picture said, Picture heard, boolean[] carried) {
        double sum = 0;
        double weights = 0;
        for (int step = 0; step < delays.length; step++) {
            double weight = 0;
            for (int band = 0; band < Bands.COUNT; band++) {
                weight += carried[band] ? said.shade(step - delays[step], band) : 0;
            }
            sum += weight * distance(said, step - delays[step], heard, step, carried);
            weights += weight;
        }
        return new Track(delays, weights == 0 ? 1 : sum / weights);
    }

    private static float distance(Picture said, int saidStep, Picture heard, int heardStep, boolean[] carried) {
        float sum = 0;
        int count = 0;
        for (int band = 0; band < Bands.COUNT; band++) {
            if (carried[band]) {
                sum += Math.abs(said.shade(saidStep, band) - heard.shade(heardStep, band));
                count++;
            }
        }
        return count == 0 ? 0 : Math.min(MOST_COST, sum / count);
    }

    private static int cheapest(double[] cost) {
        int best = 0;
        for (int i = 1; i < cost.length; i++) {
            if (cost[i] < cost[best]) {
                best = i;
            }
        }
        return best;
    }

    /** The delay that half of the steps do not exceed. */
    int median() {
        int[] sorted = delays.clone();
        Arrays.sort(sorted);
        return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    }
}

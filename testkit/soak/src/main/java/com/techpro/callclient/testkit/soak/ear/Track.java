// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.ear;

import java.util.Arrays;

/**
 * How long before it was heard each step was said, in steps. Found for all steps together, by the cheapest path (Viterbi) through what each step would cost at each
 * delay and what each change of the delay costs: so a lost packet changes nothing, and a jitter buffer that plays faster or slower is followed.
 *
 * <p>Found twice: among all delays from 20 ms to 20 ms, and then near that from step to step.
 */
final class Track {
    /** A jitter buffer plays less or more by as much at most, at once. */
    private static final int NEAR = 8;

    private static final double NEAR_COST = 2.0;
    private static final double NEAR_COST_PER_STEP = 0.1;
    private static final double FAR_COST = 10;
    /** Nobody hears a pause: where one is said, and something is heard, the track need not run away from it. */
    private static final float MOST_COST = 0.5f;

    /** Steps that are looked at together at first. */
    private static final int BLOCK = 4;
    /** Between two delays that are tried at first. */
    private static final int GRAIN = 2;
    /** So far from what was found at first, at either side of a step, its delay may be. */
    private static final int AROUND = 3;

    /** What has less than this share of what was said is not another sound, but none. */
    private static final float SILENT = 0.1f;

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

    /** How far the two are apart where something was said and something heard: near 0 for what is the same, 0.2 and more for what has nothing in common. */
    double meanCost() {
        return meanCost;
    }

    /** The delay that half of the steps do not exceed. */
    int median() {
        int[] sorted = delays.clone();
        Arrays.sort(sorted);
        return sorted.length == 0 ? 0 : sorted[sorted.length / 2];
    }

    /**
     * Finds it.
     *
     * @param counts of each step of what was heard, whether it tells anything
     * @param earliest the least delay; negative if what was said began to be recorded earlier
     * @param latest the longest
     */
    static Track between(Picture said, Picture heard, boolean[] counts, int earliest, int latest) {
        boolean[] carried = new boolean[Bands.COUNT];
        for (int band = 0; band < Bands.COUNT; band++) {
            carried[band] = said.carries(band) && heard.carries(band);
        }
        Shades saidShades = said.shades(carried);
        Shades heardShades = heard.shades(carried);
        int[] rough = rough(saidShades, heardShades, counts, earliest, latest);
        int[] delays = fine(saidShades, heardShades, counts, rough);
        return new Track(delays, meanCost(saidShades, heardShades, counts, delays));
    }

    /** Of each block of what was heard. */
    private static int[] rough(Shades said, Shades heard, boolean[] counts, int earliest, int latest) {
        Shades saidBlocks = said.means(BLOCK, GRAIN);
        Shades heardBlocks = heard.means(BLOCK, BLOCK);
        int blocks = heardBlocks.count();
        int number = (latest - earliest) / GRAIN + 1;
        byte[][] came = new byte[blocks][];
        int[] farFrom = new int[blocks];
        double[] cost = new double[number];
        double[] next = new double[number];
        int near = NEAR / GRAIN;
        for (int block = 0; block < blocks; block++) {
            byte[] from = new byte[number];
            int cheapest = cheapest(cost, number);
            farFrom[block] = cheapest;
            boolean counting = counts[Math.min(counts.length - 1, block * BLOCK)];
            for (int i = 0; i < number; i++) {
                double best = cost[i];
                int by = 0;
                for (int change = -near; change <= near; change++) {
                    int before = i - change;
                    if (before >= 0 && before < number) {
                        double changed = cost[before] + changeCost(change * GRAIN);
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
                from[i] = (byte) by;
                int saidBlock = Math.floorDiv(block * BLOCK - earliest - i * GRAIN, GRAIN);
                next[i] = best + (counting ? BLOCK * saidBlocks.distance(saidBlock, heardBlocks, block, MOST_COST) : 0);
            }
            came[block] = from;
            double[] done = cost;
            cost = next;
            next = done;
        }
        int[] delays = new int[blocks];
        int at = cheapest(cost, number);
        for (int block = blocks - 1; block >= 0; block--) {
            delays[block] = earliest + at * GRAIN;
            byte by = came[block][at];
            at = by == Byte.MAX_VALUE ? farFrom[block] : at - by;
        }
        return delays;
    }

    /** Of each step of what was heard. */
    private static int[] fine(Shades said, Shades heard, boolean[] counts, int[] rough) {
        int steps = heard.count();
        int most = 3 * (2 * AROUND + 1);
        int[][] tried = new int[steps][];
        byte[][] came = new byte[steps][];
        int[] before = {};
        double[] cost = new double[most];
        double[] next = new double[most];
        for (int step = 0; step < steps; step++) {
            int[] now = candidates(rough, step / BLOCK, before);
            byte[] from = new byte[now.length];
            for (int i = 0; i < now.length; i++) {
                double best = step == 0 ? 0 : Double.POSITIVE_INFINITY;
                for (int j = 0; j < before.length; j++) {
                    double changed = cost[j] + changeCost(now[i] - before[j]);
                    if (changed < best) {
                        best = changed;
                        from[i] = (byte) j;
                    }
                }
                next[i] = best + (counts[step] ? said.distance(step - now[i], heard, step, MOST_COST) : 0);
            }
            tried[step] = now;
            came[step] = from;
            before = now;
            double[] done = cost;
            cost = next;
            next = done;
        }
        int[] delays = new int[steps];
        int at = cheapest(cost, before.length);
        for (int step = steps - 1; step >= 0; step--) {
            delays[step] = tried[step][at];
            at = came[step][at];
        }
        return delays;
    }

    /** In order, those of the step before if they are the same. */
    private static int[] candidates(int[] rough, int block, int[] before) {
        int[] all = new int[3 * (2 * AROUND + 1)];
        int count = 0;
        for (int near = Math.max(0, block - 1); near <= Math.min(rough.length - 1, block + 1); near++) {
            for (int delay = rough[near] - AROUND; delay <= rough[near] + AROUND; delay++) {
                int known = 0;
                while (known < count && all[known] != delay) {
                    known++;
                }
                if (known == count) {
                    all[count++] = delay;
                }
            }
        }
        if (count == 0) {
            count = 1;
        }
        boolean same = count == before.length;
        for (int i = 0; same && i < count; i++) {
            same = all[i] == before[i];
        }
        return same ? before : Arrays.copyOf(all, count);
    }

    private static double changeCost(int change) {
        if (change == 0) {
            return 0;
        }
        return Math.abs(change) <= NEAR ? NEAR_COST + NEAR_COST_PER_STEP * Math.abs(change) : FAR_COST;
    }

    private static double meanCost(Shades said, Shades heard, boolean[] counts, int[] delays) {
        double sum = 0;
        double weights = 0;
        for (int step = 0; step < delays.length; step++) {
            double weight = said.sum(step - delays[step]);
            if (counts[step] && heard.sum(step) > SILENT * weight) {
                sum += weight * said.distance(step - delays[step], heard, step, MOST_COST);
                weights += weight;
            }
        }
        return weights == 0 ? 1 : sum / weights;
    }

    private static int cheapest(double[] cost, int count) {
        int best = 0;
        for (int i = 1; i < count; i++) {
            if (cost[i] < cost[best]) {
                best = i;
            }
        }
        return best;
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.ear;

/**
 * The delay of each heard step, in steps. It is found for all steps together, by the cheapest path
 * (Viterbi) over the cost of each step at each delay and of each change of the delay. So a lost
 * packet changes nothing, and the path follows a jitter buffer that plays faster or slower.
 *
 * <p>It is found twice: among all delays in units of 10 ms for blocks of 20 ms, and then near these
 * for each step.
 */
final class Track {
    /** A jitter buffer changes the delay by at most this at once. */
    private static final int NEAR = 8;

    private static final float NEAR_COST = 2;
    private static final float NEAR_COST_PER_STEP = 0.1f;
    private static final float FAR_COST = 10;
    /** The most that one step costs. So sound in a pause does not push the path away. */
    private static final float MOST_COST = 0.5f;

    /** Steps of a block, for the first search. */
    private static final int BLOCK = 4;
    /** The distance of two delays in the first search. */
    private static final int GRAIN = 2;
    /** The costs of changes in the first search. */
    private static final float[] CHANGE_COST = changeCosts(true);
    /** The same where steps do not count: what was not compared proves no change wrong. */
    private static final float[] UNSEEN_CHANGE_COST = changeCosts(false);

    /** A step's delay may differ by this much from the first search's results beside it. */
    private static final int AROUND = 3;

    /** Sound with less than this share of the speech counts as none, not as another sound. */
    private static final float SILENT = 0.1f;

    /** The most delays that are tried for a step. */
    private static final int MOST_TRIED = 3 * (2 * AROUND + 1);

    /** At least one entry for each step. */
    private final int[] delays;

    private final double meanCost;
    private final int median;

    private Track(int[] delays, double meanCost, int median) {
        this.delays = delays;
        this.meanCost = meanCost;
        this.median = median;
    }

    /** Returns the delay of a heard step. */
    int delay(int step) {
        return delays[step];
    }

    /**
     * Returns the mean distance where both have sound: near 0 for the same sound, 0.19 and more for
     * unrelated sound.
     */
    double meanCost() {
        return meanCost;
    }

    /** Returns the median delay. */
    int median() {
        return median;
    }

    /**
     * Finds the track.
     *
     * @param counts whether each heard step is used
     * @param earliest the smallest delay; negative if the speech's recording began earlier
     * @param latest the largest delay
     */
    static Track between(Picture said, Picture heard, boolean[] counts, int earliest, int latest, Scratch scratch) {
        boolean[] carried = scratch.booleans(Bands.COUNT);
        for (int band = 0; band < Bands.COUNT; band++) {
            carried[band] = said.carries(band) && heard.carries(band);
        }
        Shades saidShades = said.shades(carried, scratch);
        Shades heardShades = heard.shades(carried, scratch);
        int[] rough = rough(saidShades, heardShades, counts, earliest, latest, scratch);
        int[] delays = fine(saidShades, heardShades, counts, rough, scratch);
        int steps = heardShades.count();
        float[] ordered = scratch.floats(steps);
        for (int step = 0; step < steps; step++) {
            ordered[step] = delays[step];
        }
        return new Track(
                delays, meanCost(saidShades, heardShades, counts, delays, scratch), (int) Ranks.median(ordered, steps));
    }

    /** Returns the delay of each heard block. */
    private static int[] rough(Shades said, Shades heard, boolean[] counts, int earliest, int latest, Scratch scratch) {
        Shades saidBlocks = said.means(BLOCK, GRAIN, scratch);
        Shades heardBlocks = heard.means(BLOCK, BLOCK, scratch);
        int blocks = heardBlocks.count();
        int number = (latest - earliest) / GRAIN + 1;
        Distances distances = new Distances(saidBlocks, heardBlocks, earliest, number, scratch);
        // The costs before the first block, and after each one.
        float[] costs = scratch.floats((blocks + 1) * number);
        int[] cheapest = scratch.ints(blocks + 1);
        for (int block = 0; block < blocks; block++) {
            float[] changeCosts = counts[block * BLOCK] ? CHANGE_COST : UNSEEN_CHANGE_COST;
            step(costs, block * number, number, costs[block * number + cheapest[block]] + FAR_COST, changeCosts);
            if (counts[block * BLOCK]) {
                distances.add(block, costs, (block + 1) * number);
            }
            cheapest[block + 1] = cheapest(costs, (block + 1) * number, number);
        }
        int[] delays = scratch.ints(blocks);
        int at = cheapest[blocks];
        for (int block = blocks - 1; block >= 0; block--) {
            delays[block] = earliest + at * GRAIN;
            float[] changeCosts = counts[block * BLOCK] ? CHANGE_COST : UNSEEN_CHANGE_COST;
            at = before(costs, block * number, number, at, cheapest[block], changeCosts);
        }
        return delays;
    }

    /** Calculates the cheapest change from each delay to the next block's. */
    private static void step(float[] costs, int from, int number, float far, float[] changeCosts) {
        int to = from + number;
        for (int i = 0; i < number; i++) {
            costs[to + i] = Math.min(costs[from + i], far);
        }
        for (int change = 1; change <= NEAR / GRAIN; change++) {
            cheaper(costs, to, from + change, number - change, changeCosts[change]);
            cheaper(costs, to + change, from, number - change, changeCosts[change]);
        }
    }

    private static void cheaper(float[] costs, int to, int from, int count, float changeCost) {
        for (int i = 0; i < count; i++) {
            float changed = costs[from + i] + changeCost;
            if (changed < costs[to + i]) {
                costs[to + i] = changed;
            }
        }
    }

    /** Returns the previous block's delay on the cheapest path. */
    private static int before(float[] costs, int from, int number, int at, int cheapest, float[] changeCosts) {
        int before = at;
        float best = costs[from + at];
        int near = NEAR / GRAIN;
        for (int i = Math.max(0, at - near); i <= Math.min(number - 1, at + near); i++) {
            float changed = costs[from + i] + changeCosts[Math.abs(at - i)];
            if (changed < best) {
                best = changed;
                before = i;
            }
        }
        return costs[from + cheapest] + FAR_COST < best ? cheapest : before;
    }

    /** Returns the delay of each heard step. */
    private static int[] fine(Shades said, Shades heard, boolean[] counts, int[] rough, Scratch scratch) {
        int steps = heard.count();
        int blocks = steps / BLOCK;
        int[] tried = scratch.ints(steps * MOST_TRIED);
        byte[] came = scratch.bytes(steps * MOST_TRIED);
        int before = 0;
        float[] cost = scratch.floats(MOST_TRIED);
        float[] next = scratch.floats(MOST_TRIED);
        for (int step = 0; step < steps; step++) {
            int from = step * MOST_TRIED;
            int now = candidates(rough, blocks, step / BLOCK, tried, from);
            for (int i = 0; i < now; i++) {
                int delay = tried[from + i];
                float best = step == 0 ? 0 : Float.POSITIVE_INFINITY;
                for (int j = 0; j < before; j++) {
                    float changed = cost[j] + changeCost(delay - tried[from - MOST_TRIED + j], counts[step]);
                    if (changed < best) {
                        best = changed;
                        came[from + i] = (byte) j;
                    }
                }
                next[i] = best + (counts[step] ? said.distance(step - delay, heard, step, MOST_COST) : 0);
            }
            before = now;
            float[] done = cost;
            cost = next;
            next = done;
        }
        int[] delays = scratch.ints(steps);
        int at = cheapest(cost, 0, before);
        for (int step = steps - 1; step >= 0; step--) {
            delays[step] = tried[step * MOST_TRIED + at];
            at = came[step * MOST_TRIED + at];
        }
        return delays;
    }

    /** Collects the delays to try; returns how many there are. */
    private static int candidates(int[] rough, int blocks, int block, int[] to, int from) {
        int count = 0;
        for (int near = Math.max(0, block - 1); near <= Math.min(blocks - 1, block + 1); near++) {
            for (int delay = rough[near] - AROUND; delay <= rough[near] + AROUND; delay++) {
                int known = 0;
                while (known < count && to[from + known] != delay) {
                    known++;
                }
                if (known == count) {
                    to[from + count++] = delay;
                }
            }
        }
        return Math.max(1, count);
    }

    private static float changeCost(int change, boolean counts) {
        if (change == 0) {
            return 0;
        }
        float once = counts ? NEAR_COST : 0;
        return Math.abs(change) <= NEAR ? once + NEAR_COST_PER_STEP * Math.abs(change) : FAR_COST;
    }

    private static float[] changeCosts(boolean counts) {
        float[] costs = new float[NEAR / GRAIN + 1];
        for (int i = 0; i < costs.length; i++) {
            costs[i] = changeCost(i * GRAIN, counts);
        }
        return costs;
    }

    /** Ignores sound below a constant noise, such as a codec's, which is no other sound. */
    private static double meanCost(Shades said, Shades heard, boolean[] counts, int[] delays, Scratch scratch) {
        float[] noise = heard.noise(scratch);
        double sum = 0;
        double weights = 0;
        for (int step = 0; step < heard.count(); step++) {
            double weight = said.sum(step - delays[step]);
            if (counts[step] && heard.sum(step) > SILENT * weight) {
                sum += weight * said.distance(step - delays[step], heard, step, noise, MOST_COST);
                weights += weight;
            }
        }
        return weights == 0 ? 1 : sum / weights;
    }

    private static int cheapest(float[] costs, int from, int count) {
        int best = 0;
        for (int i = 1; i < count; i++) {
            if (costs[from + i] < costs[from + best]) {
                best = i;
            }
        }
        return best;
    }

    /** Calculates the cost of a heard block at all delays at once, band by band. */
    private static final class Distances {
        private final Shades heard;
        private final int number;
        private final int length;
        /**
         * The speech's blocks backwards, because a longer delay means an earlier block; 0 before
         * and after.
         */
        private final float[] backwards;
        /** The index, within a band, of the first block at the first delay. */
        private final int first;

        private final float[] sums;

        Distances(Shades said, Shades heard, int earliest, int number, Scratch scratch) {
            this.heard = heard;
            this.number = number;
            int newest = BLOCK / GRAIN * heard.count() + Math.floorDiv(-earliest, GRAIN);
            this.first = newest - Math.floorDiv(-earliest, GRAIN);
            this.length = first + number;
            this.backwards = scratch.floats(length * Math.max(1, said.bands()));
            this.sums = scratch.floats(number);
            for (int band = 0; band < said.bands(); band++) {
                for (int i = 0; i < length; i++) {
                    backwards[band * length + i] = said.value(newest - i, band);
                }
            }
        }

        /** Adds a block's costs at all delays to an array. */
        void add(int block, float[] costs, int from) {
            int bands = heard.bands();
            if (bands == 0) {
                return;
            }
            int at = first - BLOCK / GRAIN * block;
            for (int i = 0; i < number; i++) {
                sums[i] = 0;
            }
            int band = 0;
            for (; band + 4 <= bands; band += 4) {
                addFour(block, band, at);
            }
            for (; band < bands; band++) {
                add(sums, number, backwards, band * length + at, heard.value(block, band));
            }
            for (int i = 0; i < number; i++) {
                costs[from + i] += BLOCK * Math.min(MOST_COST, sums[i] / bands);
            }
        }

        /** Adds four bands at once. */
        private void addFour(int block, int band, int at) {
            float value0 = heard.value(block, band);
            float value1 = heard.value(block, band + 1);
            float value2 = heard.value(block, band + 2);
            float value3 = heard.value(block, band + 3);
            int from = band * length + at;
            for (int i = from; i < from + number; i++) {
                sums[i - from] += Math.abs(backwards[i] - value0)
                        + Math.abs(backwards[i + length] - value1)
                        + Math.abs(backwards[i + 2 * length] - value2)
                        + Math.abs(backwards[i + 3 * length] - value3);
            }
        }

        private static void add(float[] sums, int number, float[] values, int from, float value) {
            for (int i = 0; i < number; i++) {
                sums[i] += Math.abs(values[from + i] - value);
            }
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.ear;

/**
 * The {@link Track} to the sample, where the waveform tells it: the correlation of 40 ms, ten times a second. Whether it is upside down does not matter, and is told;
 * so is by how much the voice is faster or slower than it was.
 */
final class FineTrack {
    private static final int WINDOW = Bands.RATE / 25;
    /** Of a window, in steps. */
    private static final int HALF = WINDOW / Bands.STEP / 2;
    /** Between two windows, in steps. */
    private static final int APART = 20;

    private static final int REACH = Bands.STEP + Bands.STEP / 4;
    private static final double SURE = 0.6;
    /** A jitter buffer adds or cuts less than 20 ms at once, which the track does not follow where little is said before and after. */
    private static final int SPLICE = Bands.RATE / 50;
    /** Less alike near the track, it is looked for up to a splice away. */
    private static final double UNLIKE = 0.8;
    /** As alike, and alike by so much more, it is there. */
    private static final double ALIKE = 0.9;

    private static final double MORE_ALIKE = 0.15;
    /** So alike at the delay before, or nearly as alike as where it was looked for everywhere, it need not be looked for anywhere else. */
    private static final double FOLLOWED = 0.95;

    private static final double NEARLY = 0.05;
    /** So far from the delay before, in samples, it is the same. */
    private static final int SAME = 3;
    /** Of the loud ones: what is quieter is not worth looking at. */
    private static final double QUIET = 0.1;
    /** In steps. */
    private static final int SECOND = Bands.RATE / Bands.STEP;
    /** 1.4 %: three steps a second are. */
    private static final double MUCH = 0.014;

    private static final double MOST_SECONDS = 0.7;
    private static final double MOST_HALVES = 0.6;
    /** So many windows away one tells something of a step. */
    private static final int NEIGHBOUR = 3;

    private final Signal said;
    private final Signal heard;
    private final Track track;
    private final double quiet;
    private final float[] products;
    /** Of the windows that tell something, in order: at which step, by how many samples late, and how alike, 1 to -1. */
    private final int[] steps;

    private final int[] delays;
    private final float[] correlations;
    private int count;
    /** What was found in the last window that was looked at. */
    private int foundDelay;

    private double foundCorrelation;
    /** How alike the two were where it was last looked for everywhere. */
    private double best = 1;

    private final int[] delayOfStep;
    private final int medianDelay;
    private final double faster;

    FineTrack(Signal said, Signal heard, Track track, boolean[] counts, int stepsHeard, Scratch scratch) {
        this.said = said;
        this.heard = heard;
        this.track = track;
        this.quiet = QUIET * QUIET * loud(said, scratch) * WINDOW;
        this.products = scratch.floats(Math.max(2 * REACH + 1, SPLICE - REACH));
        int last = stepsHeard - HALF;
        int windows = last < 0 ? 0 : last / APART + 1;
        this.steps = scratch.ints(windows);
        this.delays = scratch.ints(windows);
        this.correlations = scratch.floats(windows);
        this.delayOfStep = scratch.ints(stepsHeard);
        int before = 0;
        for (int window = 0; window < windows; window++) {
            int step = Math.min(window * APART + APART / 2, last);
            if (counts[step] && find(step, before)) {
                before = foundDelay;
                steps[count] = step;
                delays[count] = foundDelay;
                correlations[count++] = (float) foundCorrelation;
            }
        }
        findDelays(stepsHeard);
        this.medianDelay = median(scratch);
        double fine = slope(scratch);
        double rough = roughSlope(counts, stepsHeard, scratch);
        // Of a voice that is much faster the waveform tells too little.
        this.faster = Math.abs(rough) > Math.max(MUCH, Math.abs(fine)) ? rough : fine;
    }

    /** Of the nearest window whose delay is near that of the track, or of its own window. */
    private void findDelays(int stepsHeard) {
        int first = 0;
        for (int step = 0; step < stepsHeard; step++) {
            int rough = track.delay(step) * Bands.STEP;
            int window = step / APART;
            while (first < count && steps[first] / APART < window - NEIGHBOUR) {
                first++;
            }
            int nearest = Integer.MAX_VALUE;
            delayOfStep[step] = rough;
            for (int i = first; i < count && steps[i] / APART <= window + NEIGHBOUR; i++) {
                int away = Math.abs(steps[i] - step);
                if (away < nearest && Math.abs(delays[i] - rough) <= (steps[i] / APART == window ? SPLICE : REACH)) {
                    nearest = away;
                    delayOfStep[step] = delays[i];
                }
            }
        }
    }

    /** How many samples before it was heard a step was said. */
    int delay(int step) {
        return delayOfStep[step];
    }

    /** In samples: what half of the places, or of the steps where there is none, do not exceed. */
    int medianDelay() {
        return medianDelay;
    }

    private int median(Scratch scratch) {
        float[] ordered = scratch.floats(count);
        for (int i = 0; i < count; i++) {
            ordered[i] = delays[i];
        }
        return count == 0 ? track.median() * Bands.STEP : (int) Ranks.median(ordered, count);
    }

    /** Whether the waveform is inverted. */
    boolean upsideDown() {
        double sum = 0;
        for (int i = 0; i < count; i++) {
            sum += correlations[i];
        }
        return sum < 0;
    }

    /** By what share what was heard is faster than what was said: 0.03 for 3 %, negative if slower; 0 where too little tells it. */
    double faster() {
        return faster;
    }

    private double slope(Scratch scratch) {
        float[] slopes = scratch.floats(count);
        int known = 0;
        for (int i = 1; i < count; i++) {
            int time = (steps[i] - steps[i - 1]) * Bands.STEP;
            int later = delays[i] - delays[i - 1];
            if (time <= 2 * APART * Bands.STEP && Math.abs(later) <= REACH) {
                slopes[known++] = -later / (float) time;
            }
        }
        return known < 5 ? 0 : Ranks.median(slopes, known);
    }

    /**
     * What the track tells, if seven of ten seconds tell it, and six of ten halves of a second move with them: a jitter buffer that grows again and again stands still in
     * between.
     */
    private double roughSlope(boolean[] counts, int stepsHeard, Scratch scratch) {
        float[] slopes = scratch.floats(stepsHeard / APART);
        int known = slopes(SECOND / 2, slopes, counts, stepsHeard);
        float mostOfHalf = Ranks.above(MOST_HALVES, slopes, known);
        float leastOfHalf = Ranks.above(1 - MOST_HALVES, slopes, known);
        known = slopes(SECOND, slopes, counts, stepsHeard);
        float most = Ranks.above(MOST_SECONDS, slopes, known);
        float least = Ranks.above(1 - MOST_SECONDS, slopes, known);
        boolean faster = least > MUCH && leastOfHalf > 0;
        boolean slower = most < -MUCH && mostOfHalf < 0;
        return faster || slower ? Ranks.median(slopes, known) : 0;
    }

    /** Of the track, over so many steps from each place on; how many there are. */
    private int slopes(int span, float[] slopes, boolean[] counts, int stepsHeard) {
        int known = 0;
        for (int step = 0; step + span < stepsHeard; step += APART) {
            if (counts[step] && counts[step + span]) {
                slopes[known++] = (track.delay(step) - track.delay(step + span)) / (float) span;
            }
        }
        return known;
    }

    /** How often the delay changed, as a jitter buffer changes it. */
    int changes() {
        int changes = 0;
        for (int i = 1; i < count; i++) {
            changes += Math.abs(delays[i] - delays[i - 1]) > SAME ? 1 : 0;
        }
        return changes;
    }

    /** By how many samples the delay grew in all. */
    long grown() {
        long grown = 0;
        for (int i = 1; i < count; i++) {
            int by = delays[i] - delays[i - 1];
            grown += by > SAME ? by : 0;
        }
        return grown;
    }

    /** Whether the waveform tells the delay at a step. */
    private boolean find(int step, int before) {
        int heardFrom = step * Bands.STEP - WINDOW / 2;
        if (!heard.has(heardFrom, WINDOW) || heard.energy(heardFrom, WINDOW) <= 0) {
            return false;
        }
        int around = track.delay(step) * Bands.STEP;
        if (said.energy(heardFrom - around - REACH, WINDOW + 2 * REACH) < quiet) {
            return false;
        }
        if (Math.abs(before - around) <= REACH) {
            lookNear(heardFrom, before);
            double enough = Math.max(SURE, Math.min(FOLLOWED, best - NEARLY));
            if (Math.abs(foundCorrelation) >= enough && Math.abs(foundDelay - before) < SAME) {
                return true;
            }
        }
        look(heardFrom, around - REACH, around + REACH);
        if (Math.abs(foundCorrelation) < UNLIKE) {
            lookFar(heardFrom, around);
        }
        best = Math.abs(foundCorrelation);
        return best >= SURE;
    }

    /** Whether the delay is still the same, or nearly. */
    private void lookNear(int heardFrom, int before) {
        foundCorrelation = 0;
        for (int delay = before - SAME; delay <= before + SAME; delay++) {
            int saidFrom = heardFrom - delay;
            if (said.has(saidFrom, WINDOW) && said.energy(saidFrom, WINDOW) >= quiet) {
                double correlation = Signal.correlation(said, saidFrom, heard, heardFrom, WINDOW);
                if (Math.abs(correlation) > Math.abs(foundCorrelation)) {
                    foundCorrelation = correlation;
                    foundDelay = delay;
                }
            }
        }
    }

    /** Beyond what was looked at, up to a splice away, if that is much better. */
    private void lookFar(int heardFrom, int around) {
        int nearDelay = foundDelay;
        double near = foundCorrelation;
        look(heardFrom, around - SPLICE, around - REACH - 1);
        int earlyDelay = foundDelay;
        double early = foundCorrelation;
        look(heardFrom, around + REACH + 1, around + SPLICE);
        if (Math.abs(foundCorrelation) <= Math.abs(early)) {
            foundDelay = earlyDelay;
            foundCorrelation = early;
        }
        if (Math.abs(foundCorrelation) < Math.max(ALIKE, Math.abs(near) + MORE_ALIKE)) {
            foundDelay = nearDelay;
            foundCorrelation = near;
        }
    }

    /** Finds the delay at which the two are most alike, of so many; a correlation of 0 if there is none. */
    private void look(int heardFrom, int from, int to) {
        int number = to - from + 1;
        // What was said at the longest delay comes first.
        int saidFrom = heardFrom - to;
        int begin = Math.max(0, -saidFrom);
        int end = Math.min(number, said.length - WINDOW - saidFrom + 1);
        foundCorrelation = 0;
        foundDelay = 0;
        if (begin >= end) {
            return;
        }
        Signal.products(said, saidFrom, begin, end, heard, heardFrom, WINDOW, products);
        double energy = heard.energy(heardFrom, WINDOW);
        for (int i = end - 1; i >= begin; i--) {
            double spoken = said.energy(saidFrom + i, WINDOW);
            double correlation = spoken < quiet ? 0 : products[i] / Math.sqrt(spoken * energy);
            if (Math.abs(correlation) > Math.abs(foundCorrelation)) {
                foundCorrelation = correlation;
                foundDelay = to - i;
            }
        }
    }

    /** Mean square of the loudest twentieth of what was said. */
    private static double loud(Signal said, Scratch scratch) {
        int number = said.length / WINDOW;
        float[] squares = scratch.floats(number);
        for (int i = 0; i < number; i++) {
            squares[i] = (float) (said.energy(i * WINDOW, WINDOW) / WINDOW);
        }
        return Ranks.loud(squares, number);
    }
}

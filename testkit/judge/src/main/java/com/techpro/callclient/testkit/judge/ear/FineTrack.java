// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.ear;

/**
 * Refines the {@link Track} to samples where the waveform allows it, by the correlation of 40 ms,
 * ten times a second. It works for an inverted waveform too and reports it. It also measures by how
 * much the voice is faster or slower.
 */
final class FineTrack {
    private static final int WINDOW = Bands.RATE / 25;
    /** Half of a window, in steps. */
    private static final int HALF = WINDOW / Bands.STEP / 2;
    /** The distance of two windows, in steps. */
    private static final int APART = 20;

    private static final int REACH = Bands.STEP + Bands.STEP / 4;
    private static final double SURE = 0.6;
    /**
     * A jitter buffer adds or cuts less than 20 ms at once. The track does not follow that if there
     * is little speech before and after.
     */
    private static final int SPLICE = Bands.RATE / 50;
    /** With a smaller correlation near the track, delays up to a splice away are tried. */
    private static final double UNLIKE = 0.8;
    /** Such a delay needs this correlation, and one so much larger than near the track. */
    private static final double ALIKE = 0.9;

    private static final double MORE_ALIKE = 0.15;
    /**
     * With this correlation at the previous delay, or nearly that of the last full search, no other
     * delay is tried.
     */
    private static final double FOLLOWED = 0.95;

    private static final double NEARLY = 0.05;
    /** Delays that differ by at most this many samples are the same. */
    private static final int SAME = 3;
    /** The share of the loud level below which sound is not compared. */
    private static final double QUIET = 0.1;
    /** In steps. */
    private static final int SECOND = Bands.RATE / Bands.STEP;
    /** 1.4 %: nearly three steps a second. */
    private static final double MUCH = 0.014;

    private static final double MOST_SECONDS = 0.7;
    private static final double MOST_HALVES = 0.6;
    /** A window gives the delay of steps up to this many windows away. */
    private static final int NEIGHBOUR = 3;

    private final Signal said;
    private final Signal heard;
    private final Track track;
    private final double quiet;
    private final float[] products;
    /**
     * For each useful window, in order: its step, its delay in samples, and its correlation, 1 to
     * -1.
     */
    private final int[] steps;

    private final int[] delays;
    private final float[] correlations;
    private int count;
    /** The result of the last compared window. */
    private int foundDelay;

    private double foundCorrelation;
    /** The correlation at the last full search. */
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
        // The waveform of a much faster voice gives too few delays.
        this.faster = Math.abs(rough) > Math.max(MUCH, Math.abs(fine)) ? rough : fine;
    }

    /**
     * Gives each step the delay of the nearest window whose delay is near the track's, or of its
     * own window.
     */
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

    /** Returns how many samples earlier the sound of a heard step was said. */
    int delay(int step) {
        return delayOfStep[step];
    }

    /** Returns the median delay of the windows in samples; without windows, of the steps. */
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

    /**
     * Returns by which share the heard sound is faster: 0.03 for 3 %, negative if slower, 0 if
     * unknown.
     */
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
     * Returns the track's slope if it holds in 70 % of the seconds, and in 60 % of the half
     * seconds. With a jitter buffer that grows again and again, the delay is constant in between.
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

    /** Calculates the track's slopes over a span; returns how many there are. */
    private int slopes(int span, float[] slopes, boolean[] counts, int stepsHeard) {
        int known = 0;
        for (int step = 0; step + span < stepsHeard; step += APART) {
            if (counts[step] && counts[step + span]) {
                slopes[known++] = (track.delay(step) - track.delay(step + span)) / (float) span;
            }
        }
        return known;
    }

    /** Returns how often the delay changed, as by a jitter buffer. */
    int changes() {
        int changes = 0;
        for (int i = 1; i < count; i++) {
            changes += Math.abs(delays[i] - delays[i - 1]) > SAME ? 1 : 0;
        }
        return changes;
    }

    /** Returns by how many samples the delay grew in all. */
    long grown() {
        long grown = 0;
        for (int i = 1; i < count; i++) {
            int by = delays[i] - delays[i - 1];
            grown += by > SAME ? by : 0;
        }
        return grown;
    }

    /** Whether the waveform gives the delay at a step. */
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

    /** Tries the previous delay and its neighbours. */
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

    /** Tries delays up to a splice away, and takes one that is much better. */
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

    /**
     * Finds the delay with the largest correlation in a range; the correlation is 0 if there is
     * none.
     */
    private void look(int heardFrom, int from, int to) {
        int number = to - from + 1;
        // The sample at the longest delay comes first.
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

    /** Returns the mean square that a twentieth of the speech's windows exceed. */
    private static double loud(Signal said, Scratch scratch) {
        int number = said.length / WINDOW;
        float[] squares = scratch.floats(number);
        for (int i = 0; i < number; i++) {
            squares[i] = (float) (said.energy(i * WINDOW, WINDOW) / WINDOW);
        }
        return Ranks.loud(squares, number);
    }
}

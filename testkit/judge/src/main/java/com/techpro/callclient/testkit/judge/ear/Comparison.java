// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.ear;

/**
 * The expected and the heard sound at each step. It compensates a constant level, polarity and
 * filter: each band of the speech is raised by the median change of its loud sounds.
 */
final class Comparison {
    /** A step at most this much quieter than loud ones is speech. */
    private static final double SPEECH = 26;
    /** A step more than this quieter than loud ones is a pause. */
    private static final double PAUSE = 40;
    /** Only sounds at most this much below a band's loud ones show the filter's effect. */
    private static final double LOUD = 20;

    private static final int ENOUGH = 20;
    /** A band that lost more than this against the others did not arrive. */
    private static final double LOST = 20;
    /** Differences this far below the loudest band are inaudible. */
    private static final double MASKED = 30;
    /** So are those below this level, over one step of a sample. */
    private static final double FAINT = 12;

    /** Sound within 20 ms of its expected place is not added sound. */
    private static final int AROUND = 4;

    /**
     * In steps: the window for slow changes of the level, as by a gain control, to either side.
     */
    private static final int SLOW = 60;
    /** In steps: the interval at which they are measured. */
    private static final int NEXT = 10;
    /** The largest compensated change in decibels. Lower sound is missing. */
    private static final float MOST_MOVED = 12;
    /** Smaller changes are inaudible. */
    private static final float LEAST_MOVED = 0.5F;

    private static final boolean[] ABOVE_THUMPS = Bands.from(1);

    final int steps;
    private final Bands bands;
    private final Signal said;
    private final boolean[] judged;
    private final Levels expected;
    private final Levels heard;
    private final float[] expectedTotals;
    private final float[] heardTotals;
    private final float[] gains;
    private final boolean[] carried;
    private final float loud;
    /** The speech at another delay. */
    private final Levels other;

    /** @param judged whether each heard step counts */
    Comparison(
            Bands bands,
            Signal said,
            Levels heard,
            FineTrack track,
            Picture picture,
            boolean[] judged,
            Scratch scratch) {
        this.steps = heard.steps;
        this.bands = bands;
        this.said = said;
        this.judged = judged;
        this.heard = heard;
        this.expected = new Levels(steps, scratch);
        this.other = new Levels(1, scratch);
        this.gains = scratch.floats(Bands.COUNT);
        this.carried = scratch.booleans(Bands.COUNT);
        listen(track);
        findGains(picture, scratch);
        raise(expected);
        this.expectedTotals = expected.totals(carried, scratch);
        this.heardTotals = heard.totals(carried, scratch);
        float[] counting = scratch.floats(steps);
        int count = 0;
        for (int step = 0; step < steps; step++) {
            if (judged[step]) {
                counting[count++] = expectedTotals[step];
            }
        }
        this.loud = Ranks.loud(counting, count);
        follow(scratch);
    }

    /** Applies slow changes of the level to the expected sound. */
    private void follow(Scratch scratch) {
        float[] near = scratch.floats(2 * SLOW + 1);
        int number = steps / NEXT + 2;
        float[] moved = scratch.floats(number);
        for (int at = 0; at < number; at++) {
            int count = 0;
            int end = Math.min(steps, at * NEXT + SLOW + 1);
            for (int step = Math.max(0, at * NEXT - SLOW); step < end; step++) {
                float apart = heardTotals[step] - expectedTotals[step];
                // Missing sound has no level, and added noise hides the level of quiet sounds.
                if (judged[step] && expectedTotals[step] > loud - LOUD && apart > -2 * MOST_MOVED) {
                    near[count++] = apart;
                }
            }
            float median = count < ENOUGH ? 0 : Ranks.median(near, count);
            moved[at] = Math.max(-MOST_MOVED, Math.min(MOST_MOVED, median));
        }
        for (int step = 0; step < steps; step++) {
            float part = step % NEXT / (float) NEXT;
            float by = moved[step / NEXT] * (1 - part) + moved[step / NEXT + 1] * part;
            float ratio = (float) Decibels.ratio(by);
            for (int band = 0; Math.abs(by) >= LEAST_MOVED && band < Bands.COUNT; band++) {
                expected.set(step, band, expected.square(step, band) * ratio);
            }
            expectedTotals[step] += by;
        }
    }

    /** Calculates the levels of the speech, two steps at once. */
    private void listen(FineTrack track) {
        int waiting = -1;
        for (int step = 0; step < steps; step++) {
            if (judged[step]) {
                if (waiting < 0) {
                    waiting = step;
                } else {
                    bands.listen(said, saidAt(track, waiting), expected, waiting, saidAt(track, step), step);
                    waiting = -1;
                }
            }
        }
        if (waiting >= 0) {
            bands.listen(said, saidAt(track, waiting), expected, waiting, 0, steps);
        }
    }

    private static int saidAt(FineTrack track, int step) {
        return step * Bands.STEP - track.delay(step);
    }

    /** Raises each band by the filter's effect; silence stays silence. */
    private void raise(Levels levels) {
        for (int band = 0; band < Bands.COUNT; band++) {
            float ratio = (float) Decibels.ratio(gains[band]);
            for (int step = 0; step < levels.steps; step++) {
                float square = levels.square(step, band);
                levels.set(step, band, square > 0 ? Math.max(0, (square + 1) * ratio - 1) : 0);
            }
        }
    }

    private void findGains(Picture picture, Scratch scratch) {
        float[] changes = scratch.floats(steps);
        int[] counts = scratch.ints(Bands.COUNT);
        for (int band = 0; band < Bands.COUNT; band++) {
            int count = 0;
            for (int step = 0; step < steps; step++) {
                float level = expected.decibels(step, band);
                if (judged[step] && level > picture.loud(band) - LOUD && level > FAINT && picture.carries(band)) {
                    changes[count++] = heard.decibels(step, band) - level;
                }
            }
            counts[band] = count;
            gains[band] = Ranks.median(changes, count);
        }
        double best = secondBest(2, 9);
        for (int band = 0; band < Bands.COUNT; band++) {
            carried[band] = counts[band] >= ENOUGH && gains[band] > best - LOST;
        }
    }

    /** The best band alone may be a resonance. */
    private double secondBest(int from, int to) {
        float best = Float.NEGATIVE_INFINITY;
        float second = Float.NEGATIVE_INFINITY;
        for (int band = from; band < to; band++) {
            second = Math.max(second, Math.min(best, gains[band]));
            best = Math.max(best, gains[band]);
        }
        return second;
    }

    /** Whether a level is speech, given the level of loud sounds. */
    static boolean isSpeech(double level, double loud) {
        return level >= loud - SPEECH;
    }

    boolean isJudged(int step) {
        return judged[step];
    }

    boolean isSpeech(int step) {
        return judged[step] && isSpeech(expectedTotals[step], loud);
    }

    /** Whether nothing is said here, nor shortly before or after. */
    boolean isPause(int step) {
        for (int near = Math.max(0, step - 4); near <= Math.min(steps - 1, step + 4); near++) {
            if (!judged[near] || expectedTotals[near] > loud - PAUSE) {
                return false;
            }
        }
        return true;
    }

    boolean carries(int band) {
        return carried[band];
    }

    float loud() {
        return loud;
    }

    float expectedSquare(int step, int band) {
        return expected.square(step, band);
    }

    float heardSquare(int step, int band) {
        return heard.square(step, band);
    }

    /** Returns the heard mean square in all bands that arrived. */
    float heardSquare(int step) {
        return heard.square(step, carried);
    }

    /** Returns the heard mean square without the lowest band, which contains thumps. */
    float heardAboveThumps(int step) {
        return heard.square(step, ABOVE_THUMPS);
    }

    /** Returns the largest expected one within some steps. */
    float expectedAboveThumps(int step, int around) {
        float most = 0;
        for (int near = Math.max(0, step - around); near <= Math.min(steps - 1, step + around); near++) {
            most = Math.max(most, expected.square(near, ABOVE_THUMPS));
        }
        return most;
    }

    double heardTotal(int step) {
        return heardTotals[step];
    }

    /** Returns how many decibels quieter the heard sound is than the expected one. */
    double deficit(int step) {
        return expectedTotals[step] - heardTotals[step];
    }

    /**
     * Returns the distance in decibels: the root mean square over the bands that are audible at
     * this step.
     */
    double distance(int step) {
        return apart(expected, step, step);
    }

    /** Returns the distance of a step of other levels from the heard sound. */
    private double apart(Levels levels, int at, int step) {
        double floor = floor(levels, at);
        double sum = 0;
        int count = 0;
        for (int band = 0; band < Bands.COUNT; band++) {
            if (carried[band]) {
                double apart = Math.max(floor, heard.decibels(step, band)) - Math.max(floor, levels.decibels(at, band));
                sum += apart * apart;
                count++;
            }
        }
        return count == 0 ? 0 : Math.sqrt(sum / count);
    }

    /**
     * Returns the share of bands in which the heard sound exceeds all nearby expected sound by this
     * much.
     */
    double shareAbove(int step, double decibels) {
        int arrived = 0;
        int above = 0;
        for (int band = 0; band < Bands.COUNT; band++) {
            arrived += carried[band] ? 1 : 0;
            above += carried[band] && isAbove(step, band, decibels) ? 1 : 0;
        }
        return arrived == 0 ? 0 : above / (double) arrived;
    }

    private boolean isAbove(int step, int band, double decibels) {
        double most = heard.decibels(step, band) - decibels;
        if (most < Math.max(FAINT, loud - PAUSE) || most < expected.decibels(step, band)) {
            return false;
        }
        for (int near = Math.max(0, step - AROUND); near <= Math.min(steps - 1, step + AROUND); near++) {
            if (expected.decibels(near, band) > most) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether a step is the speech at another delay, as beside a jitter buffer's splice.
     *
     * @param delay in samples
     * @param most the largest distance in decibels
     */
    boolean fits(int step, int delay, double most) {
        for (int band = 0; band < Bands.COUNT; band++) {
            other.set(0, band, 0);
        }
        bands.listen(said, step * Bands.STEP - delay, other, 0, 0, 1);
        raise(other);
        return apart(other, 0, step) < most && isSpeech(Decibels.of(other.square(0, carried)), loud);
    }

    private double floor(Levels levels, int at) {
        double most = FAINT + MASKED;
        for (int band = 0; band < Bands.COUNT; band++) {
            most = carried[band] ? Math.max(most, levels.decibels(at, band)) : most;
        }
        return most - MASKED;
    }

    /**
     * Returns how much louder speech was heard than said, in decibels, in the bands that arrived.
     */
    double level() {
        double before = 0;
        double after = 0;
        for (int band = 0; band < Bands.COUNT; band++) {
            double squares = 0;
            for (int step = 0; step < steps; step++) {
                squares += expected.square(step, band);
            }
            after += carried[band] ? squares : 0;
            before += carried[band] ? squares / Decibels.ratio(gains[band]) : 0;
        }
        return before <= 0 || after <= 0 ? 0 : 10 * Math.log10(after / before);
    }

    int lowestHertz() {
        for (int band = 0; band < Bands.COUNT; band++) {
            if (carried[band]) {
                return Bands.lowest(band);
            }
        }
        return 0;
    }

    int highestHertz() {
        for (int band = Bands.COUNT - 1; band >= 0; band--) {
            if (carried[band]) {
                return Bands.highest(band);
            }
        }
        return 0;
    }
}

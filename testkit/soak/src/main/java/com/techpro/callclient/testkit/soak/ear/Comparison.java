// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.ear;

import java.util.Arrays;

/**
 * What should have been heard at each step, and what was. What a level, a polarity, or a filter does to all of the speech is taken out: each band of what was said is
 * raised by as much as half of its loud sounds were.
 */
final class Comparison {
    /** A step as loud as this below the loud ones is speech. */
    private static final double SPEECH = 26;
    /** A step quieter than this below the loud ones is a pause. */
    private static final double PAUSE = 40;
    /** Sounds that tell of the filter are not farther below a band's loud ones. */
    private static final double LOUD = 20;

    private static final int ENOUGH = 20;
    /** A band that lost more against the others did not arrive. */
    private static final double LOST = 20;
    /** Below the loudest band nobody hears a difference. */
    private static final double MASKED = 30;
    /** Nor below this, in steps of a sample. */
    private static final double FAINT = 12;

    /** What is heard within 20 ms of where it should be is no sound of its own. */
    private static final int AROUND = 4;

    final int steps;
    private final Bands bands = new Bands();
    private final double[] said;
    private final double[] samples;
    private final boolean[] judged;
    private final double[] expected;
    private final double[] heard;
    private final double[] expectedTotals;
    private final double[] heardTotals;
    private final double[] gains = new double[Bands.COUNT];
    private final boolean[] carried = new boolean[Bands.COUNT];
    private final double loud;

    /** @param judged of each step of what was heard, whether it counts */
    Comparison(double[] saidSamples, double[] heardSamples, FineTrack track, Picture picture, boolean[] judged) {
        this.steps = judged.length;
        this.judged = judged;
        this.said = saidSamples;
        this.samples = heardSamples;
        this.expected = new double[steps * Bands.COUNT];
        this.heard = new double[steps * Bands.COUNT];
        for (int step = 0; step < steps; step++) {
            if (judged[step]) {
                int at = step * Bands.STEP;
                bands.levels(
                        saidSamples, at - track.delay(step), expected, heardSamples, at, heard, step * Bands.COUNT);
            }
        }
        findGains(picture);
        for (int at = 0; at < expected.length; at++) {
            expected[at] = judged[at / Bands.COUNT] ? Math.max(0, expected[at] + gains[at % Bands.COUNT]) : 0;
        }
        this.expectedTotals = Bands.totals(expected, carried);
        this.heardTotals = Bands.totals(heard, carried);
        this.loud = Bands.loud(ofJudged(expectedTotals));
    }

    private double[] ofJudged(double[] values) {
        int count = 0;
        double[] counting = new double[steps];
        for (int step = 0; step < steps; step++) {
            if (judged[step]) {
                counting[count++] = values[step];
            }
        }
        return Arrays.copyOf(counting, count);
    }

    private void findGains(Picture picture) {
        double[] changes = new double[steps];
        int[] counts = new int[Bands.COUNT];
        for (int band = 0; band < Bands.COUNT; band++) {
            int count = 0;
            for (int step = 0; step < steps; step++) {
                double level = expected[step * Bands.COUNT + band];
                if (judged[step] && level > picture.loud(band) - LOUD && level > FAINT && picture.carries(band)) {
                    changes[count++] = heard[step * Bands.COUNT + band] - level;
                }
            }
            counts[band] = count;
            gains[band] = count == 0 ? 0 : median(Arrays.copyOf(changes, count));
        }
        double[] ofVoice = Arrays.copyOfRange(gains, 2, 9);
        Arrays.sort(ofVoice);
        double best = ofVoice[ofVoice.length - 2];
        for (int band = 0; band < Bands.COUNT; band++) {
            carried[band] = counts[band] >= ENOUGH && gains[band] > best - LOST;
        }
    }

    /** Whether a level is that of speech, where the loud sounds of it have another. */
    static boolean isSpeech(double level, double loud) {
        return level >= loud - SPEECH;
    }

    boolean isJudged(int step) {
        return judged[step];
    }

    boolean isSpeech(int step) {
        return judged[step] && isSpeech(expectedTotals[step], loud);
    }

    /** Nothing is said here, nor a moment before or after. */
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

    double loud() {
        return loud;
    }

    double expected(int step, int band) {
        return expected[step * Bands.COUNT + band];
    }

    double heard(int step, int band) {
        return heard[step * Bands.COUNT + band];
    }

    double heardTotal(int step) {
        return heardTotals[step];
    }

    /** By how many decibels less is heard than should be. */
    double deficit(int step) {
        return expectedTotals[step] - heardTotals[step];
    }

    /** How far the two are apart, in decibels: the root mean square over the bands that an ear hears at this step. */
    double distance(int step) {
        return apart(expected, step * Bands.COUNT, step);
    }

    /** Likewise of other levels, which begin somewhere in an array, from what was heard at a step. */
    private double apart(double[] levels, int from, int step) {
        double floor = floor(levels, from);
        double sum = 0;
        int count = 0;
        for (int band = 0; band < Bands.COUNT; band++) {
            if (carried[band]) {
                double apart = Math.max(floor, heard(step, band)) - Math.max(floor, levels[from + band]);
                sum += apart * apart;
                count++;
            }
        }
        return count == 0 ? 0 : Math.sqrt(sum / count);
    }

    /** In how many of the bands more is heard than should be at any moment around, by as many decibels at least. */
    double shareAbove(int step, double decibels) {
        int above = 0;
        int count = 0;
        for (int band = 0; band < Bands.COUNT; band++) {
            if (carried[band]) {
                double most = Math.max(FAINT, loud - PAUSE);
                for (int near = Math.max(0, step - AROUND); near <= Math.min(steps - 1, step + AROUND); near++) {
                    most = Math.max(most, expected(near, band));
                }
                above += heard(step, band) - most >= decibels ? 1 : 0;
                count++;
            }
        }
        return count == 0 ? 0 : above / (double) count;
    }

    /**
     * Whether a step is speech that was said at another delay, as near a splice of a jitter buffer.
     *
     * @param delay in samples
     * @param most how far the two may be apart, in decibels
     */
    boolean fits(int step, int delay, double most) {
        double[] other = new double[Bands.COUNT];
        double[] same = new double[Bands.COUNT];
        int at = step * Bands.STEP;
        bands.levels(said, at - delay, other, samples, at, same, 0);
        double total = 0;
        for (int band = 0; band < Bands.COUNT; band++) {
            other[band] = Math.max(0, other[band] + gains[band]);
            total += carried[band] ? Bands.meanSquare(other[band]) : 0;
        }
        return apart(other, 0, step) < most && isSpeech(Bands.decibels(total), loud);
    }

    private double floor(double[] levels, int from) {
        double most = FAINT + MASKED;
        for (int band = 0; band < Bands.COUNT; band++) {
            most = carried[band] ? Math.max(most, levels[from + band]) : most;
        }
        return most - MASKED;
    }

    /** How much louder speech is heard than it was said, in decibels, in the bands that arrived. */
    double level() {
        double before = 0;
        double after = 0;
        for (int step = 0; step < steps; step++) {
            for (int band = 0; band < Bands.COUNT; band++) {
                if (carried[band]) {
                    double square = Bands.meanSquare(expected(step, band));
                    after += square;
                    before += square / Math.pow(10, gains[band] / 10);
                }
            }
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

    private static double median(double[] values) {
        Arrays.sort(values);
        return values[values.length / 2];
    }
}

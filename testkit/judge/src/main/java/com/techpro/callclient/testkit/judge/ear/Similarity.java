// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.ear;

/**
 * The neurogram similarity index measure, NSIM, of expected and heard sound (A. Hines and N. Harte,
 * "Speech intelligibility prediction using a Neurogram Similarity Index Measure", Speech
 * Communication 54, 2012). It uses {@link Bands} instead of a neurogram. The polynomial that turns
 * it into an opinion is ViSQOL 3's (M. Chinen et al., "ViSQOL v3: An Open Source Production Ready
 * Objective Speech and Audio Metric", 2020), scaled to 5 for identical sound.
 */
final class Similarity {
    /** The picture begins this much below loud sounds. */
    private static final float RANGE = 45;
    /** It ends this much above them. */
    private static final float ROOM = 10;

    /**
     * To either side. A picture of 5 ms would show inaudible details, such as where in a voice's
     * period a codec puts its energy.
     */
    private static final int BLUR = 2;

    private static final double C1 = Math.pow(0.01 * RANGE, 2);
    private static final double C3 = Math.pow(0.03 * RANGE, 2) / 2;
    private static final double[][] WINDOW = window();

    private static final double[] OPINION = {-7.487007, 47.334363, -77.034652, 41.644078};
    /** The polynomial's value at 1. */
    private static final double BEST = OPINION[0] + OPINION[1] + OPINION[2] + OPINION[3];
    /** The polynomial falls slightly from here on; more similar sound must not score worse. */
    private static final double HOLLOW_BEGINS = 0.580;

    private static final double HOLLOW_ENDS = 0.654;

    private Similarity() {}

    /** Returns NSIM over all steps of speech: 1 if both are the same. */
    static double nsim(Comparison pair, Scratch scratch) {
        float[] expected = scratch.floats(pair.steps * Bands.COUNT);
        float[] heard = scratch.floats(pair.steps * Bands.COUNT);
        for (int band = 0; band < Bands.COUNT; band++) {
            if (pair.carries(band)) {
                shade(pair, band, expected, heard);
            }
        }
        double sum = 0;
        long count = 0;
        for (int step = 0; step < pair.steps; step++) {
            if (pair.isSpeech(step)) {
                for (int band = 0; band < Bands.COUNT; band++) {
                    if (pair.carries(band)) {
                        sum += at(pair, expected, heard, step, band);
                        count++;
                    }
                }
            }
        }
        return count == 0 ? 0 : sum / count;
    }

    /** Returns an opinion from 1 to 5. */
    static double opinion(double nsim) {
        double at = nsim > HOLLOW_BEGINS && nsim < HOLLOW_ENDS ? HOLLOW_BEGINS : nsim;
        double score = 0;
        for (int power = OPINION.length - 1; power >= 0; power--) {
            score = score * at + OPINION[power];
        }
        return Math.max(1, Math.min(5, score * 5 / BEST));
    }

    private static double at(Comparison pair, float[] expected, float[] heard, int step, int band) {
        double meanOne = 0;
        double meanOther = 0;
        double squareOne = 0;
        double squareOther = 0;
        double product = 0;
        for (int i = -1; i <= 1; i++) {
            int nearStep = Math.max(0, Math.min(pair.steps - 1, step + i));
            for (int k = -1; k <= 1; k++) {
                int nearBand = near(pair, band, k);
                double weight = WINDOW[i + 1][k + 1];
                double one = expected[nearStep * Bands.COUNT + nearBand];
                double other = heard[nearStep * Bands.COUNT + nearBand];
                meanOne += weight * one;
                meanOther += weight * other;
                squareOne += weight * one * one;
                squareOther += weight * other * other;
                product += weight * one * other;
            }
        }
        double varianceOne = Math.max(0, squareOne - meanOne * meanOne);
        double varianceOther = Math.max(0, squareOther - meanOther * meanOther);
        double covariance = product - meanOne * meanOther;
        double intensity = (2 * meanOne * meanOther + C1) / (meanOne * meanOne + meanOther * meanOther + C1);
        double structure = (covariance + C3) / (Math.sqrt(varianceOne * varianceOther) + C3);
        return intensity * structure;
    }

    private static int near(Comparison pair, int band, int away) {
        int near = band + away;
        return near < 0 || near >= Bands.COUNT || !pair.carries(near) ? band : near;
    }

    /** Copies the levels of some steps, from the picture's floor on. */
    private static void shade(Comparison pair, int band, float[] expected, float[] heard) {
        for (int step = 0; step < pair.steps; step++) {
            int from = Math.max(0, step - BLUR);
            int to = Math.min(pair.steps - 1, step + BLUR);
            float ofExpected = 0;
            float ofHeard = 0;
            for (int near = from; near <= to; near++) {
                if (pair.isJudged(near)) {
                    ofExpected += pair.expectedSquare(near, band);
                    ofHeard += pair.heardSquare(near, band);
                }
            }
            expected[step * Bands.COUNT + band] = shade(pair, ofExpected / (to - from + 1));
            heard[step * Bands.COUNT + band] = shade(pair, ofHeard / (to - from + 1));
        }
    }

    private static float shade(Comparison pair, float meanSquare) {
        float level = Decibels.of(meanSquare) - pair.loud() + RANGE;
        return Math.max(0, Math.min(RANGE + ROOM, level));
    }

    /** Returns a bell curve of half a step and half a band, whose sum is one. */
    private static double[][] window() {
        double[][] window = new double[3][3];
        double sum = 0;
        for (int i = 0; i < 3; i++) {
            for (int k = 0; k < 3; k++) {
                window[i][k] = Math.exp(-2.0 * ((i - 1) * (i - 1) + (k - 1) * (k - 1)));
                sum += window[i][k];
            }
        }
        for (double[] row : window) {
            for (int k = 0; k < row.length; k++) {
                row[k] /= sum;
            }
        }
        return window;
    }
}

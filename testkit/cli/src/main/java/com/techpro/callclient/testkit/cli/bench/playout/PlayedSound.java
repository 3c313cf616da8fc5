// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.bench.playout;

/**
 * What a player made of a trace. Sample n of each array belongs to n / 8 ms since the first sample was
 * spoken. It judges by the waveform alone: it follows the delay by correlation, and speech that resembles
 * nothing near there is damaged, whether it is missing, made up or cut.
 */
final class PlayedSound {
    private static final int WINDOW = NetworkTrace.FRAME;
    private static final int PER_MILLI = NetworkTrace.SAMPLE_RATE / 1000;
    /** Longer windows find the delay, as a pitch period resembles the next one. */
    private static final int SEARCH_WINDOW = 5 * WINDOW;

    private static final int LONGEST_DELAY = 600 * PER_MILLI;
    /** Around the delay found last: more than a splice changes it. */
    private static final int NEAR = 18 * PER_MILLI;
    /** About what G.711 and a cross-fade leave of the likeness. */
    private static final double ALIKE = 0.7;

    private static final double FOUND = 0.9;
    /** Samples between those that a search over all delays looks at. */
    private static final int COARSE = 2;

    private static final Match NONE = new Match(0, 0);
    /** Mean square of speech that is loud enough to be judged. */
    private static final double AUDIBLE = 40_000;

    private final short[] spoken;
    private final short[] played;
    private int judged;
    private int damaged;
    private double sumOfDelays;
    private int delays;
    private int delay = -1;

    PlayedSound(short[] spoken, short[] played) {
        this.spoken = spoken;
        this.played = played;
        for (int at = SEARCH_WINDOW; at + SEARCH_WINDOW <= played.length; at += WINDOW) {
            follow(at);
            if (delay >= 0) {
                judge(at);
            }
        }
    }

    /** Milliseconds from mouth to ear, mean. */
    double delayMillis() {
        return delays == 0 ? Double.NaN : sumOfDelays / delays / PER_MILLI;
    }

    /** How much of the audible speech was not heard as it was spoken, in percent. */
    double damagedPercent() {
        return judged == 0 ? 100 : 100.0 * damaged / judged;
    }

    private void follow(int at) {
        Match match = delay < 0 ? NONE : best(at, SEARCH_WINDOW, delay - NEAR, delay + NEAR, 1);
        if (match.likeness < FOUND && at % SEARCH_WINDOW == 0) {
            Match coarse = best(at, SEARCH_WINDOW, 0, LONGEST_DELAY, COARSE);
            match = best(at, SEARCH_WINDOW, coarse.delay - COARSE, coarse.delay + COARSE, 1);
        }
        if (match.likeness >= FOUND && audible(at - match.delay, SEARCH_WINDOW)) {
            delay = match.delay;
        }
    }

    private void judge(int at) {
        if (!audible(at - delay, WINDOW)) {
            return;
        }
        judged++;
        Match near = best(at, WINDOW, delay - NEAR, delay + NEAR, 1);
        if (near.likeness < ALIKE) {
            damaged++;
        } else {
            sumOfDelays += delay;
            delays++;
        }
    }

    private boolean audible(int from, int length) {
        if (from < 0 || from + length > spoken.length) {
            return false;
        }
        double energy = 0;
        for (int i = from; i < from + length; i++) {
            energy += (double) spoken[i] * spoken[i];
        }
        return energy / length >= AUDIBLE;
    }

    private Match best(int at, int length, int least, int most, int step) {
        Match best = NONE;
        for (int candidate = Math.max(0, least); candidate <= most && candidate <= at; candidate += step) {
            double likeness = likeness(at, at - candidate, length, step);
            if (likeness > best.likeness) {
                best = new Match(candidate, likeness);
            }
        }
        return best;
    }

    private double likeness(int heardFrom, int from, int length, int step) {
        if (from + length > spoken.length) {
            return 0;
        }
        double product = 0;
        double heard = 0;
        double said = 0;
        for (int i = 0; i < length; i += step) {
            double one = played[heardFrom + i];
            double other = spoken[from + i];
            product += one * other;
            heard += one * one;
            said += other * other;
        }
        return heard == 0 || said == 0 ? 0 : product / Math.sqrt(heard * said);
    }

    private record Match(int delay, double likeness) {}
}

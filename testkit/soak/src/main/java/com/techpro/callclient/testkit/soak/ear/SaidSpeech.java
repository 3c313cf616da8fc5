// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.ear;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Which steps of what was said are speech. */
final class SaidSpeech {
    private final boolean[] speech;
    private int count;

    SaidSpeech(double[] levels) {
        double[] totals = totals(levels);
        double loud = Bands.loud(totals);
        this.speech = new boolean[totals.length];
        for (int step = 0; step < totals.length; step++) {
            speech[step] = totals[step] > 0 && Comparison.isSpeech(totals[step], loud);
            count += speech[step] ? 1 : 0;
        }
    }

    /** How loud the loud steps are, all bands together. */
    static double loud(double[] levels) {
        return Bands.loud(totals(levels));
    }

    private static double[] totals(double[] levels) {
        boolean[] all = new boolean[Bands.COUNT];
        Arrays.fill(all, true);
        return Bands.totals(levels, all);
    }

    int steps() {
        return speech.length;
    }

    boolean isSpeech(int step) {
        return speech[step];
    }

    /** The most steps in a row without speech, from one step to before another. */
    int longestPause(int from, int to) {
        int longest = 0;
        int pause = 0;
        for (int step = from; step < Math.min(to, speech.length); step++) {
            pause = speech[step] ? 0 : pause + 1;
            longest = Math.max(longest, pause);
        }
        return longest;
    }

    Duration length() {
        return duration(count);
    }

    /** How much of it is in some stretches, were there no delay. */
    Duration length(List<Stretch> due, int lead) {
        int sum = 0;
        for (Stretch stretch : due) {
            int end = Math.min(speech.length, stretch.endStep() + lead);
            for (int step = Math.max(0, stretch.firstStep() + lead); step < end; step++) {
                sum += speech[step] ? 1 : 0;
            }
        }
        return duration(sum);
    }

    static Duration duration(int steps) {
        return Duration.ofMillis(steps * 1_000L * Bands.STEP / Bands.RATE);
    }
}

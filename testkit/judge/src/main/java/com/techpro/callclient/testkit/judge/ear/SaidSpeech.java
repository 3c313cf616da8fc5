// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.ear;

import java.time.Duration;
import java.util.List;

/** Tells the steps of the speech's recording that have speech from its pauses. */
final class SaidSpeech {
    private static final boolean[] ALL = Bands.from(0);

    private final int steps;
    /** At least {@link #steps} entries. */
    private final boolean[] speech;

    SaidSpeech(Levels levels, Scratch scratch) {
        this.steps = levels.steps;
        this.speech = scratch.booleans(steps);
        float[] totals = levels.totals(ALL, scratch);
        float[] ranked = scratch.floats(steps);
        System.arraycopy(totals, 0, ranked, 0, steps);
        double loud = Ranks.loud(ranked, steps);
        for (int step = 0; step < steps; step++) {
            speech[step] = totals[step] > 0 && Comparison.isSpeech(totals[step], loud);
        }
    }

    /** Returns the level of loud steps, all bands together. */
    static float loud(Levels levels, Scratch scratch) {
        return Ranks.loud(levels.totals(ALL, scratch), levels.steps);
    }

    int steps() {
        return steps;
    }

    boolean isSpeech(int step) {
        return speech[step];
    }

    /** Returns the most steps in a row without speech, from one step to before another. */
    int longestPause(int from, int to) {
        int longest = 0;
        int pause = 0;
        for (int step = from; step < Math.min(to, steps); step++) {
            pause = speech[step] ? 0 : pause + 1;
            longest = Math.max(longest, pause);
        }
        return longest;
    }

    /** Returns how much speech is in some stretches, without any delay. */
    Duration length(List<Stretch> due, int lead) {
        int sum = 0;
        for (Stretch stretch : due) {
            int end = Math.min(steps, stretch.endStep() + lead);
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

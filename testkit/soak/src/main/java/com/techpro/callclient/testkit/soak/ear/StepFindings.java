// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.ear;

import com.techpro.callclient.testkit.soak.ear.Finding.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is wrong with steps in which something was said, and with what was said and is in none of them. */
final class StepFindings {
    /** So much quieter than it should be, a step is silent. */
    private static final double SILENT = 10;
    /** So far from what it should be, on average over some steps, it is another sound. */
    private static final double ANOTHER = 6;

    private static final int AROUND = 2;
    /** A jitter buffer that plays faster leaves out less at once. */
    private static final int LEFT_OUT = 4;

    /** So few steps between two that are missing are no part of a word. */
    private static final int SCRAP = 2;

    private static final double CLICK = 18;
    private static final double CLICK_BANDS = 0.5;
    /** Longer than this it is something else. */
    private static final int CLICK_STEPS = 4;

    private static final double SAME = 0.97;
    /** At what distances before, in steps, a packet may have been that is played once more. */
    private static final int[] PACKETS = {2, 4, 6, 8, 12};

    private final Comparison pair;
    private final double[] samples;
    private final List<Finding> findings = new ArrayList<>();
    private int due;
    private int missing;
    private int other;
    private int longestMissing;
    private int longestOther;
    private int cut;
    private boolean clicks;

    StepFindings(Comparison pair, Track track, SaidSpeech speech, double[] heardSamples) {
        this.pair = pair;
        this.samples = heardSamples;
        @Nullable Kind[] kinds = kinds();
        boolean[] arrived = arrived(track, speech, kinds);
        countUnheard(track, speech, arrived);
        findCuts(track, speech, arrived);
        group(kinds);
    }

    private @Nullable Kind[] kinds() {
        @Nullable Kind[] kinds = new Kind[pair.steps];
        double[] distances = new double[pair.steps];
        for (int step = 0; step < pair.steps; step++) {
            distances[step] = pair.isSpeech(step) ? pair.distance(step) : 0;
        }
        for (int step = 0; step < pair.steps; step++) {
            if (pair.isSpeech(step)) {
                if (pair.deficit(step) >= SILENT) {
                    kinds[step] = Kind.MISSING;
                } else if (around(distances, step) >= ANOTHER) {
                    kinds[step] = isRepeated(step) ? Kind.REPEATED : Kind.REPLACED;
                }
            }
            if (kinds[step] != Kind.MISSING && pair.shareAbove(step, CLICK) >= CLICK_BANDS) {
                kinds[step] = Kind.CLICK;
            }
        }
        return kinds;
    }

    /** The mean of those of speech. */
    private double around(double[] distances, int step) {
        double sum = 0;
        int count = 0;
        for (int near = Math.max(0, step - AROUND); near <= Math.min(pair.steps - 1, step + AROUND); near++) {
            if (pair.isSpeech(near) && pair.deficit(near) < SILENT) {
                sum += distances[near];
                count++;
            }
        }
        return count == 0 ? 0 : sum / count;
    }

    private boolean isRepeated(int step) {
        int from = (step - 1) * Bands.STEP;
        int length = 2 * Bands.STEP;
        for (int before : PACKETS) {
            int earlier = from - before * Bands.STEP;
            if (earlier >= 0 && from + length <= samples.length && correlation(earlier, from, length) >= SAME) {
                return true;
            }
        }
        return false;
    }

    private double correlation(int one, int other, int length) {
        double product = 0;
        double squareOne = 0;
        double squareOther = 0;
        for (int i = 0; i < length; i++) {
            product += samples[one + i] * samples[other + i];
            squareOne += samples[one + i] * samples[one + i];
            squareOther += samples[other + i] * samples[other + i];
        }
        return squareOne <= 0 || squareOther <= 0 ? 0 : product / Math.sqrt(squareOne * squareOther);
    }

    /** Which steps of what was said are in what was heard. */
    private boolean[] arrived(Track track, SaidSpeech speech, @Nullable Kind[] kinds) {
        boolean[] arrived = new boolean[speech.steps()];
        int before = Integer.MIN_VALUE;
        for (int step = 0; step < pair.steps; step++) {
            int said = step - track.delay(step);
            // What a jitter buffer leaves out when it plays faster is not missed.
            int from = said > before && said - before <= LEFT_OUT ? before + 1 : said;
            for (int at = Math.max(0, from); at <= Math.min(said, arrived.length - 1); at++) {
                arrived[at] |= kinds[step] != Kind.MISSING;
            }
            before = said;
        }
        return arrived;
    }

    private int end(Track track) {
        return pair.steps == 0 ? 0 : pair.steps - track.delay(pair.steps - 1);
    }

    private void countUnheard(Track track, SaidSpeech speech, boolean[] arrived) {
        int run = 0;
        int between = 0;
        int end = Math.min(end(track), speech.steps());
        for (int step = 0; step < end; step++) {
            if (speech.isSpeech(step)) {
                due++;
                // A step looks at twice its length, and is silent when nearly all of that is.
                missing += arrived[step] ? 0 : run == 0 ? 2 : 1;
                between = arrived[step] ? between + 1 : 0;
                run = between > SCRAP ? 0 : run + (arrived[step] ? 0 : 1);
                longestMissing = Math.max(longestMissing, run == 0 ? 0 : run + 1);
            }
        }
    }

    private void findCuts(Track track, SaidSpeech speech, boolean[] arrived) {
        int end = Math.min(end(track), speech.steps());
        int first = 0;
        while (first < end && !(speech.isSpeech(first) && arrived[first])) {
            cut += speech.isSpeech(first) ? 1 : 0;
            first++;
        }
        int atBeginning = cut;
        int last = end - 1;
        int atEnd = 0;
        while (last > first && !(speech.isSpeech(last) && arrived[last])) {
            atEnd += speech.isSpeech(last) ? 1 : 0;
            last--;
        }
        cut = Math.max(atBeginning, atEnd);
        if (atBeginning > 1) {
            add(Kind.BEGINNING_CUT, Math.max(0, first + track.delay(0) - atBeginning), atBeginning);
        }
        if (atEnd > 1) {
            add(Kind.END_CUT, last + 1 + track.delay(pair.steps - 1), atEnd);
        }
    }

    private void group(@Nullable Kind[] kinds) {
        for (int step = 0; step < kinds.length; ) {
            Kind kind = kinds[step];
            int end = step + 1;
            while (end < kinds.length && kinds[end] == kind) {
                end++;
            }
            if (kind != null) {
                found(kind, step, end);
            }
            step = end;
        }
    }

    private void found(Kind kind, int from, int to) {
        int length = to - from;
        if (kind == Kind.CLICK && length > CLICK_STEPS) {
            found(Kind.REPLACED, from, to);
            return;
        }
        if (kind == Kind.CLICK) {
            clicks = true;
        } else if (kind == Kind.MISSING) {
            length++;
        } else {
            int counted = 0;
            for (int step = from; step < to; step++) {
                counted += pair.isSpeech(step) ? 1 : 0;
            }
            other += counted;
            longestOther = Math.max(longestOther, counted);
        }
        add(kind, from, length);
    }

    private void add(Kind kind, int step, int length) {
        findings.add(new Finding(kind, SaidSpeech.duration(step), SaidSpeech.duration(length)));
    }

    List<Finding> findings() {
        return findings;
    }

    double missingPercent() {
        return due == 0 ? 0 : 100.0 * Math.min(missing, due) / due;
    }

    double otherPercent() {
        return due == 0 ? 0 : 100.0 * other / due;
    }

    Duration longestMissing() {
        return SaidSpeech.duration(longestMissing);
    }

    Duration longestOther() {
        return SaidSpeech.duration(longestOther);
    }

    /** Of the first or the last word, whichever lost more. */
    Duration cut() {
        return SaidSpeech.duration(cut);
    }

    boolean clicks() {
        return clicks;
    }
}

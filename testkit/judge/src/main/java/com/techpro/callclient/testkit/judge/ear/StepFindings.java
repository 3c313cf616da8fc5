// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.ear;

import com.techpro.callclient.testkit.judge.ear.Finding.Kind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The faults of steps with speech, and speech that no heard step contains. */
final class StepFindings {

    /** While a decoder adapts, only sound this much too quiet counts as silence. */
    private static final double DEAD = 20;

    /** A jitter buffer that plays faster omits at most this many steps at once. */
    private static final int LEFT_OUT = 4;

    /** So few steps between two missing ones are no part of a word. */
    private static final int SCRAP = 2;
    /** So many steps without speech end a word. */
    private static final int END_OF_WORD = 4;

    /** A longer sound is no click. */
    private static final int CLICK_STEPS = 4;

    private static final int BESIDE = 4;

    private final Comparison pair;
    private final Track track;
    private final SaidSpeech speech;
    private final Excuses excuses;
    private final StepKinds kinds;
    private final Scratch scratch;
    private final List<Finding> findings = new ArrayList<>();
    private int due;
    private int missing;
    private int leftOut;
    private int other;
    private int excused;
    private int longestMissing;
    private int longestOther;
    private int beginningLost;
    private int endLost;
    private int clicks;

    /**
     * Finds all faults.
     *
     * @param lead by how many steps the speech begins earlier than the heard recording
     */
    StepFindings(
            Comparison pair,
            StepKinds kinds,
            Track track,
            SaidSpeech speech,
            List<Stretch> due,
            int lead,
            Excuses excuses,
            Scratch scratch) {
        this.pair = pair;
        this.kinds = kinds;
        this.track = track;
        this.speech = speech;
        this.excuses = excuses;
        this.scratch = scratch;
        for (Stretch stretch : due) {
            int first = Math.max(0, stretch.firstStep());
            int end = Math.min(pair.steps, stretch.endStep());
            adapt(stretch, first, end, lead);
            int endSaid = stretch.endStep() + lead;
            count(Math.max(0, stretch.firstStep() + lead), first, end, lead, endSaid);
        }
        group();
    }

    /** Accepts other sounds while a decoder adapts to its stream. */
    private void adapt(Stretch stretch, int first, int end, int lead) {
        int left = (int) (stretch.adaptation().toMillis() * Bands.RATE / 1_000 / Bands.STEP);
        for (int step = first; step < end && left > 0; step++) {
            if (pair.isSpeech(step) && step + lead - track.delay(step) >= stretch.firstStep()) {
                left--;
                boolean dead = kinds.get(step) == Kind.MISSING && pair.deficit(step) >= DEAD;
                kinds.set(step, dead ? Kind.MISSING : null);
            }
        }
    }

    /**
     * Counts the missing speech of a stretch.
     *
     * @param firstSaid the first due step of the speech
     * @param first the first heard step in which it may come
     * @param end the first step after the last one
     * @param lead as in the constructor
     * @param endSaid the first step of the speech that is no longer due
     */
    private void count(int firstSaid, int first, int end, int lead, int endSaid) {
        int number = Math.max(0, speech.steps() - firstSaid);
        int[] cameAt = scratch.ints(number);
        boolean[] arrived = scratch.booleans(number);
        boolean[] compared = scratch.booleans(number);
        Arrays.fill(cameAt, 0, number, Math.max(first, end - 1));
        int before = firstSaid - 1;
        int last = Integer.MIN_VALUE;
        for (int step = first; step < end; step++) {
            int said = step - track.delay(step);
            if (!pair.isJudged(step) || said >= speech.steps()) {
                continue;
            }
            // What a jitter buffer omits to play faster is not missed.
            boolean whole = said - before <= LEFT_OUT;
            for (int at = Math.max(firstSaid, before + 1); at < said; at++) {
                cameAt[at - firstSaid] = step;
                arrived[at - firstSaid] |= whole && kinds.get(step) != Kind.MISSING;
            }
            if (said >= firstSaid) {
                cameAt[said - firstSaid] = step;
                arrived[said - firstSaid] |= kinds.get(step) != Kind.MISSING;
                compared[said - firstSaid] = true;
            }
            before = said;
            last = pair.isSpeech(step) && kinds.get(step) == null ? track.delay(step) : last;
        }
        int delay = last == Integer.MIN_VALUE ? track.median() : last;
        int came = Math.max(0, Math.min(number, end - delay - firstSaid));
        // If the recording ends early, the later speech is missing. Speech in transit at its end is
        // not.
        int afterEnd = Math.max(came, pair.steps + lead - firstSaid);
        int ended = Math.max(came, Math.min(number, endSaid - firstSaid));
        for (int i = came; i < ended; i++) {
            cameAt[i] = firstSaid + i + delay;
            arrived[i] = i < afterEnd;
        }
        countMissing(firstSaid, cameAt, arrived, afterEnd < ended ? ended : came);
        for (int i = 0; i < ended; i++) {
            leftOut += speech.isSpeech(firstSaid + i) && !arrived[i] && !compared[i] ? 1 : 0;
        }
        countInterruptions(firstSaid, first, end);
        for (int step = first; step < end; step++) {
            Kind kind = kinds.get(step);
            if ((kind == Kind.REPEATED || kind == Kind.REPLACED) && pair.isSpeech(step)) {
                if (excuses.excuse(step * Bands.STEP)) {
                    excused++;
                    kinds.set(step, null);
                } else {
                    other++;
                }
            }
        }
    }

    private void countMissing(int firstSaid, int[] cameAt, boolean[] arrived, int count) {
        boolean heardAny = false;
        int run = 0;
        int between = 0;
        int pause = 0;
        int lostAtFirst = 0;
        int lostOfFirst = 0;
        int lostAtLast = 0;
        int endFrom = 0;
        for (int i = 0; i < count; i++) {
            pause = speech.isSpeech(firstSaid + i) ? 0 : pause + 1;
            if (pause >= END_OF_WORD) {
                run = 0;
                lostAtFirst = heardAny ? lostAtFirst : 0;
            }
            if (pause > 0) {
                continue;
            }
            boolean lost = !arrived[i];
            // A step's window is twice its length, and silent when nearly all of it is.
            int counts = lost && (i == 0 || arrived[i - 1]) ? 2 : 1;
            if (lost && excuses.excuse(cameAt[i] * Bands.STEP)) {
                excused += counts;
                lost = false;
            } else {
                due++;
                missing += lost ? counts : 0;
            }
            between = lost ? 0 : between + 1;
            run = between > SCRAP ? 0 : run + (lost ? 1 : 0);
            longestMissing = Math.max(longestMissing, run == 0 ? 0 : run + 1);
            heardAny |= !lost;
            lostAtFirst += lost && !heardAny ? counts : 0;
            lostOfFirst = Math.max(lostOfFirst, heardAny ? 0 : lostAtFirst);
            endFrom = lost && lostAtLast > 0 ? endFrom : i;
            lostAtLast = lost ? lostAtLast + 1 : 0;
        }
        beginningLost = Math.max(beginningLost, lostOfFirst);
        endLost = Math.max(endLost, lostAtLast);
        if (lostOfFirst > 1) {
            add(Kind.BEGINNING_CUT, cameAt[0], lostOfFirst);
        }
        if (lostAtLast > 1) {
            add(Kind.END_CUT, cameAt[endFrom], lostAtLast);
        }
    }

    /** Counts silences within words that lose no speech: they are audible all the same. */
    private void countInterruptions(int firstSaid, int first, int end) {
        int lastHeard = -1;
        int lastSaid = 0;
        for (int step = first; step < end; step++) {
            int said = step - track.delay(step);
            boolean audible = pair.isSpeech(step) && pair.heardTotal(step) >= pair.loud() - StepKinds.FAINT;
            if (!audible || kinds.get(step) == Kind.MISSING || said < firstSaid) {
                continue;
            }
            int inserted = step - lastHeard - (said - lastSaid);
            boolean withinWord = said >= lastSaid - SCRAP && speech.longestPause(lastSaid, said) < END_OF_WORD;
            if (lastHeard >= 0 && step > lastHeard + 1 && inserted > LEFT_OUT && withinWord) {
                interrupted(Math.max(first, step - inserted), step);
            }
            lastHeard = step;
            lastSaid = said;
        }
    }

    private void interrupted(int from, int to) {
        int run = 0;
        for (int step = from; step < to; step++) {
            kinds.set(step, null);
            if (excuses.excuse(step * Bands.STEP)) {
                excused++;
            } else {
                kinds.set(step, Kind.MISSING);
                missing++;
                run++;
            }
        }
        longestMissing = Math.max(longestMissing, run);
    }

    private void group() {
        for (int step = 0; step < pair.steps; ) {
            Kind kind = kinds.get(step);
            int end = step + 1;
            while (end < pair.steps && kinds.get(end) == kind) {
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
        if (kind == Kind.CLICK && (length > CLICK_STEPS || isBesideAnother(from, to))) {
            int counted = ofSpeech(from, to);
            other += counted;
            longestOther = Math.max(longestOther, counted);
            add(Kind.REPLACED, from, length);
            return;
        }
        if (kind == Kind.CLICK && excuses.covers(from * Bands.STEP, to * Bands.STEP)) {
            return;
        }
        if (kind == Kind.CLICK) {
            clicks++;
        } else if (kind == Kind.MISSING) {
            length++;
        } else {
            longestOther = Math.max(longestOther, ofSpeech(from, to));
        }
        add(kind, from, length);
    }

    /**
     * Whether another fault is beside a click. Its begin or end causes the click, which is no
     * finding.
     */
    private boolean isBesideAnother(int from, int to) {
        for (int step = Math.max(0, from - BESIDE); step < Math.min(pair.steps, to + BESIDE); step++) {
            if (kinds.get(step) != null && kinds.get(step) != Kind.CLICK) {
                return true;
            }
        }
        return false;
    }

    private int ofSpeech(int from, int to) {
        int count = 0;
        for (int step = from; step < to; step++) {
            count += pair.isSpeech(step) ? 1 : 0;
        }
        return count;
    }

    private void add(Kind kind, int step, int length) {
        findings.add(new Finding(kind, SaidSpeech.duration(step), SaidSpeech.duration(length)));
    }

    List<Finding> findings() {
        return findings;
    }

    /** Returns the speech that had to be heard, without excused speech. */
    Duration due() {
        return SaidSpeech.duration(due);
    }

    Duration missing() {
        return SaidSpeech.duration(Math.min(missing, due));
    }

    /** Returns the share of speech that belongs to no heard step, silent or not. */
    double leftOut() {
        return due == 0 ? 0 : Math.min(1, leftOut / (double) due);
    }

    Duration other() {
        return SaidSpeech.duration(other);
    }

    Duration excused() {
        return SaidSpeech.duration(excused);
    }

    Duration longestMissing() {
        return SaidSpeech.duration(longestMissing);
    }

    Duration longestOther() {
        return SaidSpeech.duration(longestOther);
    }

    /** Returns the most that a stretch's first word lost. */
    Duration beginningLost() {
        return SaidSpeech.duration(beginningLost);
    }

    /** Returns the most that a stretch's last word lost. */
    Duration endLost() {
        return SaidSpeech.duration(endLost);
    }

    /** Whether there are several clicks; nobody complains about one. */
    boolean clicks() {
        return clicks > 1;
    }
}

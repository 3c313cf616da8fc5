// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.gate;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A condition that a run must meet.
 *
 * @param id its stable identifier for programs: lower-case words with hyphens
 * @param measured the measurement in words or figures
 * @param limit the required value
 * @param figure the measurement as numbers; null if the gate was not reached
 * @param note helps to understand a red gate; may be empty
 * @param source of the limit: a default, or the option that set it; empty if no option does
 */
public record Gate(
        String id,
        String title,
        String measured,
        String limit,
        @Nullable Figure figure,
        Verdict verdict,
        String note,
        String source) {
    private static final Pattern ID = Pattern.compile("[a-z0-9]+(-[a-z0-9]+)*");

    /** The outcome of a gate. */
    public enum Verdict {
        HOLDS,
        RED,
        /** Unknown, mostly because the run was ended early. */
        NOT_JUDGED
    }

    /** @throws IllegalArgumentException if the ID is not words with hyphens */
    public Gate {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("an ID of a gate is words with hyphens: " + id);
        }
    }

    /** Creates a gate for a count that must return to its earlier value or below. */
    public static Gate backTo(String id, String title, long before, long after) {
        return of(id, title, Long.toString(after), "at most " + before, after <= before)
                .measuredAs(Figure.atMost((double) after, (double) before, ""));
    }

    public static Gate of(String id, String title, String measured, String limit, boolean green) {
        return of(id, title, measured, limit, green, "");
    }

    public static Gate of(String id, String title, String measured, String limit, boolean green, String note) {
        return new Gate(id, title, measured, limit, null, green ? Verdict.HOLDS : Verdict.RED, note, "");
    }

    /** Creates a gate that was not reached. */
    public static Gate notReached(String id, String title) {
        return new Gate(id, title, "-", "-", null, Verdict.NOT_JUDGED, "the run ended before this", "");
    }

    /** Returns a copy with the measurement as numbers. */
    public Gate measuredAs(Figure numbers) {
        return new Gate(id, title, measured, limit, numbers, verdict, note, source);
    }

    /** Returns a copy with this source of its limit. */
    public Gate limitedBy(String where) {
        return new Gate(id, title, measured, limit, figure, verdict, note, where);
    }

    /** Returns the limit and its source. */
    public String limitInWords() {
        return source.isEmpty() ? limit : limit + ", " + source;
    }

    /** Returns this gate, or if the run was ended early, a copy that is not judged. */
    public Gate unlessEnded(boolean early) {
        return early ? notJudged("the run ended before this") : this;
    }

    /** Returns a copy that is not judged. */
    public Gate notJudged(String why) {
        return new Gate(id, title, measured, limit, figure, Verdict.NOT_JUDGED, why, source);
    }

    public boolean green() {
        return verdict == Verdict.HOLDS;
    }
}

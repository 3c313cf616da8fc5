// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.gate;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One thing that had to hold.
 *
 * @param id by which programs know it: words in lower case with hyphens, which stay when the title is worded anew
 * @param measured what was found, in words or figures
 * @param limit what would have been right
 * @param figure the same as numbers; null if the gate was not reached
 * @param note what helps to understand a red gate; may be empty
 * @param source where the limit is from: a default, or the option that set it; empty if no option does
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

    /** Whether it held. */
    public enum Verdict {
        HOLDS,
        RED,
        /** It could not be told, mostly because the run was ended before. */
        NOT_JUDGED
    }

    /** @throws IllegalArgumentException if the ID is not words with hyphens */
    public Gate {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException("an ID of a gate is words with hyphens: " + id);
        }
    }

    /** A count that must be back at or below where it was. */
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

    /** One that was not reached at all. */
    public static Gate notReached(String id, String title) {
        return new Gate(id, title, "-", "-", null, Verdict.NOT_JUDGED, "the run was ended before", "");
    }

    /** The same, with what was measured as numbers too. */
    public Gate measuredAs(Figure numbers) {
        return new Gate(id, title, measured, limit, numbers, verdict, note, source);
    }

    /** The same, whose limit is from there. */
    public Gate limitedBy(String where) {
        return new Gate(id, title, measured, limit, figure, verdict, note, where);
    }

    /** The limit, and where it is from. */
    public String limitInWords() {
        return source.isEmpty() ? limit : limit + ", " + source;
    }

    /** The same, unless the run was ended early: then what was found so far says nothing. */
    public Gate unlessEnded(boolean early) {
        return early ? notJudged("the run was ended before") : this;
    }

    /** The same, of which nothing can be told. */
    public Gate notJudged(String why) {
        return new Gate(id, title, measured, limit, figure, Verdict.NOT_JUDGED, why, source);
    }

    public boolean green() {
        return verdict == Verdict.HOLDS;
    }
}

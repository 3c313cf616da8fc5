// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.gate;

/**
 * One thing that had to hold.
 *
 * @param measured what was found, in words or figures
 * @param limit what would have been right
 * @param note what helps to understand a red gate; may be empty
 */
public record Gate(String name, String measured, String limit, Verdict verdict, String note) {
    /** Whether it held. */
    public enum Verdict {
        HOLDS,
        RED,
        /** It could not be told, mostly because the run was ended before. */
        NOT_JUDGED
    }

    /** A count that must be back at or below where it was. */
    public static Gate backTo(String name, long before, long after) {
        return of(name, Long.toString(after), "at most " + before, after <= before);
    }

    public static Gate of(String name, String measured, String limit, boolean green) {
        return of(name, measured, limit, green, "");
    }

    public static Gate of(String name, String measured, String limit, boolean green, String note) {
        return new Gate(name, measured, limit, green ? Verdict.HOLDS : Verdict.RED, note);
    }

    /** One that was not reached at all. */
    public static Gate notReached(String name) {
        return new Gate(name, "-", "-", Verdict.NOT_JUDGED, "the run was ended before");
    }

    /** The same, unless the run was ended early: then what was found so far says nothing. */
    public Gate unlessEnded(boolean early) {
        return early ? notJudged("the run was ended before") : this;
    }

    /** The same, of which nothing can be told. */
    public Gate notJudged(String why) {
        return new Gate(name, measured, limit, Verdict.NOT_JUDGED, why);
    }

    public boolean green() {
        return verdict == Verdict.HOLDS;
    }
}

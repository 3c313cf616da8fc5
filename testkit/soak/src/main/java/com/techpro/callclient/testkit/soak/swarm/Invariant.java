// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.swarm;

import java.time.Duration;

/** What holds in every world, whatever users and faults do. */
enum Invariant {
    STAGES_COMPLETE("each stage completes before its deadline, normally"),
    CALLS_END_TYPED("each call ends once, with its ending"),
    PBX_AGREES("PBX and phones agree about calls after healing"),
    NO_STRANGER_HEARD("nobody hears a phone that is in no call with theirs"),
    HOLD_IS_SILENT("a held or muted phone is not heard"),
    SOUND_RETURNS("both ends of a call hear each other after healing"),
    REGISTRATIONS_RETURN("each phone is registered after healing"),
    NO_REGISTER_STORM("a phone sends a bounded number of REGISTERs a minute"),
    NOTHING_LEAKS("no link, timer or audio stream outlives its owner"),
    NO_SECRET_SHOWN("no password or text is sent in clear or printed"),
    STORED_IS_KEPT("what was stored is there after a crash"),
    NO_FAILURE("no task of an engine or of the PBX fails, and the API throws what it documents");

    private final String meaning;

    Invariant(String meaning) {
        this.meaning = meaning;
    }

    @Override
    public String toString() {
        return name() + " (" + meaning + ")";
    }

    /** Ends a world. */
    static final class Violation extends RuntimeException {
        private static final long serialVersionUID = 1L;

        private final Invariant invariant;

        Violation(Invariant invariant, Duration at, String seen) {
            super(invariant + " at " + at.toMillis() + " ms: " + seen);
            this.invariant = invariant;
        }

        Invariant invariant() {
            return invariant;
        }
    }
}

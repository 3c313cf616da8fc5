// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One line of {@link SippScenarios}: what SIPp plays, what the engine's user does, and what has to come of it.
 *
 * @param title of the line, unique
 * @param file of the scenario
 * @param words that the scenario leaves open
 * @param ending the code of the call's ending; null if there must be no call
 * @param counts how often messages that begin so went by, repetitions included
 * @param beyond a scenario that is played at the phone system's address meanwhile, with the same words; or null
 * @param address where SIPp is
 */
record SippScenario(
        String title,
        String file,
        Map<String, String> words,
        Part part,
        @Nullable String ending,
        List<Count> counts,
        @Nullable String beyond,
        String address) {
    /** What the engine's user does. */
    enum Part {
        /** SIPp asks for something that leads to no call. */
        IS_NOT_CALLED,
        /** As {@link #IS_NOT_CALLED}, with all calls sent on to 3000. */
        FORWARDS_ALL,
        LETS_IT_RING,
        /** Sends the caller on to 3000. */
        FORWARDS,
        ANSWERS,
        /** As {@link #ANSWERS}, once the counts of PRACK are reached. */
        ANSWERS_AFTER_PRACK,
        ANSWERS_AND_HOLDS,
        ANSWERS_AND_AGREES_TO_TRANSFER,
        /** Waits for how it ends. */
        DIALS,
        DIALS_AND_GIVES_UP,
        /** Hangs up once the counts are reached. */
        DIALS_AND_HANGS_UP,
        /** As {@link #DIALS_AND_HANGS_UP}; the other dialogs of the fork stay for a while (RFC 3261 §13.2.2.4). */
        DIALS_A_FORK_AND_HANGS_UP,
        DIALS_AND_HOLDS,
        /** The re-INVITE for hold is the end of the call. */
        DIALS_AND_LOSES_ON_HOLD,
        /** Whoever was called hangs up. */
        DIALS_AND_TRANSFERS,
        /** As {@link #DIALS_AND_TRANSFERS}, and hangs up when it is refused. */
        DIALS_AND_TRANSFERS_IN_VAIN;

        boolean leadsToNoCall() {
            return this == IS_NOT_CALLED || this == FORWARDS_ALL;
        }

        boolean isCalled() {
            return compareTo(DIALS) < 0;
        }

        boolean answersAtOnce() {
            return this == ANSWERS || this == ANSWERS_AND_HOLDS || this == ANSWERS_AND_AGREES_TO_TRANSFER;
        }
    }

    /** Between so many and so many. */
    record Count(String startLine, int least, int most) {}

    static SippScenario called(String file, Part part, String ending) {
        return new SippScenario(file, file, Map.of(), part, ending, List.of(), null, "127.0.0.1");
    }

    static SippScenario refused(String file) {
        return new SippScenario(file, file, Map.of(), Part.IS_NOT_CALLED, null, List.of(), null, "127.0.0.1");
    }

    SippScenario titled(String more) {
        return new SippScenario(file + ": " + more, file, words, part, ending, counts, beyond, address);
    }

    SippScenario with(String word, String value) {
        Map<String, String> all = new HashMap<>(words);
        all.put(word, value);
        return new SippScenario(title, file, all, part, ending, counts, beyond, address);
    }

    SippScenario seen(String startLine, int least, int most) {
        List<Count> all = new ArrayList<>(counts);
        all.add(new Count(startLine, least, most));
        return new SippScenario(title, file, words, part, ending, all, beyond, address);
    }

    SippScenario seen(String startLine, int times) {
        return seen(startLine, times, times);
    }

    SippScenario beyond(String other) {
        return new SippScenario(title, file, words, part, ending, counts, other, address);
    }

    SippScenario at(String other) {
        return new SippScenario(title, file, words, part, ending, counts, beyond, other);
    }

    @Override
    public String toString() {
        return title;
    }
}

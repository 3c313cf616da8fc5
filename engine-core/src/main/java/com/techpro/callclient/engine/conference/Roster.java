// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.conference;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who is in a conference room. Prints without personal data. */
public sealed interface Roster {
    /** The room does not tell who is in it: many phone systems have such rooms. It works as a call all the same. */
    record Unsupported() implements Roster {}

    /** Not known yet: the room has not answered, or has not told. */
    record Waiting() implements Roster {}

    /**
     * @param subject what the conference is about, or null
     * @param count how many are in it, which may be more than are named; null where the focus does not count
     * @param participants in the order in which the focus named them
     * @param current false while the connection to the focus is lost, or something was missed: then this is how it was
     */
    record Listed(@Nullable String subject, @Nullable Integer count, List<Participant> participants, boolean current)
            implements Roster {
        public Listed {
            participants = List.copyOf(participants);
        }

        @Override
        public String toString() {
            return "Listed[" + participants.size() + " participants, redacted]";
        }
    }

    /** Those who are named; empty where nobody is, whatever the reason. */
    default List<Participant> participants() {
        return List.of();
    }
}

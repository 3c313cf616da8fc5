// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.conference;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The participants of a conference room. Prints without personal data. */
public sealed interface Roster {
    /**
     * The room does not report its participants, as in many phone systems. It still works as a
     * call.
     */
    record Unsupported() implements Roster {}

    /** Not known yet: the room has not answered, or has not reported its participants. */
    record Waiting() implements Roster {}

    /**
     * @param subject the subject of the conference, or null
     * @param count the number of participants, which may exceed the number listed; null if the
     *     focus does not count
     * @param participants the participants in the order in which the focus listed them
     * @param current false while the connection to the focus is lost or a notification was missed;
     *     the roster is then the last one known
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

    /** Returns the participants that are listed; empty if there are none, for any reason. */
    default List<Participant> participants() {
        return List.of();
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.conference;

import com.techpro.callclient.ports.phonesystem.ConferenceDirectory;
import java.util.List;

/** The rooms that the user may join, or why they are unknown. Prints without personal data. */
public sealed interface RoomsOutcome {
    /** @param rooms empty if there are none, or the phone system lists none */
    record Listed(List<ConferenceDirectory.Room> rooms) implements RoomsOutcome {
        public Listed {
            rooms = List.copyOf(rooms);
        }

        @Override
        public String toString() {
            return "Listed[" + rooms.size() + " rooms]";
        }
    }

    /** The organisation has switched conferences off (promise O1). */
    record Off() implements RoomsOutcome {}

    /** The phone system could not be queried. */
    record Unavailable() implements RoomsOutcome {}
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.conference;

import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallSnapshot;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A conference room at one moment. Immutable; prints without personal data.
 *
 * @param room its number or address, as it was joined or as the phone system lists it
 * @param name the phone system's name for it, or null
 * @param joined when the room answered, or null
 * @param call the call to it; null if no call could be made
 * @param ending how it ended; null until then
 */
public record ConferenceSnapshot(
        State state,
        String room,
        @Nullable String name,
        @Nullable Instant joined,
        Roster roster,
        @Nullable CallSnapshot call,
        @Nullable CallEnding ending) {
    /** The state of the user's stay in the room. */
    public enum State {
        JOINING,
        JOINED,
        ENDED
    }

    @Override
    public String toString() {
        return "ConferenceSnapshot[" + state + ", " + roster + ", redacted]";
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.conference;

import com.techpro.callclient.engine.call.CallEnding;
import com.techpro.callclient.engine.call.CallSnapshot;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A conference room that the user joined, at one moment. Immutable; prints without personal data.
 *
 * @param room its number or address, as it was joined or as the phone system named it
 * @param name what the phone system calls it, or null
 * @param joined when the room answered, or null
 * @param call null if no call could be made
 * @param ending null until it is over
 */
public record ConferenceSnapshot(
        State state,
        String room,
        @Nullable String name,
        @Nullable Instant joined,
        Roster roster,
        @Nullable CallSnapshot call,
        @Nullable CallEnding ending) {
    /** How far it has come. */
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

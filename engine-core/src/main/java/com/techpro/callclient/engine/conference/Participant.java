// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.conference;

import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.call.PartyIdentity;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A participant of a conference room, as its focus reports it. Prints without personal data.
 *
 * @param id identifies the participant within the conference
 * @param party the identity that the focus reports
 * @param caller who that is, as far as this device and the phone system know
 * @param self whether it is this account
 * @param present false while the focus is still calling it, or it is still calling in
 * @param since when it joined, or null if the focus does not report it
 * @param talking whether it is audible now; null for this account, and if the focus does not report
 *     it
 * @param muted whether the focus has muted it
 * @param onHold whether it has put the conference on hold
 */
public record Participant(
        String id,
        PartyIdentity party,
        Caller caller,
        boolean self,
        boolean present,
        @Nullable Instant since,
        @Nullable Boolean talking,
        boolean muted,
        boolean onHold) {
    public Participant {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(party, "party");
        Objects.requireNonNull(caller, "caller");
    }

    @Override
    public String toString() {
        return "Participant[redacted]";
    }
}

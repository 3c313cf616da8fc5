// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.conference;

import com.techpro.callclient.engine.call.Caller;
import com.techpro.callclient.engine.call.PartyIdentity;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Somebody in a conference room, as its focus tells. Prints without personal data.
 *
 * @param id names the participant within the conference
 * @param party as the focus names it
 * @param caller who that is, as far as this device and the phone system know
 * @param self whether it is this account
 * @param present false while the focus is still calling it, or it is calling in
 * @param since when it joined, or null where the focus does not say
 * @param talking whether it is heard now; null for oneself, and where the focus does not say
 * @param muted whether the focus lets nobody hear it
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

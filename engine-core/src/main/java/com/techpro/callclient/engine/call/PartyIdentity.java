// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A party of a call, as the phone system names it. Prints without personal data.
 *
 * @param displayName as given by the network, unverified, on one line, or null
 * @param user the extension or number, with the parameters of RFC 3966 that belong to it; empty if it is not known
 * @param domain the part after the at sign; empty for a bare telephone number
 * @param withheld whether this side asked not to be named (RFC 3323); then name and user are not given
 */
public record PartyIdentity(@Nullable String displayName, String user, String domain, boolean withheld) {
    public PartyIdentity(@Nullable String displayName, String user, String domain) {
        this(displayName, user, domain, false);
    }

    public PartyIdentity {
        Objects.requireNonNull(user, "user");
        Objects.requireNonNull(domain, "domain");
        if (withheld && (displayName != null || !user.isEmpty())) {
            throw new IllegalArgumentException("who is withheld has no name or number");
        }
    }

    /** A party that asked not to be named. */
    public static PartyIdentity anonymous(String domain) {
        return new PartyIdentity(null, "", domain, true);
    }

    @Override
    public String toString() {
        return "PartyIdentity[redacted]";
    }
}

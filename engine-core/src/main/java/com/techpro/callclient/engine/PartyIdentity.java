// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import org.jspecify.annotations.Nullable;

/**
 * The other side of a call, as the phone system names it. Prints without personal data.
 *
 * @param displayName as given by the network, unverified, or null
 * @param user the extension or number; empty where the caller is anonymous
 * @param domain the part after the at sign
 */
public record PartyIdentity(@Nullable String displayName, String user, String domain) {
    @Override
    public String toString() {
        return "PartyIdentity[redacted]";
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.internal.sip.message.NameAddr;
import com.techpro.callclient.engine.internal.sip.message.SipRequest;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whom the caller had called before the call was diverted here: the first entry of History-Info (RFC 7044 §10), or the last of Diversion,
 * whose first is the latest (RFC 5806 §3). Where both are there, History-Info is the newer standard (RFC 7544 §3).
 */
final class Diversions {
    private static final int MOST = 5;

    private Diversions() {}

    /**
     * @param own the user part of the account that is called
     * @return null if the caller called this account, or if who was called wants to stay unknown
     */
    static @Nullable PartyIdentity originallyCalled(SipRequest invite, String own) {
        List<NameAddr> history = CallerIdentity.addresses(invite, "History-Info");
        List<NameAddr> diversions = CallerIdentity.addresses(invite, "Diversion");
        NameAddr first = null;
        if (history.size() > 1) {
            first = earliest(history);
        } else if (!diversions.isEmpty()) {
            first = diversions.get(diversions.size() - 1);
            if (isPrivate(first.param("privacy"))) {
                return null;
            }
        }
        if (first == null || isPrivate(escapedPrivacy(first))) {
            return null;
        }
        PartyIdentity party = RemoteParty.of(first);
        boolean nobody =
                party.withheld() || party.user().isEmpty() || party.user().equals(own);
        return nobody ? null : party;
    }

    /** Whether the call came by this account before, or was diverted so often that it should stay. */
    static boolean isCircling(SipRequest invite, String own) {
        List<NameAddr> history = CallerIdentity.addresses(invite, "History-Info");
        List<NameAddr> diversions = CallerIdentity.addresses(invite, "Diversion");
        // The last entry of History-Info is where the call is now.
        return history.size() > MOST
                || diversions.size() >= MOST
                || diversions.stream().anyMatch(entry -> own.equals(entry.uri().user()))
                || history.stream()
                                .filter(entry -> own.equals(entry.uri().user()))
                                .count()
                        > 1;
    }

    /** By its index, because entries may come in any order in principle (RFC 7044 §5.1); 1 comes before 1.1 and 1.2. */
    private static NameAddr earliest(List<NameAddr> history) {
        for (NameAddr entry : history) {
            if ("1".equals(entry.param("index"))) {
                return entry;
            }
        }
        return history.get(0);
    }

    /** RFC 7044 §10.1.1: {@code <sip:office@example.com?Privacy=history>}. */
    private static @Nullable String escapedPrivacy(NameAddr entry) {
        for (Map.Entry<String, String> header : entry.uri().headers().entrySet()) {
            if (header.getKey().equalsIgnoreCase("Privacy")) {
                return header.getValue();
            }
        }
        return null;
    }

    private static boolean isPrivate(@Nullable String privacy) {
        if (privacy == null) {
            return false;
        }
        String asked = privacy.toLowerCase(Locale.ROOT);
        return !asked.equals("off") && !asked.equals("none") && !asked.equals("name");
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.party;

import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipMessage;
import com.techpro.callclient.stack.sip.message.SipParseException;
import com.techpro.callclient.stack.sip.message.SipRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Reads the caller from an INVITE, and later the connected party. The phone system asserts
 * P-Asserted-Identity (RFC 3325) and Remote-Party-ID (draft-ietf-sip-privacy-04), so these count
 * only over its own flow; From is the caller's own claim.
 *
 * <p>A caller who requests privacy in any of these ways gets it, unless {@code Privacy: none} says
 * otherwise (RFC 3323 §4.2).
 */
public final class CallerIdentity {
    private CallerIdentity() {}

    /**
     * @param trusted whether the request arrived over the flow of the account's own phone system
     */
    public static PartyIdentity of(SipRequest invite, boolean trusted) {
        Set<String> privacy = privacy(invite);
        String domain = invite.from().uri().host();
        if (wantsPrivacy(privacy)) {
            return PartyIdentity.anonymous(domain);
        }
        List<NameAddr> asserted = trusted ? addresses(invite, "P-Asserted-Identity") : List.of();
        NameAddr remote = trusted && asserted.isEmpty() ? remoteParty(invite, "calling") : null;
        if (remote != null && hides(remote, "full", "uri")) {
            return PartyIdentity.anonymous(domain);
        }
        if (RemoteParty.isAnonymous(invite.from().uri()) && !privacy.contains("none")) {
            return PartyIdentity.anonymous(domain);
        }
        PartyIdentity vouched = null;
        if (!asserted.isEmpty()) {
            vouched = asserted(asserted, invite.from());
        } else if (remote != null && !"no".equalsIgnoreCase(remote.param("screen"))) {
            vouched = RemoteParty.of(hides(remote, "name") ? NameAddr.of(remote.uri()) : remote);
        }
        return vouched == null || isNobody(vouched) ? RemoteParty.of(invite.from()) : vouched;
    }

    /**
     * Whether the party has no user and no name. A phone system may assert such an address in
     * click-to-dial calls.
     */
    private static boolean isNobody(PartyIdentity party) {
        return !party.withheld() && party.user().isEmpty() && party.displayName() == null;
    }

    /**
     * Returns the connected party according to a later message (RFC 5876): an UPDATE or INVITE in
     * the dialog, or a response to ours. Call it only for messages from the account's own phone
     * system. Both parties of Remote-Party-ID count, because some systems always write
     * {@code calling} in requests and others {@code called}.
     *
     * @return null if the message has no identity, or an address without a name or number
     */
    static @Nullable PartyIdentity connected(SipMessage message) {
        PartyIdentity party = said(message);
        return party == null || isNobody(party) ? null : party;
    }

    private static @Nullable PartyIdentity said(SipMessage message) {
        NameAddr said = message instanceof SipRequest ? message.from() : message.to();
        List<NameAddr> asserted = addresses(message, "P-Asserted-Identity");
        NameAddr remote = asserted.isEmpty() ? remoteParty(message, "calling", "called") : null;
        if (asserted.isEmpty() && remote == null) {
            return null;
        }
        Set<String> privacy = privacy(message);
        boolean unnamed = RemoteParty.isAnonymous(said.uri()) && !privacy.contains("none");
        if (wantsPrivacy(privacy) || unnamed || (remote != null && hides(remote, "full", "uri"))) {
            return PartyIdentity.anonymous(said.uri().host());
        }
        if (remote == null) {
            return asserted(asserted, said);
        }
        return RemoteParty.of(hides(remote, "name") ? NameAddr.of(remote.uri()) : remote);
    }

    private static boolean wantsPrivacy(Set<String> privacy) {
        return privacy.contains("id") || privacy.contains("user") || privacy.contains("full");
    }

    /**
     * Chooses from the asserted addresses: there may be a SIP address and a telephone number (RFC
     * 3325 §9.1). The name may be in either, or only in From.
     */
    private static PartyIdentity asserted(List<NameAddr> asserted, NameAddr from) {
        PartyIdentity chosen = null;
        String name = null;
        for (NameAddr address : asserted) {
            PartyIdentity party = RemoteParty.of(address);
            if (party.withheld()) {
                return party;
            }
            name = name == null ? party.displayName() : name;
            if (chosen == null || (!isNumber(chosen.user()) && isNumber(party.user()))) {
                chosen = party;
            }
        }
        PartyIdentity said = RemoteParty.of(from);
        PartyIdentity who = chosen == null ? said : chosen;
        if (name == null && said.user().equals(who.user())) {
            name = said.displayName();
        }
        return new PartyIdentity(name, who.user(), who.domain());
    }

    private static boolean isNumber(String user) {
        return !user.isEmpty() && user.chars().allMatch(c -> (c >= '0' && c <= '9') || c == '+');
    }

    private static @Nullable NameAddr remoteParty(SipMessage message, String... parties) {
        for (NameAddr address : addresses(message, "Remote-Party-ID")) {
            String party = address.param("party");
            if (party == null || List.of(parties).contains(party.toLowerCase(Locale.ROOT))) {
                return address;
            }
        }
        return null;
    }

    private static boolean hides(NameAddr remote, String... what) {
        String privacy = remote.param("privacy");
        if (privacy == null) {
            return false;
        }
        List<String> asked = List.of(privacy.toLowerCase(Locale.ROOT).split("[-;, ]+", -1));
        for (String one : what) {
            if (asked.contains(one)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Reads Privacy: values are separated by semicolons (RFC 3323 §4.2), but many senders use
     * commas.
     */
    private static Set<String> privacy(SipMessage message) {
        Set<String> values = new HashSet<>();
        for (String header : message.headers("Privacy")) {
            for (String value : header.toLowerCase(Locale.ROOT).split("[;,]", -1)) {
                values.add(value.trim());
            }
        }
        return values;
    }

    /** Returns the addresses that can be parsed; others are ignored. */
    static List<NameAddr> addresses(SipMessage message, String header) {
        List<NameAddr> addresses = new ArrayList<>(2);
        for (String value : message.headers(header)) {
            try {
                addresses.add(NameAddr.parse(value));
            } catch (SipParseException e) {
                // Other values may still identify the party.
            }
        }
        return addresses;
    }
}

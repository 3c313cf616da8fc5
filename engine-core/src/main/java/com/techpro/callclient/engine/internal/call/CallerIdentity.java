// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.engine.internal.sip.message.NameAddr;
import com.techpro.callclient.engine.internal.sip.message.SipMessage;
import com.techpro.callclient.engine.internal.sip.message.SipParseException;
import com.techpro.callclient.engine.internal.sip.message.SipRequest;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Who is calling, from an INVITE, and with whom one is connected later on. The phone system vouches for P-Asserted-Identity (RFC 3325) and Remote-Party-ID
 * (draft-ietf-sip-privacy-04), so they count only over its own flow; From is what the caller says. Whoever asks for privacy gets it, by
 * whichever of the ways there are, unless the caller says in so many words that there is none to keep (RFC 3323 §4.2).
 */
final class CallerIdentity {
    private CallerIdentity() {}

    /** @param trusted whether the request came over the flow of the account's own phone system */
    static PartyIdentity of(SipRequest invite, boolean trusted) {
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

    /** A phone system that calls by itself, to connect two by a click, may vouch for an address without a user. */
    private static boolean isNobody(PartyIdentity party) {
        return !party.withheld() && party.user().isEmpty() && party.displayName() == null;
    }

    /**
     * Whom one is connected with by now, as a later message says (RFC 5876): an UPDATE or INVITE within the dialog, or a response to ours. To
     * be asked only about what came over the flow of the account's own phone system. Both parties that Remote-Party-ID knows are meant: some say
     * calling in a request whoever called, others called.
     *
     * @return null if it does not say, or says an address without a name or a number
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

    /** There may be a SIP address and a telephone number (RFC 3325 §9.1); the name may stand at either, or in From alone. */
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

    /** RFC 3323 §4.2: values separated by semicolons; commas are what many send. */
    private static Set<String> privacy(SipMessage message) {
        Set<String> values = new HashSet<>();
        for (String header : message.headers("Privacy")) {
            for (String value : header.toLowerCase(Locale.ROOT).split("[;,]", -1)) {
                values.add(value.trim());
            }
        }
        return values;
    }

    /** Those that can be read; one that cannot is as good as absent. */
    static List<NameAddr> addresses(SipMessage message, String header) {
        List<NameAddr> addresses = new ArrayList<>(2);
        for (String value : message.headers(header)) {
            try {
                addresses.add(NameAddr.parse(value));
            } catch (SipParseException e) {
                // The others may still say who it is.
            }
        }
        return addresses;
    }
}

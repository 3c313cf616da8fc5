// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.party;

import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipParseException;
import com.techpro.callclient.stack.sip.message.SipRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Finds the party that the caller called before the call was diverted here. It is the first entry
 * of History-Info (RFC 7044 §10), or the last of Diversion, which lists the latest first (RFC 5806
 * §3).
 *
 * <p>If both are present, History-Info is the newer standard (RFC 7544 §3), unless it only shows
 * how the call reached this account. Dialplans write Diversion by hand, so bare numbers are
 * accepted and malformed parameters ignored.
 */
public final class Diversions {
    private static final int MOST = 5;
    private static final Pattern SCHEME = Pattern.compile("(sips?|tel):.*", Pattern.CASE_INSENSITIVE);
    private static final Pattern PRIVACY = Pattern.compile("; *privacy *= *\"?([a-z]++)", Pattern.CASE_INSENSITIVE);

    private Diversions() {}

    /**
     * @param own the user part of the called account
     * @return null if the caller called this account, or the original party wants privacy
     */
    public static @Nullable PartyIdentity originallyCalled(SipRequest invite, String own) {
        List<NameAddr> history = CallerIdentity.addresses(invite, "History-Info");
        List<NameAddr> diversions = diversions(invite);
        NameAddr first = history.size() > 1 ? earliest(history) : null;
        if (!diversions.isEmpty() && (first == null || isOpenly(first, own))) {
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

    /**
     * Whether the call passed this account before, or was diverted too often to be forwarded again.
     */
    public static boolean isCircling(SipRequest invite, String own) {
        List<NameAddr> history = CallerIdentity.addresses(invite, "History-Info");
        List<NameAddr> diversions = diversions(invite);
        // The last entry of History-Info is the call's current target.
        return history.size() > MOST
                || diversions.size() >= MOST
                || diversions.stream().anyMatch(entry -> own.equals(entry.uri().user()))
                || history.stream()
                                .filter(entry -> own.equals(entry.uri().user()))
                                .count()
                        > 1;
    }

    private static boolean isOpenly(NameAddr entry, String user) {
        return user.equals(entry.uri().user()) && !isPrivate(escapedPrivacy(entry));
    }

    private static List<NameAddr> diversions(SipRequest invite) {
        List<NameAddr> diversions = new ArrayList<>(1);
        for (String value : invite.headers("Diversion")) {
            NameAddr entry = parse(value);
            entry = entry == null ? parse(mended(value, invite.from().uri().host())) : entry;
            if (entry != null) {
                diversions.add(entry);
            }
        }
        return diversions;
    }

    private static @Nullable NameAddr parse(String value) {
        try {
            return NameAddr.parse(value);
        } catch (SipParseException e) {
            return null;
        }
    }

    /**
     * Repairs a malformed entry: returns its address and its privacy value. Examples: {@code 1002},
     * {@code <1002>;reason=time of day}.
     */
    private static String mended(String value, String domain) {
        int open = value.lastIndexOf('<');
        int close = value.indexOf('>', open + 1);
        if (open >= 0 && close < 0) {
            return "";
        }
        int end = open >= 0 ? close : value.indexOf(';');
        String address =
                value.substring(open + 1, end < 0 ? value.length() : end).trim();
        if (!SCHEME.matcher(address).matches()) {
            address = "sip:" + address + (address.indexOf('@') < 0 ? "@" + domain : "");
        }
        Matcher privacy = PRIVACY.matcher(value);
        return "<" + address + ">" + (privacy.find() ? ";privacy=" + privacy.group(1) : "");
    }

    /**
     * Finds the first entry by its index, because entries may arrive in any order (RFC 7044 §5.1);
     * 1 comes before 1.1 and 1.2.
     */
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

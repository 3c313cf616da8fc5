// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.party;

import com.techpro.callclient.engine.call.PartyIdentity;
import com.techpro.callclient.stack.sip.message.ForeignText;
import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipUri;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Converts an address to the identity of a party. */
public final class RemoteParty {
    /** The user part of callers that want privacy (RFC 3323 §4.1.1.3). */
    private static final String ANONYMOUS = "anonymous";

    private static final String ANONYMOUS_DOMAIN = "anonymous.invalid";

    /**
     * The domain that a gateway writes if it got no number (3GPP TS 29.163 §7.2.3.1.2.6); this is
     * not a request for privacy.
     */
    private static final String UNKNOWN_DOMAIN = "unknown.invalid";

    private static final int LONGEST_NAME = 80;

    private RemoteParty() {}

    public static PartyIdentity of(NameAddr address) {
        SipUri uri = address.uri();
        String user = uri.user();
        if (isAnonymous(uri)) {
            return PartyIdentity.anonymous(uri.host());
        }
        if (user == null || uri.host().equals(UNKNOWN_DOMAIN)) {
            return new PartyIdentity(name(address.displayName()), "", uri.host());
        }
        return new PartyIdentity(name(address.displayName()), subscriber(uri, user), uri.host());
    }

    static boolean isAnonymous(SipUri uri) {
        return uri.host().equals(ANONYMOUS_DOMAIN) || ANONYMOUS.equalsIgnoreCase(uri.user());
    }

    /**
     * Returns the subscriber part of a telephone number (RFC 3966 §3): without visual separators,
     * with extension and context. The user part of a SIP address may be such a number (RFC 3261
     * §19.1.6), with or without {@code user=phone}.
     */
    private static String subscriber(SipUri uri, String user) {
        int semicolon = user.indexOf(';');
        String number = semicolon < 0 ? user : user.substring(0, semicolon);
        boolean telephone = uri.scheme().equals("tel") || "phone".equalsIgnoreCase(uri.param("user"));
        if (!telephone && !number.startsWith("+")) {
            return user;
        }
        StringBuilder subscriber = new StringBuilder(number.replaceAll("[-.() ]", ""));
        if (uri.scheme().equals("tel")) {
            for (Map.Entry<String, String> parameter : uri.params().entrySet()) {
                append(subscriber, parameter.getKey(), parameter.getValue());
            }
        } else if (semicolon >= 0) {
            for (String parameter : user.substring(semicolon + 1).split(";", -1)) {
                int equals = parameter.indexOf('=');
                if (equals > 0) {
                    append(subscriber, parameter.substring(0, equals), parameter.substring(equals + 1));
                }
            }
        }
        return subscriber.toString();
    }

    private static void append(StringBuilder subscriber, String name, String value) {
        String lower = name.toLowerCase(Locale.ROOT);
        if ((lower.equals("ext") || lower.equals("phone-context")) && !value.isEmpty()) {
            subscriber.append(';').append(lower).append('=').append(value.replaceAll("[-()]", ""));
        }
    }

    private static @Nullable String name(@Nullable String given) {
        if (given == null) {
            return null;
        }
        String clean = ForeignText.clean(given, LONGEST_NAME);
        return clean.isEmpty() ? null : clean;
    }
}

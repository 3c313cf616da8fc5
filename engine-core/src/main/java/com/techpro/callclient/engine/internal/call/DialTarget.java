// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.internal.sip.message.SipParseException;
import com.techpro.callclient.engine.internal.sip.message.SipUri;
import java.util.Locale;

/** What a user types to call somebody, as an address. */
public final class DialTarget {
    private DialTarget() {}

    /**
     * A whole {@code sip:}, {@code sips:} or {@code tel:} address; a name or number with an at sign; or one of the account's own domain.
     * Numbers may be written with the usual separators (RFC 3966 §5.1.1).
     *
     * @throws IllegalArgumentException if it cannot be an address; the message does not repeat it
     */
    public static SipUri parse(String text, String domain) {
        String target = text.trim();
        String lower = target.toLowerCase(Locale.ROOT);
        if (target.isEmpty() || target.length() > 255) {
            throw new IllegalArgumentException("nothing to dial");
        }
        try {
            if (lower.startsWith("sip:") || lower.startsWith("sips:")) {
                return checked(SipUri.parse(target));
            }
            if (lower.startsWith("tel:")) {
                target = target.substring(4);
            }
            if (target.indexOf('@') >= 0) {
                return checked(SipUri.parse("sip:" + target));
            }
            String user = withoutSeparators(target);
            if (user.isEmpty() || user.chars().anyMatch(c -> c <= ' ' || c == ':')) {
                throw new IllegalArgumentException("not a name or number that can be dialled");
            }
            return SipUri.of("sip", user, domain, 0);
        } catch (SipParseException e) {
            throw new IllegalArgumentException("not an address that can be dialled", e);
        }
    }

    private static SipUri checked(SipUri uri) {
        String user = uri.user();
        if (user == null || user.isEmpty()) {
            throw new IllegalArgumentException("an address to dial names somebody");
        }
        return uri.withoutHeaders();
    }

    /** Of a number only: in a name, a dash may be meant. */
    private static String withoutSeparators(String target) {
        boolean number = target.chars().allMatch(c -> (c >= '0' && c <= '9') || "+*#-.() /".indexOf(c) >= 0);
        return number ? target.replaceAll("[-.() /]", "") : target;
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.routing;

import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipParseException;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.SipUri;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The history of a forwarded call.
 *
 * @param number its present target
 * @param history previous targets: entries of History-Info (RFC 7044), with {@code @} for the
 *     domain
 * @param hops how often it was forwarded
 * @param last the previous target, or empty
 * @param cause why it was forwarded, as numbered by RFC 4458
 */
record Forwarded(String number, String history, int hops, String last, int cause) {
    Forwarded(String number, String history, int hops) {
        this(number, history, hops, "", 0);
    }

    /** @param why 302: always, 486: busy, 408: no answer */
    Forwarded to(String next, int why) {
        String entry = history.isEmpty() ? "<sip:" + number + "@@>;index=1" : history;
        String index = "1" + ".1".repeat(hops + 1);
        return new Forwarded(
                next, entry + ", <sip:" + next + "@@;cause=" + why + ">;index=" + index, hops + 1, number, why);
    }

    /** Returns the number in that domain to which a 3xx redirects; null if there is none. */
    static @Nullable String targetOf(SipResponse moved, String domain) {
        List<String> contacts = moved.headers("Contact");
        try {
            SipUri uri =
                    contacts.isEmpty() ? null : NameAddr.parse(contacts.get(0)).uri();
            return uri != null && uri.host().equalsIgnoreCase(domain) ? uri.user() : null;
        } catch (SipParseException e) {
            return null;
        }
    }

    /** Returns the cause of a 3xx as numbered by RFC 4458, from its Diversion (RFC 5806). */
    static int causeOf(SipResponse moved) {
        String diversion = String.join(",", moved.headers("Diversion"));
        if (diversion.contains("reason=no-answer")) {
            return 408;
        }
        return diversion.contains("reason=user-busy") || diversion.contains("reason=do-not-disturb") ? 486 : 302;
    }

    /**
     * Returns the headers for the callee: Diversion (RFC 5806) and History-Info.
     *
     * @param byDialplan whether to imitate a dialplan that writes Diversion by hand
     */
    Map<String, String> headers(String domain, boolean byDialplan) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (hops > 0 && byDialplan) {
            headers.put("Diversion", "<" + last + ">;reason=sent on");
        } else if (hops > 0) {
            String reason = cause == 302 ? "unconditional" : cause == 486 ? "user-busy" : "no-answer";
            headers.put("Diversion", "<sip:" + last + "@" + domain + ">;reason=" + reason + ";counter=" + hops);
            headers.put("History-Info", history.replace("@@", "@" + domain));
        }
        return headers;
    }

    @Override
    public String toString() {
        return "Forwarded[redacted]";
    }
}

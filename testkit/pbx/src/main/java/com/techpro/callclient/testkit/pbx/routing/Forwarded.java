// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.routing;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The way of a call that was forwarded.
 *
 * @param number where it is now
 * @param history of where it was: entries as of History-Info (RFC 7044), with {@code @} for the domain
 * @param hops how often it was forwarded
 * @param last where it was before, or empty
 * @param cause why it went on from there, as RFC 4458 numbers it
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

    /** What whoever is called reads of it: Diversion (RFC 5806) and History-Info. */
    Map<String, String> headers(String domain) {
        Map<String, String> headers = new LinkedHashMap<>();
        if (hops > 0) {
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

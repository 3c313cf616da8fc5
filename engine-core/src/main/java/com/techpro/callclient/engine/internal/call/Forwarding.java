// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.internal.sip.message.SipRequest;
import com.techpro.callclient.engine.internal.sip.message.SipResponse;
import com.techpro.callclient.engine.internal.sip.message.SipUri;
import java.util.List;

/**
 * Whom a caller is sent on to, and why.
 *
 * @param from the account that does it
 */
record Forwarding(SipUri target, SipUri from, Reason reason) {
    /** As RFC 5806 §10.1 and its successors word it. */
    enum Reason {
        ALWAYS("unconditional"),
        BUSY("user-busy"),
        DO_NOT_DISTURB("do-not-disturb"),
        UNANSWERED("no-answer"),
        /** By the user, while it rang. */
        DEFLECTION("deflection");

        private final String word;

        Reason(String word) {
            this.word = word;
        }
    }

    /** Makes a 302 of the response: where to, and by whom it was diverted, the latest first (RFC 5806 §9). */
    void write(SipRequest invite, SipResponse.Builder response) {
        List<String> earlier = invite.headers("Diversion");
        response.set("Contact", "<" + target.encode() + ">");
        response.set("Diversion", "<" + from.encode() + ">;reason=" + reason.word + ";counter=1");
        earlier.forEach(diversion -> response.add("Diversion", diversion));
    }

    @Override
    public String toString() {
        return "Forwarding[" + reason.word + "]";
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.machine;

import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.SipUri;
import java.util.List;

/**
 * Where a caller is forwarded, and why.
 *
 * @param from the account that forwards
 */
public record Forwarding(SipUri target, SipUri from, Reason reason) {
    /** The reason, in the words of RFC 5806 §10.1 and its successors. */
    public enum Reason {
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

    /** Fills in the 302: the target, and the diversions with the latest first (RFC 5806 §9). */
    public void write(SipRequest invite, SipResponse.Builder response) {
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

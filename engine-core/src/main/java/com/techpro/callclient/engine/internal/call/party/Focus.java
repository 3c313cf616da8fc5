// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.party;

import com.techpro.callclient.stack.sip.SipEndpoint;
import com.techpro.callclient.stack.sip.SipStack;
import com.techpro.callclient.stack.sip.message.SipUri;

/**
 * The conference focus at the far end of a call (RFC 4579 §5.1).
 *
 * @param stack the account's SIP stack
 * @param endpoint the account that is in the conference
 * @param conference the conference's address
 */
public record Focus(SipStack stack, SipEndpoint endpoint, SipUri conference) {
    @Override
    public String toString() {
        return "Focus[redacted]";
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.PartyIdentity;
import com.techpro.callclient.engine.internal.sip.message.NameAddr;
import com.techpro.callclient.engine.internal.sip.message.SipUri;

/** The other side of a call, from its address. */
final class Party {
    /** RFC 3323 §4.1.1.3: who wants to stay unknown calls from here. */
    private static final String ANONYMOUS_DOMAIN = "anonymous.invalid";

    private Party() {}

    static PartyIdentity of(NameAddr address) {
        SipUri uri = address.uri();
        String user = uri.user();
        if (user == null || uri.host().equalsIgnoreCase(ANONYMOUS_DOMAIN)) {
            return new PartyIdentity(null, "", uri.host());
        }
        return new PartyIdentity(address.displayName(), user, uri.host());
    }
}

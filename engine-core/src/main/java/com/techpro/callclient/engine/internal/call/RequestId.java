// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call;

import com.techpro.callclient.engine.internal.sip.message.SipRequest;

/**
 * Names an INVITE or UPDATE of the other side that waits for its answer: the input that brings it and the effect that answers it have
 * the same one.
 *
 * @param method INVITE or UPDATE
 * @param number tells it apart from the call's other requests; theirs, as they choose it, need not
 * @param remoteTag names the dialog it came in: of an outgoing call that forked there are several (RFC 3261 §12.1.2)
 */
record RequestId(String method, int number, String remoteTag) {
    /** The INVITE that began the call. */
    static RequestId first(SipRequest invite) {
        String tag = invite.from().tag();
        return new RequestId("INVITE", 0, tag == null ? "" : tag);
    }
}

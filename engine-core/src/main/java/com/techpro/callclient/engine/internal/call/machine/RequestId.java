// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.machine;

import com.techpro.callclient.stack.sip.message.SipRequest;

/**
 * Identifies an INVITE or UPDATE of the far end that waits for its answer. The input that reports
 * it and the effect that answers it carry the same id.
 *
 * @param method INVITE or UPDATE
 * @param number unique within the call, unlike the far end's own CSeq
 * @param remoteTag of the dialog; an outgoing call that forked has several (RFC 3261 §12.1.2)
 */
public record RequestId(String method, int number, String remoteTag) {
    public static RequestId of(SipRequest request, int number) {
        String tag = request.from().tag();
        return new RequestId(request.method(), number, tag == null ? "" : tag);
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip.dialog;

import com.techpro.callclient.engine.internal.sip.message.SipMessage;
import org.jspecify.annotations.Nullable;

/**
 * What a dialog is known by on this side (RFC 3261 §12).
 *
 * @param remoteTag empty for a peer of RFC 2543 times, which has none
 */
public record DialogId(String callId, String localTag, String remoteTag) {
    /** The dialog that a received request belongs to: our tag is in To. */
    public static DialogId ofReceivedRequest(SipMessage request) {
        return new DialogId(
                request.callId(), text(request.to().tag()), text(request.from().tag()));
    }

    /** The dialog that a received response belongs to: our tag is in From. */
    public static DialogId ofReceivedResponse(SipMessage response) {
        return new DialogId(
                response.callId(),
                text(response.from().tag()),
                text(response.to().tag()));
    }

    private static String text(@Nullable String tag) {
        return tag == null ? "" : tag;
    }

    /** Redacted: a Call-ID can name a host. */
    @Override
    public String toString() {
        return "DialogId[redacted]";
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.dialog;

import com.techpro.callclient.stack.sip.message.SipMessage;
import java.util.Comparator;
import org.jspecify.annotations.Nullable;

/**
 * Identifies a dialog on this side (RFC 3261 §12).
 *
 * @param remoteTag empty for an RFC 2543 peer, which has no tag
 */
public record DialogId(String callId, String localTag, String remoteTag) implements Comparable<DialogId> {
    private static final Comparator<DialogId> ORDER = Comparator.comparing(DialogId::callId)
            .thenComparing(DialogId::localTag)
            .thenComparing(DialogId::remoteTag);

    /** An order of no meaning: a map finds one among many Call-IDs of the same hash by it. */
    @Override
    public int compareTo(DialogId other) {
        return ORDER.compare(this, other);
    }

    /** Returns the dialog of a received request: our tag is in To. */
    public static DialogId ofReceivedRequest(SipMessage request) {
        return new DialogId(
                request.callId(), text(request.to().tag()), text(request.from().tag()));
    }

    /** Returns the dialog of a received response: our tag is in From. */
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

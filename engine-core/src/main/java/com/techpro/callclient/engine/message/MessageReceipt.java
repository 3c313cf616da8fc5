// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.message;

import com.techpro.callclient.engine.call.PartyIdentity;

/**
 * A receipt of the other side for a text that was sent to it (RFC 5438). It carries no proof: it is
 * as trustworthy as the sender's identity that the phone system reports. Prints without personal
 * data.
 *
 * @param messageId the {@link MessageOutcome#id} of the text
 * @param from the sender of the receipt
 */
public record MessageReceipt(String messageId, PartyIdentity from, Status status) {
    /** The status of the text. */
    public enum Status {
        DELIVERED,
        NOT_DELIVERED,
        DISPLAYED,
        /** The other side does not report it, or does not know. */
        UNKNOWN
    }

    @Override
    public String toString() {
        return "MessageReceipt[" + status + ", redacted]";
    }
}

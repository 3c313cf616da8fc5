// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.message;

import com.techpro.callclient.engine.call.PartyIdentity;

/**
 * What the other side tells of a text that was sent to it (RFC 5438). Nothing proves it: it is as good as the phone system's word for who
 * sends it. Prints without personal data.
 *
 * @param messageId {@link MessageOutcome#id} of the text
 * @param from who tells
 */
public record MessageReceipt(String messageId, PartyIdentity from, Status status) {
    /** What became of the text. */
    public enum Status {
        DELIVERED,
        NOT_DELIVERED,
        DISPLAYED,
        /** The other side does not tell, or does not know. */
        UNKNOWN
    }

    @Override
    public String toString() {
        return "MessageReceipt[" + status + ", redacted]";
    }
}

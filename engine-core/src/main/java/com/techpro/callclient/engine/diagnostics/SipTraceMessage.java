// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.diagnostics;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import java.time.Instant;

/**
 * One SIP message as it was received or sent. Unless the lab's switch for raw messages is on, it names nobody: users, hosts, tags and Call-IDs
 * are pseudonyms which are the same for the same value throughout one client's life, and cannot be turned back. Header values that are not on
 * the redactor's list, credentials, keys and bodies other than SDP are left out. Prints without the message's text.
 *
 * @param time by the engine's wall clock, when it was taken from the connection, or given to it
 * @param flow numbers the connection, or the pair of UDP addresses, within the client
 * @param callId names the call: the Call-ID, where it is random and nothing else, or a pseudonym of it; empty if the message has none
 * @param summary the method, or status and method, such as {@code INVITE} and {@code 486 INVITE}; {@code ?} for what cannot be read
 * @param text the message with line feeds between its lines
 * @param redacted false if the text is what went over the wire, with everybody's names, numbers and digest answers
 */
public record SipTraceMessage(
        Instant time,
        Direction direction,
        long flow,
        SipTransport transport,
        String callId,
        String summary,
        String text,
        boolean redacted) {
    /** Seen from this device. */
    public enum Direction {
        RECEIVED,
        SENT
    }

    @Override
    public String toString() {
        return "SipTraceMessage[" + time + " " + direction + " " + summary + " flow " + flow + " " + transport
                + " call " + (redacted ? callId : "redacted") + "]";
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.trace;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import java.time.Instant;

/**
 * A SIP message as it was received or sent. Unless the lab switch for raw messages is on, it
 * identifies nobody. Users, hosts, tags and Call-IDs are replaced by pseudonyms, which stay the
 * same throughout one client's life and cannot be reversed. Header values that are not on the
 * redactor's list, credentials, keys and bodies other than SDP are left out. Prints without the
 * message's text.
 *
 * @param time when it was received from the connection, or passed to it, by the engine's wall clock
 * @param flow the number of the connection, or pair of UDP addresses, within the client
 * @param callId the Call-ID if it is purely random, or a pseudonym of it; empty if the message has
 *     none
 * @param summary the method, or status and method, such as {@code INVITE} and {@code 486 INVITE};
 *     {@code ?} if it cannot be parsed
 * @param text the message, with line feeds between its lines
 * @param redacted false if the text is what went over the wire, including names, numbers and digest
 *     responses
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
    /** The direction, seen from this device. */
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

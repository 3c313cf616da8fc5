// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.people;

/** How a call of the history went. */
public enum CallOutcome {
    ANSWERED,
    /** Incoming, and nobody took it. */
    MISSED,
    /** Turned away: incoming by the user, outgoing by the other side. */
    DECLINED,
    /** Outgoing: the other side was busy. */
    BUSY,
    /** Outgoing: it rang until the time was up. */
    NO_ANSWER,
    /** Incoming: another phone of the user took it. */
    ANSWERED_ELSEWHERE,
    /** Incoming: its caller was sent on to somebody else from here. */
    FORWARDED,
    /** Outgoing: the user gave up. */
    CANCELLED,
    /** It could not be made, or not received; the reason tells why. */
    FAILED
}

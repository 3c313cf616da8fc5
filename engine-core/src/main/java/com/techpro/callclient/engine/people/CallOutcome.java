// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.people;

/** The outcome of a call in the history. */
public enum CallOutcome {
    ANSWERED,
    /** Incoming: it was not answered. */
    MISSED,
    /** Rejected: an incoming call by the user, an outgoing call by the other side. */
    DECLINED,
    /** Outgoing: the other side was busy. */
    BUSY,
    /** Outgoing: it rang until the time-out. */
    NO_ANSWER,
    /** Incoming: another phone of the user answered it. */
    ANSWERED_ELSEWHERE,
    /** Incoming: this client forwarded it. */
    FORWARDED,
    /** Outgoing: the user cancelled it. */
    CANCELLED,
    /** It could not be placed or received; the reason tells why. */
    FAILED
}

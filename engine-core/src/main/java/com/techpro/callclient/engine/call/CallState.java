// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

/** How far a call has come. States only ever advance in this order; which of the first three a call starts in is its direction. */
public enum CallState {
    /** Outgoing: the phone system was asked, nobody is called yet. */
    DIALLING,
    /** Outgoing: the other phone rings, or there is early media. */
    RINGING_OUT,
    /** Incoming: it rings here. */
    INCOMING,
    /** Answered, and the two sides are finishing the handshake. */
    CONNECTING,
    /** The parties can talk, unless {@link HoldState} says otherwise. */
    ESTABLISHED,
    /** Over; {@link CallSnapshot#ending} tells why. */
    ENDED
}

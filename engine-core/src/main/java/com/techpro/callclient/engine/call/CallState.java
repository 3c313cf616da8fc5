// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

/**
 * The state of a call. The direction decides which of the first three a call starts in. States advance in this order,
 * with one exception: {@link #RINGING_OUT} returns to {@link #DIALLING} when the device changes its network, as the
 * INVITE is sent again.
 */
public enum CallState {
    /** Outgoing: dialled, and no phone rings yet. */
    DIALLING,
    /** Outgoing: the other phone rings, or there is early media. */
    RINGING_OUT,
    /** Incoming: it rings here. */
    INCOMING,
    /** Answered; the two sides are finishing the handshake. */
    CONNECTING,
    /** The two sides can talk, unless {@link HoldState} says otherwise. */
    ESTABLISHED,
    /** Ended; {@link CallSnapshot#ending} tells why. */
    ENDED
}

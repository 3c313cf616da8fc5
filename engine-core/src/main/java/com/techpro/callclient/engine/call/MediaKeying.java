// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

/** How the two sides of a call came by the keys that protect its sound. */
public enum MediaKeying {
    /** There are none: the sound is clear, in a lab. */
    NONE,
    /** They are in the descriptions that the signalling carries (SDES, RFC 4568), so whoever the signalling passes through has them too. */
    SDES,
    /** A handshake on the sound's own way makes them (DTLS-SRTP, RFC 5763); until it is done, no sound goes either way. */
    DTLS
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

/** The method by which the two sides agreed on the keys that protect their media. */
public enum MediaKeying {
    /** No keys: the media is not encrypted, in a lab. */
    NONE,
    /**
     * The keys are in the SDP that the signalling carries (SDES, RFC 4568), so every server on the signalling path has
     * them.
     */
    SDES,
    /**
     * A handshake on the media path makes the keys (DTLS-SRTP, RFC 5763); until it is done, no sound goes either way.
     */
    DTLS
}

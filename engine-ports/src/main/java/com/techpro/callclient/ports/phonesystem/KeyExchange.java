// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.phonesystem;

/** How the two ends of a call agree on their SRTP keys. */
public enum KeyExchange {
    /**
     * The signalling carries the keys (RFC 4568). Every server that relays it knows them, so the
     * signalling must be encrypted itself.
     */
    SDES,
    /**
     * A handshake on the media path creates the keys (RFC 5763). The signalling carries the
     * fingerprint of the certificate that the peer must present.
     */
    DTLS
}

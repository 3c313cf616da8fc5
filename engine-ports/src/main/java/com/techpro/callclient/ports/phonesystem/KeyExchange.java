// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.phonesystem;

/** How the two ends of a call come by the keys of their SRTP. */
public enum KeyExchange {
    /** The signalling carries them (RFC 4568): whoever relays it knows them, so it has to be encrypted itself. */
    SDES,
    /** A handshake on the way of the media makes them (RFC 5763); the signalling carries a fingerprint of who may take part in it. */
    DTLS
}

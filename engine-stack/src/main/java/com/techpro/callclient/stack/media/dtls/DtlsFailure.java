// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.dtls;

/** Why a handshake gave no keys. */
public enum DtlsFailure {
    /**
     * The other side's certificate is not the signalled one, or it presented none (RFC 5763
     * §6.7.1).
     */
    FINGERPRINT,
    /**
     * The other side's certificate is the signalled one, but its key can be broken: RSA below 2,048
     * bits, an elliptic curve below 224.
     */
    WEAK_KEY,
    /** No common SRTP protection profile (RFC 5764 §4.1.2), or an MKI that was not offered. */
    SRTP_PROFILE,
    /**
     * An alert of the other side ended the handshake; or an alert in clear text came, and the
     * {@link DtlsHandshake#DEADLINE} passed.
     */
    REFUSED,
    /**
     * The other side violates the protocol, or there is no common version, cipher suite or curve.
     */
    PROTOCOL,
    /** The handshake was not done within {@link DtlsHandshake#DEADLINE}. */
    TIMEOUT,
    /** The maximum number of handshakes is in progress. */
    TOO_MANY
}

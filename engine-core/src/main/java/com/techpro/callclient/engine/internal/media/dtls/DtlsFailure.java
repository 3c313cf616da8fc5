// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media.dtls;

/** Why a handshake gave no keys. */
public enum DtlsFailure {
    /** The other side's certificate is not the one its signalling told of, or it showed none (RFC 5763 §6.7.1). */
    FINGERPRINT,
    /** The other side's certificate is the one its signalling told of, and its key can be broken: RSA below 2,048 bits, an elliptic curve below 224. */
    WEAK_KEY,
    /** No SRTP protection profile that both would use (RFC 5764 §4.1.2), or an MKI that was not offered. */
    SRTP_PROFILE,
    /** An alert of the other side ended the handshake; or one came in clear text, and then the {@link DtlsHandshake#DEADLINE}. */
    REFUSED,
    /** The other side breaks the protocol, or there is no version, cipher suite or curve in common. */
    PROTOCOL,
    /** The handshake was not done within {@link DtlsHandshake#DEADLINE}. */
    TIMEOUT,
    /** As many handshakes as may be are in hand. */
    TOO_MANY
}

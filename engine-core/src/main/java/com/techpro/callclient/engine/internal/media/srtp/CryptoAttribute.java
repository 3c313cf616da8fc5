// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media.srtp;

/** The outcome of reading the value of an SDP {@code a=crypto} attribute (RFC 4568 §9.1). */
public sealed interface CryptoAttribute {
    /** The tag, or -1 if not even that is readable. */
    int tag();

    /** One we can use. */
    record Usable(int tag, SrtpKeys keys) implements CryptoAttribute {}

    /** One to pass over. */
    record Unusable(int tag, Problem problem) implements CryptoAttribute {}

    /** Why an attribute is passed over. */
    enum Problem {
        MALFORMED,
        UNKNOWN_SUITE,
        /** The key and salt are not of the suite's length. */
        KEY_LENGTH,
        /** More than 2^48 packets, or none. */
        LIFETIME,
        /** Master key identifiers, or several keys. */
        MKI,
        /** A parameter that weakens protection: UNENCRYPTED_SRTP and its like. */
        WEAKENED,
        /** A mandatory session parameter we do not know. */
        UNKNOWN_PARAMETER
    }
}

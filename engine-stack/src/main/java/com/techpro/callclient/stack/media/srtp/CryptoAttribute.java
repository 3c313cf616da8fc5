// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.srtp;

/** The result of parsing an SDP {@code a=crypto} attribute (RFC 4568 §9.1). */
public sealed interface CryptoAttribute {
    /** The tag, or -1 if not even that is readable. */
    int tag();

    /** A usable attribute. */
    record Usable(int tag, SrtpKeys keys) implements CryptoAttribute {}

    /** An attribute to ignore. */
    record Unusable(int tag, Problem problem) implements CryptoAttribute {}

    /** Why an attribute is ignored. */
    enum Problem {
        MALFORMED,
        UNKNOWN_SUITE,
        /** The key and salt are not of the suite's length. */
        KEY_LENGTH,
        /** More than 2^48 packets, or none. */
        LIFETIME,
        /** Master key identifiers, or several keys. */
        MKI,
        /** A parameter that weakens protection, such as UNENCRYPTED_SRTP. */
        WEAKENED,
        /** An unknown mandatory session parameter. */
        UNKNOWN_PARAMETER
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice.stun;

/** The result of parsing bytes as STUN. */
public sealed interface StunParseResult {
    record Parsed(StunMessage message) implements StunParseResult {}

    record Malformed(Reason reason) implements StunParseResult {}

    /** Why the bytes are no STUN message (RFC 8489 §6.3). */
    enum Reason {
        TOO_SHORT,
        /** The first two bits are not zero. */
        NOT_STUN,
        NO_MAGIC_COOKIE,
        /** The length is not a multiple of four, or not that of the packet. */
        WRONG_LENGTH,
        UNKNOWN_METHOD,
        /** An attribute extends beyond the message. */
        TRUNCATED_ATTRIBUTE,
        TOO_MANY_ATTRIBUTES,
        /** The fingerprint has the wrong size or value, or is not last (RFC 8489 §14.7). */
        BAD_FINGERPRINT
    }
}

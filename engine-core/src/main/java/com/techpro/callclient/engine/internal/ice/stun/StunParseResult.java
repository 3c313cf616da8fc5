// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.ice.stun;

/** What bytes turned out to be. */
public sealed interface StunParseResult {
    record Parsed(StunMessage message) implements StunParseResult {}

    record Malformed(Reason reason) implements StunParseResult {}

    /** Why bytes are no STUN message (RFC 8489 §6.3). */
    enum Reason {
        TOO_SHORT,
        /** The first two bits are not zero. */
        NOT_STUN,
        NO_MAGIC_COOKIE,
        /** The length is no multiple of four, or not that of the packet. */
        WRONG_LENGTH,
        UNKNOWN_METHOD,
        /** An attribute reaches beyond the message. */
        TRUNCATED_ATTRIBUTE,
        TOO_MANY_ATTRIBUTES,
        /** It is there, and not of the right size, not right, or not last (RFC 8489 §14.7). */
        BAD_FINGERPRINT
    }
}

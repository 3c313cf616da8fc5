// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.ice;

/** Why packets and candidates came to nothing. */
public enum IceCounter {
    MALFORMED,
    WRONG_USERNAME,
    WRONG_INTEGRITY,
    /** A response from another address than asked, or at another (RFC 8445 §7.2.5.2.1). */
    WRONG_SOURCE,
    UNKNOWN_TRANSACTION,
    UNKNOWN_ATTRIBUTE,
    ROLE_CONFLICT,
    /** Beyond what is kept of one peer. */
    TOO_MANY_CANDIDATES,
    TOO_MANY_PAIRS,
    TOO_MANY_EARLY_CHECKS
}

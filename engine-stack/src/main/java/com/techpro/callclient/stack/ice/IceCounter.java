// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice;

/** Reasons why packets and candidates were dropped. */
public enum IceCounter {
    MALFORMED,
    WRONG_USERNAME,
    WRONG_INTEGRITY,
    /**
     * A response from another address than the request's destination, or to another than its source
     * (RFC 8445 §7.2.5.2.1).
     */
    WRONG_SOURCE,
    UNKNOWN_TRANSACTION,
    UNKNOWN_ATTRIBUTE,
    ROLE_CONFLICT,
    /** More than are kept of one peer. */
    TOO_MANY_CANDIDATES,
    TOO_MANY_PAIRS,
    TOO_MANY_EARLY_CHECKS
}

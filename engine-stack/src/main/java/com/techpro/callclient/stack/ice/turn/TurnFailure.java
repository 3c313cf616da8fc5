// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice.turn;

import com.techpro.callclient.stack.ice.stun.StunError;
import org.jspecify.annotations.Nullable;

/** Why a server gives no relayed address, or does not relay to a peer (RFC 8656 §19). */
public enum TurnFailure {
    /**
     * 300: the server redirects to another. This is not followed: the account names its servers.
     */
    REDIRECTED,
    BAD_REQUEST,
    /** 401 to signed requests, or 441. */
    WRONG_CREDENTIALS,
    /** A challenge that cannot be answered, or that never ends. */
    BAD_CHALLENGE,
    FORBIDDEN,
    /** 437: these addresses and ports have an allocation already, or no longer have one. */
    ALLOCATION_MISMATCH,
    ADDRESS_FAMILY_NOT_SUPPORTED,
    UNSUPPORTED_TRANSPORT,
    PEER_ADDRESS_FAMILY_MISMATCH,
    ALLOCATION_QUOTA_REACHED,
    INSUFFICIENT_CAPACITY,
    /** Any other error. */
    SERVER_ERROR,
    NO_ANSWER,
    /** The stream to the server ended, or could not be opened. */
    CONNECTION_LOST,
    /** A success response without the expected content. */
    BAD_ANSWER;

    static TurnFailure of(@Nullable StunError error) {
        return switch (error == null ? 0 : error.code()) {
            case StunError.TRY_ALTERNATE -> REDIRECTED;
            case StunError.BAD_REQUEST, StunError.UNKNOWN_ATTRIBUTE -> BAD_REQUEST;
            case StunError.UNAUTHENTICATED, StunError.WRONG_CREDENTIALS -> WRONG_CREDENTIALS;
            case StunError.FORBIDDEN -> FORBIDDEN;
            case StunError.ALLOCATION_MISMATCH -> ALLOCATION_MISMATCH;
            case StunError.STALE_NONCE -> BAD_CHALLENGE;
            case StunError.ADDRESS_FAMILY_NOT_SUPPORTED -> ADDRESS_FAMILY_NOT_SUPPORTED;
            case StunError.UNSUPPORTED_TRANSPORT -> UNSUPPORTED_TRANSPORT;
            case StunError.PEER_ADDRESS_FAMILY_MISMATCH -> PEER_ADDRESS_FAMILY_MISMATCH;
            case StunError.ALLOCATION_QUOTA_REACHED -> ALLOCATION_QUOTA_REACHED;
            case StunError.INSUFFICIENT_CAPACITY -> INSUFFICIENT_CAPACITY;
            default -> SERVER_ERROR;
        };
    }
}

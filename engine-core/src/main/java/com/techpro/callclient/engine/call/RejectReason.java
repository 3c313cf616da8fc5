// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

/** The reason given to the caller when a call is rejected. */
public enum RejectReason {
    /**
     * Busy here (486): the caller's system may try another phone of the same user. Where {@link ForwardingRules#busy()}
     * says so, the call is forwarded (302) instead.
     */
    BUSY,
    /** Declined (603): the user does not want the call on any phone. */
    DECLINED,
    /**
     * Temporarily unavailable (480): the user could not be asked, for example because the system shows no calls now.
     */
    UNAVAILABLE
}

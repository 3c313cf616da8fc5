// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

/** What a caller is told when a call is not taken. */
public enum RejectReason {
    /** Busy here (486): the caller's system may try another phone of the same user. */
    BUSY,
    /** Declined (603): the user does not want the call on any phone. */
    DECLINED,
    /** Temporarily unavailable (480): nobody could be asked, for example because the system shows no calls now. */
    UNAVAILABLE
}

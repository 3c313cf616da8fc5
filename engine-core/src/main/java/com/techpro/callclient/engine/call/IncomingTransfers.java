// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

/**
 * What happens when the other side of a call requests a transfer, so that this side calls somebody else (REFER, RFC
 * 5589).
 */
public enum IncomingTransfers {
    /** The call is made at once. For phone systems where only their own users can request a transfer. */
    FOLLOW,
    /** The host is asked by {@link CallEvent.TransferRequested}; unless it accepts, no call is made. */
    ASK,
    /** No call is made, and the host is not asked. */
    REFUSE
}

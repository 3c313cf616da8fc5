// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

/** What is done when the other side of a call asks this side to call somebody else (REFER, RFC 5589). */
public enum IncomingTransfers {
    /** The call is made at once: for phone systems that let nobody but their own users ask for it. */
    FOLLOW,
    /** The host is asked by {@link CallEvent.TransferRequested}; without a word of it nothing is called. */
    ASK,
    /** Nothing is called, and the host is not asked. */
    REFUSE
}

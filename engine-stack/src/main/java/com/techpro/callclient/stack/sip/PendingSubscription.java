// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import java.util.function.Consumer;

/**
 * A subscription whose first NOTIFY will make its dialog (RFC 6665 §4.4.1); it may arrive before
 * the answer to the SUBSCRIBE.
 *
 * @param callId of the SUBSCRIBE
 * @param localTag the From tag of the SUBSCRIBE
 * @param handler answers the NOTIFY; called on the loop
 */
public record PendingSubscription(String callId, String localTag, Consumer<ServerTransactionHandle> handler) {
    @Override
    public String toString() {
        return "PendingSubscription[redacted]";
    }
}

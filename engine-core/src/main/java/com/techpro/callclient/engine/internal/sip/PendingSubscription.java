// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip;

import com.techpro.callclient.engine.internal.sip.transaction.ServerTransactionHandle;
import java.util.function.Consumer;

/**
 * A NOTIFY that will make a dialog (RFC 6665 §4.4.1); it may come before the answer to its SUBSCRIBE.
 *
 * @param callId of the SUBSCRIBE
 * @param localTag its From tag
 * @param handler answers it; called on the loop
 */
public record PendingSubscription(String callId, String localTag, Consumer<ServerTransactionHandle> handler) {
    @Override
    public String toString() {
        return "PendingSubscription[redacted]";
    }
}

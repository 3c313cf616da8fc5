// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import java.util.function.Consumer;

/** Handles a dialog in which only NOTIFY arrives, as that of a subscription (RFC 6665 §4.1.3). */
public record NotifyHandler(Consumer<ServerTransactionHandle> notified) implements DialogHandler {
    @Override
    public void request(ServerTransactionHandle request) {
        if (request.request().isMethod("NOTIFY")) {
            notified.accept(request);
        } else {
            request.respond(501);
        }
    }

    @Override
    public void ack(SipRequest ack) {}

    @Override
    public void ackTimedOut() {}
}

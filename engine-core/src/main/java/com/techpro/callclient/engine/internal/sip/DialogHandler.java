// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip;

import com.techpro.callclient.engine.internal.sip.message.SipRequest;
import com.techpro.callclient.engine.internal.sip.transaction.ServerTransactionHandle;

/** What happens within a dialog; see {@link SipStack#register}. Called on the loop. */
public interface DialogHandler {
    /**
     * A request of a known method, in order, whose Require is understood. It must be answered. The dialog has taken over the
     * Contact of a target refresh request.
     */
    void request(ServerTransactionHandle request);

    /** The ACK of a 2xx that was sent; once for each. */
    void ack(SipRequest ack);

    /**
     * The other side gave up its INVITE, the one that made the dialog or a later one. It is answered with 487 if the handler does not
     * answer it in this call.
     *
     * @param cancel may say why in its Reason headers (RFC 3326)
     */
    default void cancelled(ServerTransactionHandle invite, SipRequest cancel) {}

    /** A 2xx was never acknowledged: the session should be ended with BYE (RFC 3261 §13.3.1.4). */
    void ackTimedOut();

    /**
     * The flow that a request came on is gone before it was answered. An INVITE can still be, if {@link
     * ServerTransactionHandle#moveTo} finds its answer another way; what is answered to other requests goes nowhere.
     */
    default void lost(ServerTransactionHandle request) {}
}

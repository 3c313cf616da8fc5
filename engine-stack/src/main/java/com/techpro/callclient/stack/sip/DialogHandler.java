// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;

/** Handles incoming requests within a dialog; see {@link SipStack#register}. Called on the loop. */
public interface DialogHandler {
    /**
     * A request of a known method, in order, whose Require is understood. The handler must answer
     * it. The dialog has already taken the Contact of a target refresh request.
     */
    void request(ServerTransactionHandle request);

    /** The ACK of a 2xx that was sent; called once per 2xx. */
    void ack(SipRequest ack);

    /**
     * The other side cancelled its INVITE: the one that made the dialog, or a re-INVITE. If the
     * handler does not answer the INVITE in this call, it is answered with 487.
     *
     * @param cancel may give the reason in its Reason headers (RFC 3326)
     */
    default void cancelled(ServerTransactionHandle invite, SipRequest cancel) {}

    /** No ACK came for a 2xx: end the session with BYE (RFC 3261 §13.3.1.4). */
    void ackTimedOut();

    /**
     * The flow on which the request arrived closed before the request was answered. An INVITE can
     * still be answered if {@link ServerTransactionHandle#moveTo} finds another flow. Answers to
     * other requests are dropped.
     */
    default void lost(ServerTransactionHandle request) {}
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transaction;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.failure.RefusalReason;
import com.techpro.callclient.stack.sip.message.InitialRequest;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.stack.sip.transport.TransportEvents.Admission;
import org.jspecify.annotations.Nullable;

/** The layer above transactions (RFC 3261 §17: the TU). Always called on the loop. */
public interface TransactionUser {
    /**
     * Returns whether to accept a new request; one that is not accepted is dropped without a trace.
     * Also asked for an ACK: whether it may end the wait for it. Not asked for a CANCEL on the flow
     * of its INVITE.
     */
    default boolean admits(SipRequest request, Flow flow) {
        return true;
    }

    /**
     * The engine is too busy for a request outside dialogs that has no transaction yet. OPTIONS is
     * still served: phone systems rarely send it, and some end the registration of a phone that
     * does not answer 200.
     */
    default Admission overloaded(InitialRequest request, Flow flow) {
        return switch (request.method()) {
            case "OPTIONS" -> Admission.SERVE;
            case "CANCEL" -> Admission.NO_TRANSACTION;
            default -> Admission.SERVICE_UNAVAILABLE;
        };
    }

    /**
     * Returns the recipient of a request outside dialogs. The same request over another path is
     * refused with 482 (RFC 3261 §8.2.2.2). But for another recipient it is no repetition: a call
     * to a group can ring at two accounts of one client.
     */
    default @Nullable Object recipient(SipRequest request, Flow flow) {
        return null;
    }

    /** A new request, never ACK or CANCEL. It must be answered, now or later. */
    void request(ServerTransactionHandle transaction);

    /** The transaction layer refused a request: a repetition over another path, or overload. */
    default void requestRefused(SipRequest request, RefusalReason reason, int status) {}

    /** An unparsable request was refused below this layer; the status is 0 if it got no answer. */
    default void malformed(String method, int status) {}

    /** The first ACK of a 2xx that was sent; repeated ACKs are absorbed. */
    void ack(SipRequest ack);

    /**
     * The caller cancelled. The CANCEL has been answered; the INVITE has no final response yet and
     * needs a 487.
     */
    void cancelled(ServerTransactionHandle invite, SipRequest cancel);

    /** A response without a transaction: a fork's 2xx after timer M, or an invalid message. */
    default void strayResponse(SipResponse response, Flow flow) {}

    /** No ACK for a 2xx arrived within 64*T1: end the call (RFC 3261 §13.3.1.4). */
    default void ackTimedOut(ServerTransactionHandle invite) {}

    /** The flow was lost before a final response; see {@link ServerTransactionHandle#moveTo}. */
    default void lost(ServerTransactionHandle transaction) {}

    /**
     * See {@link com.techpro.callclient.stack.sip.transport.TransportEvents#flowClosed};
     * transactions have been notified.
     */
    default void flowClosed(Flow flow, @Nullable Failure why) {}

    default void pong(Flow flow) {}
}

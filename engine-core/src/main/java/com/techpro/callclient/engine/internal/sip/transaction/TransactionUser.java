// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip.transaction;

import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.engine.diagnostics.RefusalReason;
import com.techpro.callclient.engine.internal.sip.message.InitialRequest;
import com.techpro.callclient.engine.internal.sip.message.SipRequest;
import com.techpro.callclient.engine.internal.sip.message.SipResponse;
import com.techpro.callclient.engine.internal.sip.transport.Flow;
import com.techpro.callclient.engine.internal.sip.transport.TransportEvents.Admission;
import org.jspecify.annotations.Nullable;

/** What is above the transaction layer (RFC 3261 §17: the TU). Always called on the loop. */
public interface TransactionUser {
    /**
     * Whether a new request is looked at at all; one that is not leaves no trace here. A CANCEL that comes the way its INVITE came is not
     * asked about; of an ACK, whether it ends the wait for it.
     */
    default boolean admits(SipRequest request, Flow flow) {
        return true;
    }

    /**
     * There is no time for a request outside dialogs that has no transaction yet. OPTIONS is served: phone systems ask by it whether a phone
     * is there, seldom, and some end the registration of one that does not answer 200.
     */
    default Admission overloaded(InitialRequest request, Flow flow) {
        return switch (request.method()) {
            case "OPTIONS" -> Admission.SERVE;
            case "CANCEL" -> Admission.NO_TRANSACTION;
            default -> Admission.SERVICE_UNAVAILABLE;
        };
    }

    /**
     * Whom a request outside dialogs is for. One that comes once more, by another way, is refused with 482 (RFC 3261 §8.2.2.2); the
     * same request for another recipient is no repetition: a call to a group can ring at two accounts of one client.
     */
    default @Nullable Object recipient(SipRequest request, Flow flow) {
        return null;
    }

    /** A new request, never ACK or CANCEL. It must be answered, now or later. */
    void request(ServerTransactionHandle transaction);

    /** A request was refused here: it is a repetition by another way, or there is too much to do. */
    default void turnedAway(SipRequest request, RefusalReason reason, int status) {}

    /** A request that cannot be read was refused before this layer; 0 if it got no answer. */
    default void malformed(String method, int status) {}

    /** The first ACK of a 2xx that was sent; repeated ACKs are absorbed. */
    void ack(SipRequest ack, Flow flow);

    /** The caller gave up. The CANCEL has been answered; the INVITE, which has no final response yet, now wants a 487. */
    void cancelled(ServerTransactionHandle invite, SipRequest cancel);

    /** A response without a transaction: a 2xx of a fork that comes after timer M, or nonsense. */
    default void strayResponse(SipResponse response, Flow flow) {}

    /** No ACK came for a 2xx within 64*T1: the call should be ended (RFC 3261 §13.3.1.4). */
    default void ackTimedOut(ServerTransactionHandle invite) {}

    /** The flow was lost before a final response; see {@link ServerTransactionHandle#moveTo}. */
    default void lost(ServerTransactionHandle transaction) {}

    /** See {@link com.techpro.callclient.engine.internal.sip.transport.TransportEvents#flowClosed}; transactions have been told. */
    default void flowClosed(Flow flow, @Nullable Failure why) {}

    default void pong(Flow flow) {}
}

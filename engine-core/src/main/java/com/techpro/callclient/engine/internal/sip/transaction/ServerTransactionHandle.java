// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip.transaction;

import com.techpro.callclient.engine.internal.sip.message.SipRequest;
import com.techpro.callclient.engine.internal.sip.message.SipResponse;
import com.techpro.callclient.engine.internal.sip.transport.Flow;
import org.jspecify.annotations.Nullable;

/** A request that was received, and the way to answer it. Used on the loop. */
public final class ServerTransactionHandle {
    /** Takes the answers. */
    interface Responder {
        void respond(ServerTransactionHandle transaction, SipResponse response);

        void move(ServerTransactionHandle transaction, Flow flow);

        String newTag();
    }

    private final SipRequest request;
    private Flow flow;
    private final Responder responder;
    private @Nullable String localTag;
    private boolean answered;

    ServerTransactionHandle(SipRequest request, Flow flow, Responder responder) {
        this.request = request;
        this.flow = flow;
        this.responder = responder;
        this.localTag = request.to().tag();
    }

    public SipRequest request() {
        return request;
    }

    public Flow flow() {
        return flow;
    }

    /** The To tag of every response of this transaction (RFC 3261 §8.2.6.2): the request's, or one made on first use. */
    public String localTag() {
        String tag = localTag;
        if (tag == null) {
            tag = responder.newTag();
            localTag = tag;
        }
        return tag;
    }

    /** Whether no answer is owed any more: a final response was sent, or there is nobody left to get one. */
    public boolean isAnswered() {
        return answered;
    }

    /**
     * The flow was lost. Whatever the user still answers goes nowhere; but for an INVITE, which may wait for its answer longer than a
     * connection lasts (RFC 6026 §8.8).
     */
    void lost() {
        answered = !request.isMethod("INVITE");
    }

    /**
     * Answers go out on this flow from now on, in place of one that was lost: it leads to the same server, which knows the
     * request by the branch in its Via (RFC 3261 §18.2.2 lets the server open a new connection to that address). What was answered
     * provisionally, or accepted and not acknowledged, is sent again.
     */
    public void moveTo(Flow other) {
        flow = other;
        responder.move(this, other);
    }

    /** A response to fill in and {@link #respond} with, its To tag set. */
    public SipResponse.Builder response(int status) {
        SipResponse.Builder builder = SipResponse.respondTo(request, status);
        return status == 100 ? builder : builder.toTag(localTag());
    }

    /** Answers with nothing but a status. */
    public void respond(int status) {
        respond(response(status).build());
    }

    /**
     * Answers. After a final response further ones are ignored. A 2xx to an INVITE is repeated until its ACK comes (RFC 3261
     * §13.3.1.4); {@link TransactionUser} hears which of the two it was.
     */
    public void respond(SipResponse response) {
        if (answered) {
            return;
        }
        answered = response.isFinal();
        responder.respond(this, response);
    }

    @Override
    public String toString() {
        return "ServerTransactionHandle[" + request + "]";
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transaction;

import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.transport.Flow;
import org.jspecify.annotations.Nullable;

/** A received request and the means to answer it. Belongs to the loop. */
public final class ServerTransactionHandle {
    private final SipRequest request;
    private Flow flow;
    private final ServerTransactions open;
    private @Nullable String localTag;
    private boolean answered;

    ServerTransactionHandle(SipRequest request, Flow flow, ServerTransactions open) {
        this.request = request;
        this.flow = flow;
        this.open = open;
        this.localTag = request.to().tag();
    }

    public SipRequest request() {
        return request;
    }

    public Flow flow() {
        return flow;
    }

    /**
     * Returns the To tag of every response of this transaction (RFC 3261 §8.2.6.2): the request's,
     * or one made on first use.
     */
    public String localTag() {
        String tag = localTag;
        if (tag == null) {
            tag = open.newTag();
            localTag = tag;
        }
        return tag;
    }

    /**
     * Whether no more answer is needed: a final response was sent, or it cannot reach the sender
     * any more.
     */
    public boolean isAnswered() {
        return answered;
    }

    /**
     * The flow was lost. Later responses are dropped, except for an INVITE: it may wait for its
     * answer longer than a connection lasts (RFC 6026 §8.8).
     */
    void lost() {
        answered = !request.isMethod("INVITE");
    }

    /**
     * Sends responses on this flow from now on, instead of a lost one. It leads to the same server,
     * which matches the request by the branch in its Via. RFC 3261 §18.2.2 allows a new connection
     * to that address. A provisional response, or a 2xx without an ACK, is sent again.
     */
    public void moveTo(Flow other) {
        flow = other;
        open.move(this, other);
    }

    /** Returns a response with its To tag set, to complete and {@link #respond} with. */
    public SipResponse.Builder response(int status) {
        SipResponse.Builder builder = SipResponse.respondTo(request, status);
        return status == 100 ? builder : builder.toTag(localTag());
    }

    /** Answers with a status only. */
    public void respond(int status) {
        respond(response(status).build());
    }

    /**
     * Sends a response. After a final response, further ones are ignored. A 2xx to an INVITE is
     * repeated until its ACK arrives (RFC 3261 §13.3.1.4); {@link TransactionUser} learns whether
     * it did.
     */
    public void respond(SipResponse response) {
        if (answered) {
            return;
        }
        answered = response.isFinal();
        open.respond(this, response);
    }

    @Override
    public String toString() {
        return "ServerTransactionHandle[" + request + "]";
    }
}

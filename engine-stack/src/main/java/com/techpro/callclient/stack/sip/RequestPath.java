// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.stack.sip.dialog.Dialog;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.stack.sip.transport.FlowCallback;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses the account's flow for a request and adds the headers for that flow. One path serves
 * REGISTERs, one all other requests.
 */
interface RequestPath {
    /** Returns the flow that carries the account's requests now. */
    OutboundFlow home();

    /** Returns the request's dialog, or null. */
    default @Nullable Dialog dialog() {
        return null;
    }

    /** Provides the flow for the first attempt. */
    void obtain(FlowCallback callback);

    /** Returns an open flow of the account to a server other than these, or null. */
    default @Nullable Flow openFlowBut(List<Flow> failed) {
        return null;
    }

    /**
     * Adds the headers that every request of the account carries.
     *
     * @param unrouted whether the request has no Route yet; a request in a dialog has its Route
     *     from the start
     */
    void complete(SipRequest.Builder request, Flow flow, boolean unrouted);

    /**
     * Returns how soon something must arrive on a new connection after the request, or else it is
     * sent again on another connection; zero if nothing need arrive.
     */
    default Duration firstAnswerWithin() {
        return Duration.ZERO;
    }

    /** Returns the CSeq for the next attempt of a request. */
    long nextCseq(SipRequest sent);

    /**
     * Drops an optional feature that the response refused, for all later requests.
     *
     * @return whether to send the request again
     */
    default boolean asksForLess(SipResponse refusal) {
        return false;
    }

    /** A 2xx came. */
    default void succeeded(SipRequest.Builder request, SipResponse response, Flow flow) {}
}

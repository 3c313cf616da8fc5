// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip;

import com.techpro.callclient.engine.internal.sip.dialog.Dialog;
import com.techpro.callclient.engine.internal.sip.message.SipRequest;
import com.techpro.callclient.engine.internal.sip.message.SipResponse;
import com.techpro.callclient.engine.internal.sip.transport.Flow;
import com.techpro.callclient.engine.internal.sip.transport.FlowCallback;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** By which of its account's flows a request goes, and what that puts on it. There is one for REGISTERs, and one for all other requests. */
interface RequestPath {
    /** The flow that the account's requests go by now. */
    OutboundFlow home();

    /** The dialog that the request is of, or null. */
    default @Nullable Dialog dialog() {
        return null;
    }

    /** Hands out the flow to begin with. */
    void obtain(FlowCallback callback);

    /** An open flow of the account to a server that is none of these, or null. */
    default @Nullable Flow openFlowBut(List<Flow> failed) {
        return null;
    }

    /**
     * Puts on what every request of the account carries.
     *
     * @param unrouted whether the request has no Route yet; within a dialog it has had one from the beginning
     */
    void complete(SipRequest.Builder request, Flow flow, boolean unrouted);

    /** For the next attempt of a request. */
    long nextCseq(SipRequest sent);

    /**
     * A request was refused for what it asked for beyond the necessary: from now on that is left out.
     *
     * @return whether it is worth sending again
     */
    default boolean asksForLess(SipResponse refusal) {
        return false;
    }

    /** A 2xx came. */
    default void succeeded(SipRequest.Builder request, SipResponse response, Flow flow) {}
}

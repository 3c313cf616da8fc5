// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.stack.sip.dialog.Dialog;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.stack.sip.transport.FlowCallback;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The path of requests other than REGISTER: over the flow to the better server, or along their
 * dialog's route.
 */
final class AccountPath implements RequestPath {
    private final AccountFlows flows;
    private final DialogRouting routing;
    private final @Nullable Dialog dialog;

    AccountPath(AccountFlows flows, DialogRouting routing, @Nullable Dialog dialog) {
        this.flows = flows;
        this.routing = routing;
        this.dialog = dialog;
    }

    @Override
    public OutboundFlow home() {
        return flows.preferred().outbound();
    }

    @Override
    public @Nullable Dialog dialog() {
        return dialog;
    }

    @Override
    public void obtain(FlowCallback callback) {
        if (dialog == null) {
            home().obtain(callback);
        } else {
            routing.obtain(dialog.nextHop(), callback);
        }
    }

    @Override
    public @Nullable Flow openFlowBut(List<Flow> failed) {
        return flows.openFlowBut(failed);
    }

    @Override
    public void complete(SipRequest.Builder request, Flow flow, boolean unrouted) {
        RegistrationFlow over = flows.of(flow);
        if (dialog == null && unrouted) {
            over.addRoute(request, flow, over.serviceRoute());
        }
        over.complete(request, flow, dialog);
    }

    @Override
    public long nextCseq(SipRequest sent) {
        return dialog == null ? sent.cseq().number() + 1 : dialog.nextCseq();
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip;

import com.techpro.callclient.engine.call.Failure;
import com.techpro.callclient.engine.internal.sip.transport.ConnectionKey;
import com.techpro.callclient.engine.internal.sip.transport.Flow;
import com.techpro.callclient.engine.internal.sip.transport.FlowCallback;
import com.techpro.callclient.engine.internal.sip.transport.Hop;
import com.techpro.callclient.engine.internal.sip.transport.TransportLayer;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import org.jspecify.annotations.Nullable;

/** The TCP flow to the server of a UDP flow, for requests too large for that (RFC 3261 §18.1.1). Of one account's flow; on the loop. */
final class LargeRequestFlow {
    private final SipAccount account;
    private final TransportLayer transport;
    private final ConnectionKey key;
    private final OpenFlows flows;
    private @Nullable Flow flow;
    private boolean refused;
    private boolean closed;

    LargeRequestFlow(SipAccount account, TransportLayer transport, ConnectionKey key, OpenFlows flows) {
        this.account = account;
        this.transport = transport;
        this.key = key;
        this.flows = flows;
    }

    /** Hands out the UDP flow itself where there is no TCP. */
    void obtain(Flow udp, FlowCallback callback) {
        Flow open = flow;
        if (open != null && open.isOpen()) {
            callback.opened(open);
            return;
        }
        if (refused) {
            callback.opened(udp);
            return;
        }
        Hop hop = new Hop(SipTransport.TCP, udp.remote(), account.domain());
        transport.connect(hop, key, new FlowCallback() {
            @Override
            public void opened(Flow tcp) {
                if (!closed) {
                    flow = tcp;
                    flows.addOwn(tcp);
                }
                callback.opened(tcp);
            }

            @Override
            public void failed(Failure failure) {
                refused = true;
                callback.opened(udp);
            }
        });
    }

    /** Null if there is none. */
    @Nullable
    Flow current() {
        return flow;
    }

    /** The servers were located anew: there may be TCP now. */
    void tryAgain() {
        refused = false;
    }

    void closed(Flow gone) {
        if (flow == gone) {
            flow = null;
        }
    }

    /** Nothing is kept that is opened later. */
    void close() {
        closed = true;
    }
}

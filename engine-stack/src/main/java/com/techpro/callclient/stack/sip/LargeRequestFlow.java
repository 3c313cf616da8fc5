// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.stack.sip.transport.ConnectionKey;
import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.stack.sip.transport.FlowCallback;
import com.techpro.callclient.stack.sip.transport.Hop;
import com.techpro.callclient.stack.sip.transport.TransportLayer;
import org.jspecify.annotations.Nullable;

/**
 * The TCP flow to the server of a UDP flow, for requests too large for UDP (RFC 3261 §18.1.1). For
 * one flow of one account; belongs to the loop.
 */
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

    /** Provides the TCP flow, or the UDP flow itself if the server has no TCP. */
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
                if (closed) {
                    transport.close(tcp);
                    callback.failed(new Failure.Unreachable());
                    return;
                }
                flow = tcp;
                flows.addOwn(tcp);
                callback.opened(tcp);
            }

            @Override
            public void failed(Failure failure) {
                if (closed) {
                    callback.failed(failure);
                    return;
                }
                refused = true;
                callback.opened(udp);
            }
        });
    }

    /** Returns the open TCP flow, or null. */
    @Nullable
    Flow current() {
        return flow;
    }

    /** The servers were located again, so TCP may be available now. */
    void tryAgain() {
        refused = false;
    }

    void closed(Flow gone) {
        if (flow == gone) {
            flow = null;
        }
    }

    /** A flow that opens later is closed, and nothing is sent on it. */
    void close() {
        closed = true;
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.transport.ConnectionKey;
import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.stack.sip.transport.FlowCallback;
import com.techpro.callclient.stack.sip.transport.Hop;
import com.techpro.callclient.stack.sip.transport.TransportLayer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The TCP flow to the server of a UDP flow, for requests too large for UDP (RFC 3261 §18.1.1). For
 * one flow of one account; belongs to the loop.
 */
final class LargeRequestFlow {
    private final SipAccount account;
    private final EngineLoop loop;
    private final TransportLayer transport;
    private final ConnectionKey key;
    private final OpenFlows flows;
    private final List<Attempt> attempts = new ArrayList<>();
    private @Nullable Flow flow;
    private boolean refused;
    private boolean closed;

    LargeRequestFlow(
            SipAccount account, EngineLoop loop, TransportLayer transport, ConnectionKey key, OpenFlows flows) {
        this.account = account;
        this.loop = loop;
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
        if (closed) {
            loop.execute(() -> callback.failed(new Failure.Unreachable()));
            return;
        }
        Attempt attempt = new Attempt(new Hop(SipTransport.TCP, udp.remote(), account.domain()), udp, callback);
        attempts.add(attempt);
        transport.connect(attempt.hop, key, attempt);
    }

    private final class Attempt implements FlowCallback {
        private final Hop hop;
        private final Flow udp;
        private final FlowCallback callback;

        private Attempt(Hop hop, Flow udp, FlowCallback callback) {
            this.hop = hop;
            this.udp = udp;
            this.callback = callback;
        }

        @Override
        public void opened(Flow tcp) {
            if (attempts.remove(this)) {
                flow = tcp;
                flows.addOwn(tcp);
                callback.opened(tcp);
            }
        }

        @Override
        public void failed(Failure failure) {
            if (attempts.remove(this)) {
                refused = true;
                callback.opened(udp);
            }
        }
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

    /** Ends all attempts, so that no connection opens for nobody; later, their callers are told. */
    void close() {
        closed = true;
        for (Attempt attempt : List.copyOf(attempts)) {
            attempts.remove(attempt);
            transport.abandon(attempt.hop, key, attempt);
            loop.execute(() -> attempt.callback.failed(new Failure.Unreachable()));
        }
    }
}

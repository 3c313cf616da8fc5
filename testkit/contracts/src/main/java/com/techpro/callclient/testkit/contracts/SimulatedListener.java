// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.net.StreamAcceptor;
import com.techpro.callclient.ports.net.StreamListener;
import java.net.InetSocketAddress;

/** A TCP server socket of a {@link SimulatedHost}. */
final class SimulatedListener implements StreamListener {
    private final SimulatedHost host;
    private final InetSocketAddress local;
    private final StreamAcceptor acceptor;

    SimulatedListener(SimulatedHost host, InetSocketAddress local, StreamAcceptor acceptor) {
        this.host = host;
        this.local = local;
        this.acceptor = acceptor;
    }

    @Override
    public InetSocketAddress localAddress() {
        return local;
    }

    StreamAcceptor acceptor() {
        return acceptor;
    }

    @Override
    public void close() {
        host.closed(this);
    }
}

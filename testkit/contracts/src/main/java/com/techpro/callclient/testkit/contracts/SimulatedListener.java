// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.net.StreamAcceptor;
import com.techpro.callclient.ports.net.StreamListener;
import java.net.InetSocketAddress;
import java.util.function.Consumer;

/** A TCP server socket of a {@link SimulatedHost}. */
final class SimulatedListener implements StreamListener {
    private final InetSocketAddress local;
    private final StreamAcceptor acceptor;
    private final Consumer<SimulatedListener> closed;

    SimulatedListener(InetSocketAddress local, StreamAcceptor acceptor, Consumer<SimulatedListener> closed) {
        this.local = local;
        this.acceptor = acceptor;
        this.closed = closed;
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
        closed.accept(this);
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.net.DatagramPoller;
import com.techpro.callclient.ports.net.DatagramReceiver;
import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.net.Resolver;
import com.techpro.callclient.ports.net.StreamAcceptor;
import com.techpro.callclient.ports.net.StreamHandler;
import com.techpro.callclient.ports.net.StreamLink;
import com.techpro.callclient.ports.net.StreamListener;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * Wraps another network and closes it with itself. Methods that a subclass does not override are
 * forwarded.
 */
public abstract class ForwardingNetwork implements Network {
    private final Network network;

    protected ForwardingNetwork(Network network) {
        this.network = network;
    }

    @Override
    public DatagramLink openDatagram(InetSocketAddress local, DatagramReceiver receiver) throws IOException {
        return network.openDatagram(local, receiver);
    }

    @Override
    public DatagramPoller openPoller() throws IOException {
        return network.openPoller();
    }

    @Override
    public StreamLink connect(InetSocketAddress remote, StreamHandler handler) {
        return network.connect(remote, handler);
    }

    @Override
    public StreamListener listen(InetSocketAddress local, StreamAcceptor acceptor) throws IOException {
        return network.listen(local, acceptor);
    }

    @Override
    public Resolver resolver() {
        return network.resolver();
    }

    @Override
    public InetAddress localAddressFor(InetSocketAddress remote) throws IOException {
        return network.localAddressFor(remote);
    }

    @Override
    public List<InetAddress> addresses() {
        return network.addresses();
    }

    @Override
    public int openLinks() {
        return network.openLinks();
    }

    @Override
    public void close() {
        network.close();
    }
}

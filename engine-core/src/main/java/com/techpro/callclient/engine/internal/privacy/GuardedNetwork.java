// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.privacy;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.net.DatagramPoller;
import com.techpro.callclient.ports.net.DatagramReceiver;
import com.techpro.callclient.ports.net.DestinationRefusedException;
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
import java.util.concurrent.Executor;

/**
 * A network that sends only to permitted destinations. It never listens for TCP connections,
 * because a phone does not need to.
 */
final class GuardedNetwork implements Network {
    private final Network network;
    private final PermittedDestinations permitted;
    private final Executor workers;
    private final Resolver resolver;

    /** @param workers report refusals */
    GuardedNetwork(Network network, PermittedDestinations permitted, Executor workers) {
        this.network = network;
        this.permitted = permitted;
        this.workers = workers;
        this.resolver = new GuardedResolver(network.resolver(), permitted, workers);
    }

    @Override
    public DatagramLink openDatagram(InetSocketAddress local, DatagramReceiver receiver) throws IOException {
        return new GuardedLink(network.openDatagram(local, receiver), permitted);
    }

    @Override
    public DatagramPoller openPoller() throws IOException {
        DatagramPoller poller = network.openPoller();
        return new DatagramPoller() {
            @Override
            public DatagramLink open(InetSocketAddress local, DatagramReceiver receiver) throws IOException {
                return new GuardedLink(poller.open(local, receiver), permitted);
            }

            @Override
            public int poll() {
                return poller.poll();
            }

            @Override
            public void close() {
                poller.close();
            }
        };
    }

    @Override
    public StreamLink connect(InetSocketAddress remote, StreamHandler handler) {
        if (permitted.permits(remote)) {
            return network.connect(remote, handler);
        }
        StreamLink refused = new RefusedStream(remote);
        workers.execute(() -> handler.closed(refused, new DestinationRefusedException()));
        return refused;
    }

    @Override
    public StreamListener listen(InetSocketAddress local, StreamAcceptor acceptor) throws IOException {
        throw new DestinationRefusedException();
    }

    @Override
    public Resolver resolver() {
        return resolver;
    }

    /** Finding the route opens a socket too, so it works for permitted destinations only. */
    @Override
    public InetAddress localAddressFor(InetSocketAddress remote) throws IOException {
        if (!permitted.permits(remote)) {
            throw new DestinationRefusedException();
        }
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

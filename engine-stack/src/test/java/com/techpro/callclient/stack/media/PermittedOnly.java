// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.net.DatagramPoller;
import com.techpro.callclient.ports.net.DatagramReceiver;
import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.testkit.contracts.ForwardingNetwork;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** A network for media that sends only to permitted addresses and counts what it refused, as an app's guard does. */
final class PermittedOnly extends ForwardingNetwork {
    private final Network network;
    private final Set<InetSocketAddress> permitted = ConcurrentHashMap.newKeySet();
    private volatile int refused;

    PermittedOnly(Network network) {
        super(network);
        this.network = network;
    }

    void permit(InetSocketAddress address) {
        permitted.add(address);
    }

    int refused() {
        return refused;
    }

    @Override
    public DatagramPoller openPoller() throws IOException {
        DatagramPoller poller = network.openPoller();
        return new DatagramPoller() {
            @Override
            public DatagramLink open(InetSocketAddress local, DatagramReceiver receiver) throws IOException {
                return new Link(poller.open(local, receiver));
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

    private final class Link implements DatagramLink {
        private final DatagramLink link;

        Link(DatagramLink link) {
            this.link = link;
        }

        @Override
        public InetSocketAddress localAddress() {
            return link.localAddress();
        }

        @Override
        public SendStatus send(ByteBuffer packet, InetSocketAddress to) {
            if (permitted.contains(to)) {
                return link.send(packet, to);
            }
            refused++;
            return SendStatus.UNREACHABLE;
        }

        @Override
        public void close() {
            link.close();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.network;

import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.net.StreamHandler;
import com.techpro.callclient.ports.net.StreamLink;
import com.techpro.callclient.testkit.contracts.ForwardingNetwork;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A network on which a phone on this machine gets another address, as when it changes networks. */
public final class MovableNetwork extends ForwardingNetwork {
    private volatile InetAddress here;

    /** @param here the phone's first address, one of this machine's */
    public MovableNetwork(Network network, InetAddress here) {
        super(network);
        this.here = here;
    }

    /** From now on the phone has this address of this machine. Sockets that it has stay usable. */
    public void moveTo(InetAddress there) {
        here = there;
    }

    @Override
    public InetAddress localAddressFor(InetSocketAddress remote) throws IOException {
        return here;
    }

    @Override
    public List<InetAddress> addresses() {
        return List.of(here);
    }

    @Override
    public StreamLink connect(InetSocketAddress remote, StreamHandler handler) {
        Located located = new Located(handler, here);
        located.link = super.connect(remote, located);
        return located;
    }

    /** A connection of the phone at its address then; this machine takes another of its own. */
    private static final class Located implements StreamLink, StreamHandler {
        private final StreamHandler handler;
        private final InetAddress address;
        private volatile @Nullable StreamLink link;

        Located(StreamHandler handler, InetAddress address) {
            this.handler = handler;
            this.address = address;
        }

        private StreamLink link() {
            return Objects.requireNonNull(link, "it is connected");
        }

        @Override
        public void connected(StreamLink open) {
            link = open;
            handler.connected(this);
        }

        @Override
        public void received(StreamLink from, ByteBuffer bytes) {
            handler.received(this, bytes);
        }

        @Override
        public void closed(StreamLink ended, @Nullable IOException cause) {
            handler.closed(this, cause);
        }

        @Override
        public InetSocketAddress localAddress() {
            return new InetSocketAddress(address, link().localAddress().getPort());
        }

        @Override
        public InetSocketAddress remoteAddress() {
            return link().remoteAddress();
        }

        @Override
        public boolean write(ByteBuffer bytes) {
            return link().write(bytes);
        }

        @Override
        public void close() {
            link().close();
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.net.DatagramPoller;
import com.techpro.callclient.ports.net.DatagramReceiver;
import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.net.Resolver;
import com.techpro.callclient.ports.net.StreamHandler;
import com.techpro.callclient.ports.net.StreamLink;
import com.techpro.callclient.testkit.contracts.ForwardingNetwork;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/**
 * A network that records every byte that leaves the engine, and its destination, as an observer on
 * the line sees it.
 */
public final class WireRecord extends ForwardingNetwork {
    /** The data of one send. */
    public static final class Sent {
        private final boolean stream;
        private final InetSocketAddress to;
        private final byte[] bytes;

        Sent(boolean stream, InetSocketAddress to, byte[] bytes) {
            this.stream = stream;
            this.to = to;
            this.bytes = bytes;
        }

        public boolean stream() {
            return stream;
        }

        public InetSocketAddress to() {
            return to;
        }

        byte[] bytes() {
            return bytes;
        }

        @Override
        public String toString() {
            return (stream ? "stream" : "datagram") + " of " + bytes.length + " bytes";
        }
    }

    private final List<Sent> sent = new CopyOnWriteArrayList<>();
    private final List<InetSocketAddress> connected = new CopyOnWriteArrayList<>();
    private final List<String> asked = new CopyOnWriteArrayList<>();

    /** @param network closed with this */
    public WireRecord(Network network) {
        super(network);
    }

    /** Returns everything sent; the order within each stream is kept. */
    public List<Sent> sent() {
        return sent;
    }

    /** Returns the destinations of streams. */
    public List<InetSocketAddress> connected() {
        return connected;
    }

    /** Returns the names looked up. */
    public List<String> asked() {
        return asked;
    }

    @Override
    public DatagramLink openDatagram(InetSocketAddress local, DatagramReceiver receiver) throws IOException {
        return new RecordedLink(super.openDatagram(local, receiver));
    }

    @Override
    public DatagramPoller openPoller() throws IOException {
        DatagramPoller poller = super.openPoller();
        return new DatagramPoller() {
            @Override
            public DatagramLink open(InetSocketAddress local, DatagramReceiver receiver) throws IOException {
                return new RecordedLink(poller.open(local, receiver));
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
        connected.add(remote);
        RecordedHandler recorded = new RecordedHandler(handler);
        return new RecordedStream(super.connect(remote, recorded));
    }

    @Override
    public Resolver resolver() {
        Resolver resolver = super.resolver();
        return (name, type, answer) -> {
            asked.add(name);
            resolver.resolve(name, type, answer);
        };
    }

    private static byte[] copyOf(ByteBuffer bytes) {
        byte[] copy = new byte[bytes.remaining()];
        bytes.duplicate().get(copy);
        return copy;
    }

    private final class RecordedLink implements DatagramLink {
        private final DatagramLink link;

        RecordedLink(DatagramLink link) {
            this.link = link;
        }

        @Override
        public InetSocketAddress localAddress() {
            return link.localAddress();
        }

        @Override
        public SendStatus send(ByteBuffer packet, InetSocketAddress to) {
            sent.add(new Sent(false, to, copyOf(packet)));
            return link.send(packet, to);
        }

        @Override
        public void close() {
            link.close();
        }
    }

    /** After connecting, the engine receives a link again and writes to that one. */
    private final class RecordedHandler implements StreamHandler {
        private final StreamHandler handler;

        RecordedHandler(StreamHandler handler) {
            this.handler = handler;
        }

        @Override
        public void connected(StreamLink link) {
            handler.connected(new RecordedStream(link));
        }

        @Override
        public void received(StreamLink link, ByteBuffer bytes) {
            handler.received(new RecordedStream(link), bytes);
        }

        @Override
        public void closed(StreamLink link, @Nullable IOException cause) {
            handler.closed(new RecordedStream(link), cause);
        }
    }

    private final class RecordedStream implements StreamLink {
        private final StreamLink link;

        RecordedStream(StreamLink link) {
            this.link = link;
        }

        @Override
        public InetSocketAddress localAddress() {
            return link.localAddress();
        }

        @Override
        public InetSocketAddress remoteAddress() {
            return link.remoteAddress();
        }

        @Override
        public boolean write(ByteBuffer bytes) {
            sent.add(new Sent(true, link.remoteAddress(), copyOf(bytes)));
            return link.write(bytes);
        }

        @Override
        public void close() {
            link.close();
        }
    }
}

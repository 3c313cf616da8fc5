// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.net.DatagramLink.SendStatus;
import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.stack.log.Loggers;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.message.MessageKind;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** SIP over UDP: one socket per local address, with one flow per peer. */
final class DatagramFlows {
    private static final byte[] KEEP_ALIVE = {'\r', '\n', '\r', '\n'};

    private final EngineLoop loop;
    private final Network network;
    private final Inbound inbound;
    private final TransportEvents events;
    private final ReceiveQueue queue;
    private final LongSupplier ids;
    private final Random random;
    private final int flowLimit;
    private final Map<InetAddress, Socket> sockets = new HashMap<>();

    DatagramFlows(
            EngineLoop loop,
            Network network,
            Inbound inbound,
            TransportEvents events,
            ReceiveQueue queue,
            LongSupplier ids,
            Random random,
            int flowLimit) {
        this.loop = loop;
        this.network = network;
        this.inbound = inbound;
        this.events = events;
        this.queue = queue;
        this.ids = ids;
        this.random = random;
        this.flowLimit = flowLimit;
    }

    /** Returns the flow to a peer, from the local address that routes to it. */
    Flow to(InetSocketAddress remote) throws IOException {
        InetAddress local = network.localAddressFor(remote);
        Socket socket = sockets.get(local);
        if (socket == null) {
            socket = wildcard(local);
        }
        if (socket == null) {
            socket = new Socket(new InetSocketAddress(local, 0));
        }
        return socket.flow(remote);
    }

    /** A listener bound to all addresses of the family serves this one too. */
    private @Nullable Socket wildcard(InetAddress local) {
        for (Map.Entry<InetAddress, Socket> entry : sockets.entrySet()) {
            if (entry.getKey().isAnyLocalAddress() && entry.getKey().getClass() == local.getClass()) {
                return entry.getValue();
            }
        }
        return null;
    }

    InetSocketAddress listen(InetSocketAddress local) throws IOException {
        return new Socket(local).link.localAddress();
    }

    int openSockets() {
        return sockets.size();
    }

    void close() {
        for (Socket socket : new ArrayList<>(sockets.values())) {
            socket.close();
        }
        sockets.clear();
    }

    /**
     * One socket. The number of its flows is limited: the least recently used one is forgotten
     * first, and made anew if its peer sends again.
     */
    private final class Socket implements FlowTransport {
        private final DatagramLink link;
        private final Map<InetSocketAddress, StunKeepAlive> answered = new HashMap<>();
        private final Map<InetSocketAddress, Flow> flows = new LinkedHashMap<>(16, 0.75f, true) {
            private static final long serialVersionUID = 1L;

            @Override
            protected boolean removeEldestEntry(Map.Entry<InetSocketAddress, Flow> eldest) {
                return size() > flowLimit;
            }
        };

        Socket(InetSocketAddress local) throws IOException {
            link = network.openDatagram(local, this::arrived);
            sockets.put(link.localAddress().getAddress(), this);
        }

        Flow flow(InetSocketAddress remote) throws IOException {
            Flow known = flows.get(remote);
            if (known != null) {
                return known;
            }
            InetSocketAddress local = link.localAddress();
            if (local.getAddress().isAnyLocalAddress()) {
                local = new InetSocketAddress(network.localAddressFor(remote), local.getPort());
            }
            Flow flow = new Flow(ids.getAsLong(), SipTransport.UDP, local, remote, List.of(), this);
            flows.put(remote, flow);
            Loggers.TRANSPORT.debug("flow {} is open, UDP", flow.id());
            return flow;
        }

        /** Called on a network thread. */
        private void arrived(ByteBuffer packet, InetSocketAddress from) {
            if (isKeepAlive(packet)) {
                return;
            }
            byte[] copy = new byte[packet.remaining()];
            packet.get(copy);
            MessageKind kind = MessageKind.of(copy, 0, copy.length);
            if (kind != MessageKind.INITIAL_REQUEST) {
                queue.add(copy.length, () -> receive(copy, from, kind, false));
            } else if (!queue.addInitial(copy, refuse -> receive(copy, from, kind, refuse))) {
                queue.dropped();
            }
        }

        /**
         * @return whether processing it took as long as a message
         */
        private boolean receive(byte[] packet, InetSocketAddress from, MessageKind kind, boolean refuse) {
            StunKeepAlive keepAlive = answered.get(from);
            if (keepAlive != null && keepAlive.received(packet)) {
                return false;
            }
            try {
                return inbound.take(kind, packet, 0, packet.length, flow(from), refuse) != Inbound.Taken.REFUSED;
            } catch (IOException e) {
                // There is no route back to the sender, so nothing could be answered: ignore the
                // packet.
                flows.remove(from);
                return true;
            }
        }

        @Override
        public boolean send(byte[] message, Flow flow, InetSocketAddress to) {
            SendStatus status = link.send(ByteBuffer.wrap(message), to);
            if (status == SendStatus.UNREACHABLE || status == SendStatus.CLOSED) {
                end(flow, new Failure.Unreachable());
            }
            return status != SendStatus.TOO_LARGE;
        }

        @Override
        public void keepAlive(Flow flow, boolean answerRequired) {
            if (!answerRequired
                    || !answered.computeIfAbsent(flow.remote(), to -> answeredBy(flow))
                            .ask()) {
                send(KEEP_ALIVE, flow, flow.remote());
            }
        }

        private StunKeepAlive answeredBy(Flow flow) {
            return new StunKeepAlive(
                    loop,
                    random,
                    request -> send(request, flow, flow.remote()),
                    () -> end(flow, new Failure.Unreachable()));
        }

        @Override
        public void close(Flow flow) {
            end(flow, null);
        }

        private void end(Flow flow, @Nullable Failure why) {
            flows.remove(flow.remote(), flow);
            if (flow.markClosed()) {
                StunKeepAlive keepAlive = answered.remove(flow.remote());
                if (keepAlive != null) {
                    keepAlive.close();
                }
                Loggers.TRANSPORT.debug("flow {} is closed: {}", flow.id(), why == null ? "in order" : why.code());
                loop.execute(() -> events.flowClosed(flow, why));
            }
        }

        void close() {
            link.close();
            for (Flow flow : new ArrayList<>(flows.values())) {
                end(flow, null);
            }
        }
    }

    /** Line breaks, and the zero bytes that some phones send. */
    private static boolean isKeepAlive(ByteBuffer packet) {
        for (int i = packet.position(); i < packet.limit(); i++) {
            byte b = packet.get(i);
            if (b != '\r' && b != '\n' && b != 0) {
                return false;
            }
        }
        return true;
    }
}

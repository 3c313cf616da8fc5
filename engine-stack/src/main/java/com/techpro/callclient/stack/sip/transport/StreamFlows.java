// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.failure.Failure.TlsProblem;
import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.net.StreamLink;
import com.techpro.callclient.ports.net.StreamListener;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.stack.log.Loggers;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.message.MessageLimits;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.Function;
import java.util.function.LongSupplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/** SIP over TCP, TLS and WebSockets: outgoing connections by hop and key, and accepted ones. */
final class StreamFlows {
    private record Destination(Hop hop, ConnectionKey key) {}

    /** An outgoing connection, and the callbacks that wait for it. */
    private static final class Outgoing {
        private final StreamConnection connection;
        private List<FlowCallback> waiting = new ArrayList<>(1);

        Outgoing(StreamConnection connection) {
            this.connection = connection;
        }
    }

    private final EngineLoop loop;
    private final Network network;
    private final Executor workers;
    private final Random random;
    private final Inbound inbound;
    private final TransportEvents events;
    private final TransportLimits limits;
    private final ReceiveQueue queue;
    private final LongSupplier ids;
    private final TlsContexts contexts;
    private final TlsStream.Scratch scratch = new TlsStream.Scratch();
    private final Map<Destination, Outgoing> outgoing = new HashMap<>();
    private final Map<StreamConnection, Destination> destinations = new HashMap<>();
    private final Set<StreamConnection> accepted = new LinkedHashSet<>();
    private final List<StreamListener> listeners = new ArrayList<>();
    private long unfinished;
    private long forbiddenFrames;

    StreamFlows(
            EngineLoop loop,
            Network network,
            Executor workers,
            Random random,
            Inbound inbound,
            TransportEvents events,
            TransportLimits limits,
            ReceiveQueue queue,
            LongSupplier ids) {
        this.loop = loop;
        this.network = network;
        this.workers = workers;
        this.random = random;
        this.inbound = inbound;
        this.events = events;
        this.limits = limits;
        this.queue = queue;
        this.ids = ids;
        this.contexts = new TlsContexts(loop::now);
    }

    void connect(Hop hop, ConnectionKey key, FlowCallback callback) {
        Destination destination = new Destination(hop, key);
        Outgoing known = outgoing.get(destination);
        if (known == null) {
            open(destination, callback);
        } else if (known.connection.isOpen()) {
            loop.execute(() -> answer(known.connection, callback));
        } else {
            known.waiting.add(callback);
        }
    }

    void abandon(Hop hop, ConnectionKey key, FlowCallback callback) {
        Outgoing known = outgoing.get(new Destination(hop, key));
        if (known != null && known.waiting.remove(callback) && known.waiting.isEmpty()) {
            known.connection.close();
        }
    }

    private static void answer(StreamConnection connection, FlowCallback callback) {
        Flow flow = connection.flow();
        if (flow != null && flow.isOpen()) {
            callback.opened(flow);
        } else {
            callback.failed(new Failure.Unreachable());
        }
    }

    private void open(Destination destination, FlowCallback callback) {
        Hop hop = destination.hop();
        StreamConnection connection;
        try {
            connection = connecting(destination);
        } catch (GeneralSecurityException | RuntimeException | Error e) {
            // Anchors, keys or protocols that this platform does not support, or a name that no
            // certificate can have.
            TlsProblem problem = PeerRejectedException.problemBehind(e);
            loop.execute(() -> callback.failed(new Failure.TlsFailed(problem)));
            return;
        }
        Outgoing entry = new Outgoing(connection);
        entry.waiting.add(callback);
        outgoing.put(destination, entry);
        destinations.put(connection, destination);
        try {
            connection.opening(network.connect(hop.address(), connection));
        } catch (RuntimeException | Error e) {
            // A platform may throw instead of reporting a failure, for example without the network
            // permission.
            loop.execute(connection::couldNotOpen);
        }
    }

    private StreamConnection connecting(Destination destination) throws GeneralSecurityException {
        Hop hop = destination.hop();
        SSLEngine engine = hop.transport().isEncrypted()
                ? contexts.client(destination.key().trust(), hop)
                : null;
        WebSocketHandshake handshake = hop.transport().isWebSocket()
                ? new WebSocketHandshake(hop.webSocketHost(), destination.key().webSocketPath(), random)
                : null;
        return connection(hop.transport(), engine, hop.names(), handshake);
    }

    /**
     * Makes a connection of either side.
     *
     * @param engine of TLS, or null without
     * @param names of which the peer's certificate must have one; none for a server
     * @param handshake a WebSocket client's
     */
    private StreamConnection connection(
            SipTransport transport,
            @Nullable SSLEngine engine,
            List<String> names,
            @Nullable WebSocketHandshake handshake) {
        Function<StreamConnection, TlsStream> tls = engine == null
                ? null
                : of -> new TlsStream(loop::execute, workers, engine, names, scratch, of::writeToLink, of::proceed);
        return new StreamConnection(this, transport, tls, framer(transport, handshake));
    }

    private Framer framer(SipTransport transport, @Nullable WebSocketHandshake handshake) {
        int longest = MessageLimits.DEFAULT.message();
        if (!transport.isWebSocket()) {
            return new StreamFramer(loop::nanoTime, limits.pong(), longest);
        }
        return handshake == null ? WebSocketFramer.server(longest) : WebSocketFramer.client(handshake, random, longest);
    }

    InetSocketAddress listen(
            SipTransport transport,
            InetSocketAddress local,
            @Nullable SSLContext tls,
            boolean clientCertificateRequired)
            throws IOException {
        if (transport.isEncrypted() && tls == null) {
            throw new IllegalArgumentException("a TLS listener has a certificate");
        }
        StreamListener listener = network.listen(local, link -> {
            SSLEngine engine =
                    transport.isEncrypted() && tls != null ? TlsContexts.server(tls, clientCertificateRequired) : null;
            StreamConnection connection = connection(transport, engine, List.of(), null);
            queue.add(() -> accept(connection, link));
            return connection;
        });
        listeners.add(listener);
        return listener.localAddress();
    }

    private void accept(StreamConnection connection, StreamLink link) {
        if (connection.isClosed()) {
            return;
        }
        connection.opening(link);
        if (accepted.size() >= limits.acceptedFlows()) {
            connection.close();
        } else {
            accepted.add(connection);
        }
    }

    /**
     * Makes the flow of a connection. Only the WebSocket itself reaches its client, so the client's
     * own address stays private (RFC 7118 §B.1).
     */
    Flow flow(SipTransport transport, StreamLink link, List<String> peerNames, StreamConnection connection) {
        boolean named = transport.isWebSocket() && destinations.containsKey(connection);
        return new Flow(
                ids.getAsLong(),
                transport,
                link.localAddress(),
                link.remoteAddress(),
                peerNames,
                named ? unreachableName() : null,
                connection);
    }

    /** RFC 2606 §2. */
    private String unreachableName() {
        StringBuilder name = new StringBuilder(20);
        for (int i = 0; i < 12; i++) {
            name.append(Character.forDigit(random.nextInt(36), 36));
        }
        return name.append(".invalid").toString();
    }

    /** A connection became a flow. */
    void opened(StreamConnection connection, Flow flow) {
        Loggers.TRANSPORT.debug("flow {} is open, {}", flow.id(), flow.transport());
        Outgoing entry = entry(connection);
        if (entry == null) {
            return;
        }
        List<FlowCallback> waiting = entry.waiting;
        entry.waiting = new ArrayList<>(1);
        for (FlowCallback callback : waiting) {
            // An earlier callback may have closed it.
            answer(connection, callback);
        }
    }

    /** A connection closed; it has a flow if it ever was open. */
    void ended(StreamConnection connection, @Nullable Flow flow, @Nullable Failure why) {
        accepted.remove(connection);
        if (flow != null) {
            Loggers.TRANSPORT.debug("flow {} is closed: {}", flow.id(), why == null ? "in order" : why.code());
        } else {
            Loggers.TRANSPORT.info("no connection: {}", why == null ? "given up" : why.code());
        }
        Outgoing entry = entry(connection);
        if (entry != null) {
            outgoing.remove(destinations.remove(connection));
            for (FlowCallback callback : entry.waiting) {
                Failure failure = why != null ? why : new Failure.Unreachable();
                loop.execute(() -> callback.failed(failure));
            }
        }
        if (flow != null && flow.markClosed()) {
            loop.execute(() -> events.flowClosed(flow, why));
        }
    }

    /** A message on a connection was not complete in time. */
    void unfinishedMessage() {
        unfinished++;
    }

    long unfinished() {
        return unfinished;
    }

    /** A peer sent a WebSocket frame that violates RFC 6455. */
    void forbiddenFrame() {
        forbiddenFrames++;
    }

    long forbiddenFrames() {
        return forbiddenFrames;
    }

    private @Nullable Outgoing entry(StreamConnection connection) {
        Destination destination = destinations.get(connection);
        return destination == null ? null : outgoing.get(destination);
    }

    int openStreams() {
        return outgoing.size() + accepted.size();
    }

    int openListeners() {
        return listeners.size();
    }

    void close() {
        listeners.forEach(StreamListener::close);
        listeners.clear();
        List<StreamConnection> all = new ArrayList<>(destinations.keySet());
        all.addAll(accepted);
        all.forEach(StreamConnection::leave);
    }

    EngineLoop loop() {
        return loop;
    }

    TransportLimits limits() {
        return limits;
    }

    ReceiveQueue queue() {
        return queue;
    }

    Inbound inbound() {
        return inbound;
    }

    TransportEvents events() {
        return events;
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.net.DestinationRefusedException;
import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.message.SipMessage;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.Via;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * Sends and receives SIP messages (RFC 3261 §18). Belongs to the loop: call every method on it;
 * every event comes on it.
 *
 * <p>One UDP socket per local address serves all accounts. Streams are shared only under the same
 * {@link ConnectionKey} and {@link Hop}.
 *
 * <p>Not final: the test kit's PBX overrides {@link #send} to lose, delay and corrupt outgoing
 * messages.
 */
public class TransportLayer implements AutoCloseable {
    private final EngineLoop loop;
    private final TransportEvents events;
    private final Inbound inbound;
    private final ReceiveQueue queue;
    private final DatagramFlows datagrams;
    private final StreamFlows streams;
    private final Outbound outbound;
    private long lastId;
    private boolean closed;

    public TransportLayer(
            EngineLoop loop,
            Network network,
            Executor workers,
            Random random,
            TransportEvents events,
            TransportLimits limits) {
        this(loop, network, workers, random, events, limits, MessageTap.NONE);
    }

    /**
     * @param random chooses when refused callers may retry during overload, and makes unpredictable
     *     keys (RFC 6455 §10.3)
     * @param tap sees every incoming and outgoing message
     */
    public TransportLayer(
            EngineLoop loop,
            Network network,
            Executor workers,
            Random random,
            TransportEvents events,
            TransportLimits limits,
            MessageTap tap) {
        this.loop = loop;
        this.events = events;
        this.outbound = new Outbound(tap);
        this.inbound = new Inbound(events, outbound, loop::nanoTime, random, tap);
        this.queue = new ReceiveQueue(loop, limits.backlog());
        this.datagrams =
                new DatagramFlows(loop, network, inbound, events, queue, this::nextId, random, limits.acceptedFlows());
        this.streams = new StreamFlows(loop, network, workers, random, inbound, events, limits, queue, this::nextId);
    }

    private long nextId() {
        return ++lastId;
    }

    /**
     * Finds the open flow to the hop under this key, or opens one. For UDP the key makes no
     * difference.
     */
    public void connect(Hop hop, ConnectionKey key, FlowCallback callback) {
        loop.assertOnLoop();
        if (closed) {
            loop.execute(() -> callback.failed(new Failure.Unreachable()));
        } else if (hop.transport().isStream()) {
            streams.connect(hop, key, callback);
        } else {
            connectDatagram(hop, callback);
        }
    }

    /**
     * Removes a waiting callback, which is then not called. If no other waits for the connection
     * and it is not open yet, it is closed.
     */
    public void abandon(Hop hop, ConnectionKey key, FlowCallback callback) {
        loop.assertOnLoop();
        if (hop.transport().isStream()) {
            streams.abandon(hop, key, callback);
        }
    }

    private void connectDatagram(Hop hop, FlowCallback callback) {
        try {
            Flow flow = datagrams.to(hop.address());
            loop.execute(() -> callback.opened(flow));
        } catch (DestinationRefusedException e) {
            loop.execute(() -> callback.failed(new Failure.DestinationRefused()));
        } catch (IOException | RuntimeException | Error e) {
            loop.execute(() -> callback.failed(new Failure.Unreachable()));
        }
    }

    /**
     * Sends the message as it is. If it cannot be sent, {@link TransportEvents#flowClosed} of its
     * flow reports that, never inside this call; a flow that is closed already is not reported
     * again. A message that no datagram can hold is reported by {@link TransportEvents#tooLarge}.
     */
    public void send(SipMessage message, Flow flow) {
        loop.assertOnLoop();
        if (!sendBytes(message.encode(), flow, Outbound.destination(message, flow))) {
            loop.execute(() -> events.tooLarge(message, flow));
        }
    }

    /**
     * Returns a task that sends a response each time it runs, and keeps only its bytes. Run it on
     * the loop.
     */
    public Runnable sender(SipResponse response, Flow flow) {
        byte[] bytes = response.encode();
        InetSocketAddress to = Outbound.destination(response, flow);
        return () -> {
            loop.assertOnLoop();
            // If no datagram can hold it, the other side's timers handle it like a lost one.
            var unused = sendBytes(bytes, flow, to);
        };
    }

    /**
     * Sends bytes as they are, whether they are a message or not.
     *
     * @return false if no datagram can hold them
     */
    protected final boolean sendBytes(byte[] bytes, Flow flow, InetSocketAddress to) {
        return outbound.send(bytes, flow, to);
    }

    /**
     * Returns the topmost Via for a request on this flow: our address, the branch, and rport (RFC
     * 3261 §18.1.1, RFC 3581 §3).
     */
    public Via prepareVia(Flow flow, String branch) {
        Map<String, String> params = new LinkedHashMap<>(2);
        params.put("branch", branch);
        params.put("rport", "");
        return new Via(flow.transport().name(), flow.sentByHost(), flow.sentByPort(), params);
    }

    /** Whether a request of this size must go over a congestion-controlled transport (RFC 3261 §18.1.1). */
    public static boolean exceedsDatagramLimit(int bytes) {
        return bytes > 1_300;
    }

    /**
     * Keeps the flow open (RFC 5626 §4.4): by CRLFCRLF, a Ping frame, or over UDP by a STUN request
     * if the peer is known to answer. If nothing at all arrives within the limit, the flow is
     * closed: on a stream whose peer answered the last keep-alive, and on any WebSocket.
     */
    public void keepAlive(Flow flow) {
        keepAlive(flow, false);
    }

    /**
     * @param answerRequired whether the peer is known to answer, so that the very first silence
     *     closes the flow
     */
    public void keepAlive(Flow flow, boolean answerRequired) {
        loop.assertOnLoop();
        if (flow.isOpen()) {
            flow.carrier().keepAlive(flow, answerRequired);
        }
    }

    /** Whether the peer answered the last keep-alive; always true for a WebSocket. */
    public boolean answersKeepAlives(Flow flow) {
        loop.assertOnLoop();
        return flow.carrier().answersKeepAlives();
    }

    /**
     * The peer of this stream was asked something: closes the flow if nothing at all arrives for
     * this long.
     */
    public void awaitAnswer(Flow flow, Duration longest) {
        loop.assertOnLoop();
        if (flow.isOpen()) {
            flow.carrier().awaitAnswer(longest, false);
        }
    }

    /**
     * As {@link #awaitAnswer}, for a stream on which nothing ever arrived; others are left alone.
     * The flow closes with {@link Failure.TimedOut}.
     */
    public void awaitFirstAnswer(Flow flow, Duration longest) {
        loop.assertOnLoop();
        if (flow.isOpen()) {
            flow.carrier().awaitAnswer(longest, true);
        }
    }

    /**
     * Listens on an address. For UDP, {@link #connect} then also uses this socket for that local
     * address.
     *
     * @param tls the server's certificate and key; required for encrypted transports, and only for
     *     those
     * @return the address with the chosen port
     */
    public InetSocketAddress listen(SipTransport transport, InetSocketAddress local, @Nullable SSLContext tls)
            throws IOException {
        return listen(transport, local, tls, false);
    }

    /**
     * @param clientCertificateRequired whether a TLS client must present a certificate that the
     *     context trusts
     */
    public InetSocketAddress listen(
            SipTransport transport,
            InetSocketAddress local,
            @Nullable SSLContext tls,
            boolean clientCertificateRequired)
            throws IOException {
        loop.assertOnLoop();
        return transport.isStream()
                ? streams.listen(transport, local, tls, clientCertificateRequired)
                : datagrams.listen(local);
    }

    /** Closes one flow, and a stream's connection. */
    public void close(Flow flow) {
        loop.assertOnLoop();
        flow.carrier().close(flow);
    }

    public TransportCounters counters() {
        loop.assertOnLoop();
        return new TransportCounters(
                streams.openStreams(),
                datagrams.openSockets(),
                streams.openListeners(),
                inbound.received(),
                outbound.sent(),
                inbound.rejections(),
                inbound.misdirected(),
                streams.unfinished(),
                streams.forbiddenFrames(),
                inbound.withheld(),
                queue.overflow());
    }

    /** Whether incoming messages are processed in time. */
    public ReceiveLoad load() {
        return queue.load();
    }

    /** Closes everything. Flows are reported closed. */
    @Override
    public void close() {
        loop.assertOnLoop();
        if (!closed) {
            closed = true;
            streams.close();
            datagrams.close();
        }
    }
}

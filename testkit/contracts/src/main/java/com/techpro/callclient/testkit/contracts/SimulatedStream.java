// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.net.StreamHandler;
import com.techpro.callclient.ports.net.StreamLink;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.testkit.contracts.PacketTrace.Fate;
import com.techpro.callclient.testkit.contracts.PacketTrace.Kind;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.net.SocketException;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One end of a TCP stream between two hosts of a {@link SimulatedNetwork}.
 *
 * <p>Written bytes travel as segments, so a reader gets them split at unexpected places. A
 * partition holds segments back until it heals.
 */
final class SimulatedStream implements StreamLink {
    private static final int SEGMENT = 1_460;
    private static final int MOST_WAITING = 1 << 20;
    private static final int HEADERS = 40;
    // How long common systems wait before they give up connecting.
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(127);
    private static final Duration NO_SUCH_NEIGHBOUR = Duration.ofSeconds(3);
    private static final Duration LINGER = Duration.ofSeconds(5);
    private static final byte[] NOTHING = {};

    private final SimulatedNetwork network;
    private final SimulatedHost host;
    private InetSocketAddress local;
    private InetSocketAddress remote;
    private StreamHandler handler;
    private @Nullable SimulatedStream peer;
    private @Nullable SimulatedNat nat;
    private int natEpoch;
    private State state = State.CONNECTING;
    private final ArrayDeque<Segment> held = new ArrayDeque<>();
    private final ArrayDeque<byte[]> beforeConnected = new ArrayDeque<>();
    private int waiting;
    private boolean closeWhenConnected;
    private boolean cut;
    private long lastArrival = Long.MIN_VALUE;
    private @Nullable InetSocketAddress bound;
    private @Nullable Timer connectTimeout;

    SimulatedStream(SimulatedNetwork network, SimulatedHost host, InetSocketAddress remote, StreamHandler handler) {
        this.network = network;
        this.host = host;
        this.local = new InetSocketAddress("0.0.0.0", 0);
        this.remote = remote;
        this.handler = handler;
    }

    private enum State {
        CONNECTING,
        OPEN,
        /** Closed here; earlier writes are still in transit. */
        CLOSING,
        CLOSED
    }

    private static final class Segment {
        final Kind kind;
        final byte[] payload;

        Segment(Kind kind, byte[] payload) {
            this.kind = kind;
            this.payload = payload;
        }
    }

    @Override
    public InetSocketAddress localAddress() {
        return local;
    }

    @Override
    public InetSocketAddress remoteAddress() {
        return remote;
    }

    @Override
    public boolean write(ByteBuffer bytes) {
        if (state == State.CLOSING || state == State.CLOSED || closeWhenConnected || waiting > MOST_WAITING) {
            return false;
        }
        while (bytes.hasRemaining()) {
            byte[] segment = new byte[Math.min(SEGMENT, bytes.remaining())];
            bytes.get(segment);
            waiting += segment.length;
            if (state == State.CONNECTING) {
                beforeConnected.add(segment);
            } else {
                send(new Segment(Kind.DATA, segment));
            }
        }
        return true;
    }

    @Override
    public void close() {
        if (state == State.OPEN) {
            state = State.CLOSING;
            send(new Segment(Kind.END, NOTHING));
            if (state == State.CLOSING && !held.isEmpty()) {
                soon(LINGER, this::giveUp);
            }
        } else if (state == State.CONNECTING && !beforeConnected.isEmpty()) {
            closeWhenConnected = true;
            soon(LINGER, this::abandon);
        } else if (state == State.CONNECTING) {
            abandon();
        }
    }

    boolean isBetween(SimulatedHost one, SimulatedHost other) {
        return peer != null && ((host == one && peer.host == other) || (host == other && peer.host == one));
    }

    /** Breaks the connection for both ends. */
    void reset() {
        SimulatedStream other = peer;
        soon(Duration.ZERO, () -> end(new SocketException("Connection reset")));
        if (other != null) {
            other.soon(Duration.ZERO, () -> other.end(new SocketException("Connection reset")));
        }
    }

    void refuse(IOException cause) {
        soon(Duration.ZERO, () -> end(cause));
    }

    void connect() {
        if (remote.isUnresolved()) {
            refuse(new UnknownHostException("unresolved address"));
            return;
        }
        InetAddress source = host.sourceFor(remote.getAddress());
        SimulatedNat64 translator = network.translatorTo(remote);
        InetSocketAddress translated = translator == null ? null : translator.behind(remote);
        InetSocketAddress to = translated == null ? remote : translated;
        SimulatedHost target = source == null ? null : network.hostFor(host, to.getAddress());
        if (source == null) {
            refuse(new NoRouteToHostException("no address of that family"));
            return;
        }
        InetSocketAddress from = new InetSocketAddress(source, host.ephemeralPort());
        SimulatedNat crossed = host.nat() != null && (target == null || target.nat() != host.nat()) ? host.nat() : null;
        crossed = translator == null ? crossed : translator.nat();
        InetSocketAddress seen = crossed == null ? from : crossed.outboundStream();
        if (target == null) {
            network.record(Kind.CONNECT, Fate.NOBODY, seen, remote, NOTHING);
            soon(NO_SUCH_NEIGHBOUR, () -> end(new NoRouteToHostException("No route to host")));
            return;
        }
        var acceptedEnd = new SimulatedStream(network, target, seen, Unaccepted.INSTANCE);
        acceptedEnd.local = to;
        acceptedEnd.peer = this;
        peer = acceptedEnd;
        nat = crossed;
        natEpoch = crossed == null ? 0 : crossed.epoch();
        acceptedEnd.nat = crossed;
        acceptedEnd.natEpoch = natEpoch;
        network.opened(this);
        bound = from;
        send(new Segment(Kind.CONNECT, NOTHING));
        connectTimeout = soon(CONNECT_TIMEOUT, () -> end(new ConnectException("Connection timed out")));
    }

    /** Sends what a partition held back. */
    void resume() {
        SimulatedStream other = peer;
        if (other == null || network.path(host, other.host).conditions().partitioned()) {
            return;
        }
        List<Segment> released = List.copyOf(held);
        held.clear();
        released.forEach(this::send);
        if (state == State.CLOSED) {
            network.closed(this);
        }
    }

    private void send(Segment segment) {
        SimulatedStream other = peer;
        if (other == null) {
            return;
        }
        if (nat != null && nat.epoch() != natEpoch) {
            network.record(segment.kind, Fate.NOBODY, other.remote, remote, segment.payload);
            soon(Duration.ZERO, () -> end(new SocketException("Connection reset")));
            return;
        }
        if (isCut() || other.isCut()) {
            // Retransmitted for minutes, for which nobody here waits; each end notices only its own
            // silence.
            cut = true;
            network.record(segment.kind, Fate.NOBODY, other.remote, remote, segment.payload);
            if (segment.kind == Kind.END) {
                soon(Duration.ZERO, () -> end(null));
            }
            return;
        }
        NetworkPath path = network.path(host, other.host);
        if (path.conditions().partitioned()) {
            held.add(segment);
            return;
        }
        network.record(segment.kind, Fate.PASSED, other.remote, remote, segment.payload);
        long now = network.time().nanoTime();
        lastArrival = Math.max(lastArrival, path.segment(segment.payload.length + HEADERS, now));
        network.time().at(lastArrival, () -> {
            waiting -= segment.payload.length;
            other.arrived(segment);
        });
        if (segment.kind == Kind.END) {
            soon(Duration.ZERO, () -> end(null));
        }
    }

    /** Whether its host has left the stream's address, or data was lost while it had. */
    private boolean isCut() {
        return cut || !host.has((bound == null ? local : bound).getAddress());
    }

    private void arrived(Segment segment) {
        if (isCut()) {
            cut = true;
            return;
        }
        switch (segment.kind) {
            case CONNECT -> accept();
            case ACCEPT -> accepted();
            case DATA -> {
                if (state == State.OPEN) {
                    SimulatedDatagramLink.deliver(segment.payload, bytes -> handler.received(this, bytes));
                }
            }
            case END -> {
                if (state == State.OPEN || state == State.CLOSING) {
                    end(null);
                }
            }
            case RESET -> {
                boolean refused = state == State.CONNECTING;
                end(refused ? new ConnectException("Connection refused") : new SocketException("Connection reset"));
            }
            case DATAGRAM -> throw new IllegalStateException("not a segment");
        }
    }

    private void accept() {
        SimulatedListener listener = host.listenerAt(local);
        if (listener == null) {
            state = State.CLOSED;
            send(new Segment(Kind.RESET, NOTHING));
            return;
        }
        state = State.OPEN;
        network.opened(this);
        host.add(this);
        handler = listener.acceptor().accepted(this);
        send(new Segment(Kind.ACCEPT, NOTHING));
        if (state == State.OPEN) {
            handler.connected(this);
        }
    }

    private void accepted() {
        if (state != State.CONNECTING) {
            return;
        }
        state = State.OPEN;
        stopConnectTimeout();
        if (bound != null) {
            local = bound;
        }
        for (byte[] segment : beforeConnected) {
            send(new Segment(Kind.DATA, segment));
        }
        beforeConnected.clear();
        if (closeWhenConnected) {
            close();
        } else {
            handler.connected(this);
        }
    }

    private void abandon() {
        if (state == State.CONNECTING) {
            state = State.CLOSING;
            send(new Segment(Kind.RESET, NOTHING));
            soon(Duration.ZERO, () -> end(null));
        }
    }

    private void giveUp() {
        if (state == State.CLOSING) {
            held.clear();
            held.add(new Segment(Kind.RESET, NOTHING));
            end(null);
        }
    }

    private void stopConnectTimeout() {
        if (connectTimeout != null) {
            connectTimeout.cancel();
        }
    }

    private void end(@Nullable IOException cause) {
        if (state == State.CLOSED) {
            return;
        }
        state = State.CLOSED;
        stopConnectTimeout();
        beforeConnected.clear();
        host.closed(this);
        if (held.isEmpty()) {
            network.closed(this);
        }
        handler.closed(this, cause);
    }

    private Timer soon(Duration delay, Runnable task) {
        return network.time().at(network.time().nanoTime() + VirtualTime.nanosOf(delay), task);
    }

    /** Placeholder until the acceptor has chosen. */
    private enum Unaccepted implements StreamHandler {
        INSTANCE;

        @Override
        public void connected(StreamLink link) {}

        @Override
        public void received(StreamLink link, ByteBuffer bytes) {}

        @Override
        public void closed(StreamLink link, @Nullable IOException cause) {}
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.net.DatagramLink.SendStatus;
import com.techpro.callclient.ports.net.DatagramPoller;
import com.techpro.callclient.ports.net.DatagramReceiver;
import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.net.Resolver;
import com.techpro.callclient.ports.net.StreamAcceptor;
import com.techpro.callclient.ports.net.StreamHandler;
import com.techpro.callclient.ports.net.StreamLink;
import com.techpro.callclient.ports.net.StreamListener;
import java.io.IOException;
import java.net.BindException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One host of a {@link SimulatedNetwork}: the {@link Network} of an engine on it. */
public final class SimulatedHost implements Network {
    private static final int FIRST_EPHEMERAL_PORT = 49_152;
    private static final int PORTS = 65_536 - FIRST_EPHEMERAL_PORT;

    private final SimulatedNetwork network;
    private List<InetAddress> addresses;
    private final @Nullable SimulatedNat nat;
    private final Map<Integer, SimulatedDatagramLink> datagrams = new LinkedHashMap<>();
    private final Map<Integer, SimulatedListener> listeners = new LinkedHashMap<>();
    private final Set<SimulatedPoller> pollers = new LinkedHashSet<>();
    private final Set<SimulatedStream> streams = new LinkedHashSet<>();
    private int portsGiven;
    private boolean closed;

    SimulatedHost(SimulatedNetwork network, List<InetAddress> addresses, @Nullable SimulatedNat nat) {
        this.network = network;
        this.addresses = addresses;
        this.nat = nat;
    }

    /** Its addresses; the first identifies it in the network's methods. */
    @Override
    public List<InetAddress> addresses() {
        return addresses;
    }

    /**
     * Moves the host to another network: its old addresses no longer work. Sockets bound to them
     * stay open, and their streams stall silently, as on a real machine.
     */
    public void moveTo(String... others) {
        List<InetAddress> now = SimulatedNetwork.addressesOf(others);
        network.moved(this, addresses, now);
        addresses = now;
    }

    @Override
    public DatagramLink openDatagram(InetSocketAddress local, DatagramReceiver receiver) throws IOException {
        return open(local, receiver, false);
    }

    @Override
    public DatagramPoller openPoller() throws IOException {
        requireOpen();
        var poller = new SimulatedPoller((local, receiver) -> open(local, receiver, true), this::closed);
        pollers.add(poller);
        return poller;
    }

    @Override
    public StreamLink connect(InetSocketAddress remote, StreamHandler handler) {
        var stream = new SimulatedStream(network, this, remote, handler);
        if (closed) {
            stream.refuse(new IOException("the network is closed"));
        } else {
            streams.add(stream);
            stream.connect();
        }
        return stream;
    }

    @Override
    public StreamListener listen(InetSocketAddress local, StreamAcceptor acceptor) throws IOException {
        InetSocketAddress bound = bind(local, listeners);
        var listener = new SimulatedListener(bound, acceptor, this::closed);
        listeners.put(bound.getPort(), listener);
        return listener;
    }

    @Override
    public Resolver resolver() {
        return network.dns();
    }

    @Override
    public InetAddress localAddressFor(InetSocketAddress remote) throws IOException {
        InetAddress local = remote.isUnresolved() ? null : sourceFor(remote.getAddress());
        if (local == null) {
            throw new NoRouteToHostException("no address of that family");
        }
        return local;
    }

    @Override
    public int openLinks() {
        return datagrams.size() + listeners.size() + pollers.size() + streams.size();
    }

    /** Closes everything; call {@link #reopen} to use the host again. */
    @Override
    public void close() {
        closed = true;
        List.copyOf(pollers).forEach(SimulatedPoller::close);
        List.copyOf(datagrams.values()).forEach(SimulatedDatagramLink::close);
        List.copyOf(listeners.values()).forEach(SimulatedListener::close);
        List.copyOf(streams).forEach(SimulatedStream::close);
    }

    /** Lets a closed host open links again, as the next program on the same machine. */
    public SimulatedHost reopen() {
        closed = false;
        return this;
    }

    @Nullable
    SimulatedNat nat() {
        return nat;
    }

    InetAddress name() {
        return addresses.get(0);
    }

    SimulatedNetwork network() {
        return network;
    }

    private SimulatedDatagramLink open(InetSocketAddress local, DatagramReceiver receiver, boolean polled)
            throws IOException {
        InetSocketAddress bound = bind(local, datagrams);
        var link = new SimulatedDatagramLink(
                bound, receiver, polled, (packet, to) -> send(bound, packet, to), this::closed);
        datagrams.put(bound.getPort(), link);
        return link;
    }

    private SendStatus send(InetSocketAddress bound, ByteBuffer packet, InetSocketAddress to) {
        InetAddress source = to.isUnresolved() || to.getPort() == 0 ? null : sourceFor(to.getAddress());
        if (source == null) {
            return SendStatus.UNREACHABLE;
        }
        if (!bound.getAddress().isAnyLocalAddress()) {
            source = bound.getAddress();
            if (!has(source) || !Addresses.sameFamily(source, to.getAddress())) {
                return SendStatus.UNREACHABLE;
            }
        }
        byte[] payload = new byte[packet.remaining()];
        packet.get(payload);
        network.datagram(this, new InetSocketAddress(source, bound.getPort()), to, payload);
        return SendStatus.SENT;
    }

    void arrived(InetSocketAddress to, byte[] payload, InetSocketAddress from) {
        SimulatedDatagramLink link = datagrams.get(to.getPort());
        if (link != null && accepts(link.localAddress(), to.getAddress())) {
            link.arrived(payload, from);
        }
    }

    @Nullable
    SimulatedListener listenerAt(InetSocketAddress to) {
        SimulatedListener listener = listeners.get(to.getPort());
        return listener != null && accepts(listener.localAddress(), to.getAddress()) ? listener : null;
    }

    boolean has(InetAddress address) {
        return address.isAnyLocalAddress() || address.isLoopbackAddress() || addresses.contains(address);
    }

    /**
     * Returns the source address for packets to the target, or null if there is none of that
     * family.
     */
    @Nullable
    InetAddress sourceFor(InetAddress target) {
        if (target.isLoopbackAddress()) {
            return target;
        }
        for (InetAddress address : addresses) {
            if (Addresses.sameFamily(address, target)) {
                return address;
            }
        }
        return null;
    }

    int ephemeralPort() {
        return FIRST_EPHEMERAL_PORT + portsGiven++ % PORTS;
    }

    void add(SimulatedStream stream) {
        streams.add(stream);
    }

    private void closed(SimulatedDatagramLink link) {
        datagrams.remove(link.localAddress().getPort(), link);
    }

    private void closed(SimulatedListener listener) {
        listeners.remove(listener.localAddress().getPort(), listener);
    }

    private void closed(SimulatedPoller poller) {
        pollers.remove(poller);
    }

    void closed(SimulatedStream stream) {
        streams.remove(stream);
    }

    private InetSocketAddress bind(InetSocketAddress local, Map<Integer, ?> taken) throws IOException {
        requireOpen();
        InetAddress address = local.getAddress();
        if (local.isUnresolved() || !has(address)) {
            throw new BindException("Cannot assign requested address");
        }
        int port = local.getPort();
        if (port == 0) {
            for (int tries = 0; port == 0 || taken.containsKey(port); tries++) {
                if (tries > PORTS) {
                    throw new BindException("no free port");
                }
                port = ephemeralPort();
            }
        } else if (taken.containsKey(port)) {
            throw new BindException("Address already in use");
        }
        return new InetSocketAddress(address, port);
    }

    private void requireOpen() throws IOException {
        if (closed) {
            throw new IOException("the network is closed");
        }
    }

    private static boolean accepts(InetSocketAddress bound, InetAddress to) {
        InetAddress address = bound.getAddress();
        return address.isAnyLocalAddress()
                ? address instanceof Inet6Address || !(to instanceof Inet6Address)
                : address.equals(to);
    }
}

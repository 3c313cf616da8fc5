// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A NAT, by default like most home routers. It has one public port per private address and port for
 * all destinations, and only contacted addresses and ports may answer (RFC 4787:
 * endpoint-independent mapping, address and port-dependent filtering). Packets from inside to its
 * own public address are dropped: no hair-pinning.
 */
public final class SimulatedNat {
    private static final int FIRST_PORT = 20_000;

    private final VirtualTime time;
    private final InetAddress publicAddress;
    private final Map<Flow, Mapping> byPrivate = new HashMap<>();
    private final Map<Integer, Mapping> byPort = new HashMap<>();
    private Duration mappingTimeout = Duration.ofMinutes(2);
    private Kind kind = Kind.PORT_RESTRICTED;
    private int nextPort = FIRST_PORT;
    private int epoch;

    SimulatedNat(VirtualTime time, InetAddress publicAddress) {
        this.time = time;
        this.publicAddress = publicAddress;
    }

    /** The filtering and mapping of a NAT, named as in RFC 3489 §5. */
    public enum Kind {
        /** Anyone may send. */
        FULL_CONE,
        /** Only contacted addresses may send, from any port. */
        ADDRESS_RESTRICTED,
        /** Only contacted addresses and ports may send. */
        PORT_RESTRICTED,
        /** As before, with another public port per contacted address and port. */
        SYMMETRIC
    }

    /** @param to null if one public port serves all destinations */
    private record Flow(InetSocketAddress from, @Nullable InetSocketAddress to) {}

    private static final class Mapping {
        final SimulatedHost host;
        final InetSocketAddress inside;
        final int port;
        final Set<InetSocketAddress> spokenTo = new HashSet<>();
        long lastUsed;

        Mapping(SimulatedHost host, InetSocketAddress inside, int port) {
            this.host = host;
            this.inside = inside;
            this.port = port;
        }
    }

    /** The inside destination of an inbound packet. */
    record Inside(SimulatedHost host, InetSocketAddress address) {}

    public InetAddress publicAddress() {
        return publicAddress;
    }

    /** Sets the kind for new mappings; default: {@link Kind#PORT_RESTRICTED}. */
    public SimulatedNat kind(Kind behaviour) {
        kind = behaviour;
        return this;
    }

    /**
     * Sets how long a UDP mapping outlives the last packet from inside; default: two minutes (RFC
     * 4787 REQ-5).
     */
    public SimulatedNat mappingTimeout(Duration timeout) {
        mappingTimeout = timeout;
        return this;
    }

    /**
     * Forgets every mapping, as a restarting router does. The next packet from inside gets another
     * public port, the old ports accept nothing, and established streams are reset when either side
     * next sends.
     */
    public void rebind() {
        byPrivate.clear();
        byPort.clear();
        epoch++;
    }

    /** Returns the number of mappings in use. */
    public int mappings() {
        return (int) byPort.values().stream().filter(this::isAlive).count();
    }

    /** Increases with every rebinding; a stream of an earlier epoch is dead. */
    int epoch() {
        return epoch;
    }

    InetSocketAddress outbound(SimulatedHost host, InetSocketAddress from, InetSocketAddress to) {
        Flow flow = new Flow(from, kind == Kind.SYMMETRIC ? to : null);
        Mapping mapping = byPrivate.get(flow);
        if (mapping == null || !isAlive(mapping)) {
            if (mapping != null) {
                byPort.remove(mapping.port);
            }
            mapping = new Mapping(host, from, nextPort++);
            byPrivate.put(flow, mapping);
            byPort.put(mapping.port, mapping);
        }
        mapping.lastUsed = time.nanoTime();
        mapping.spokenTo.add(to);
        return new InetSocketAddress(publicAddress, mapping.port);
    }

    @Nullable
    Inside inbound(int port, InetSocketAddress from) {
        Mapping mapping = byPort.get(port);
        return mapping != null && isAlive(mapping) && mayEnter(mapping, from)
                ? new Inside(mapping.host, mapping.inside)
                : null;
    }

    private boolean mayEnter(Mapping mapping, InetSocketAddress from) {
        return switch (kind) {
            case FULL_CONE -> true;
            case ADDRESS_RESTRICTED ->
                mapping.spokenTo.stream().anyMatch(known -> known.getAddress().equals(from.getAddress()));
            case PORT_RESTRICTED, SYMMETRIC -> mapping.spokenTo.contains(from);
        };
    }

    /** Returns a public port for a stream, valid until the stream ends or the NAT is rebound. */
    InetSocketAddress outboundStream() {
        return new InetSocketAddress(publicAddress, nextPort++);
    }

    private boolean isAlive(Mapping mapping) {
        return time.nanoTime() - mapping.lastUsed <= VirtualTime.nanosOf(mappingTimeout);
    }
}

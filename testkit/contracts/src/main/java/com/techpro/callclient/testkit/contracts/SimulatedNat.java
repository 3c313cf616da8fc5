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
 * A NAT. Unless told otherwise it is as most homes have it: one public port for each private address and port whoever is spoken to, and
 * only those spoken to may answer (RFC 4787: endpoint-independent mapping, address and port-dependent filtering). Packets from inside to
 * its own public address go nowhere: no hair-pinning.
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

    /** Who may send to a public port, and whom it is for; in the words of RFC 3489 §5. */
    public enum Kind {
        /** Anybody. */
        FULL_CONE,
        /** The addresses spoken to, from any port. */
        ADDRESS_RESTRICTED,
        /** The addresses and ports spoken to. */
        PORT_RESTRICTED,
        /** As before, and each address and port spoken to sees another public port. */
        SYMMETRIC
    }

    /** @param to null where one public port is for all who are spoken to */
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

    /** Where an inbound packet goes. */
    record Inside(SimulatedHost host, InetSocketAddress address) {}

    public InetAddress publicAddress() {
        return publicAddress;
    }

    /** For mappings made from now on; {@link Kind#PORT_RESTRICTED} unless set. */
    public SimulatedNat kind(Kind behaviour) {
        kind = behaviour;
        return this;
    }

    /** How long a UDP mapping outlives the last packet from inside; two minutes unless set (RFC 4787 REQ-5). */
    public SimulatedNat mappingTimeout(Duration timeout) {
        mappingTimeout = timeout;
        return this;
    }

    /**
     * Forgets every mapping, as a router does that restarts: the next packet from inside gets another public port, the old ports
     * let nobody in, and established streams are reset when either side next sends.
     */
    public void rebind() {
        byPrivate.clear();
        byPort.clear();
        epoch++;
    }

    /** Mappings in use. */
    public int mappings() {
        return (int) byPort.values().stream().filter(this::isAlive).count();
    }

    /** Goes up with every rebinding; a stream of an earlier epoch is dead. */
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

    /** A public port for a stream; streams keep it until they end or the NAT is rebound. */
    InetSocketAddress outboundStream() {
        return new InetSocketAddress(publicAddress, nextPort++);
    }

    private boolean isAlive(Mapping mapping) {
        return time.nanoTime() - mapping.lastUsed <= VirtualTime.nanosOf(mappingTimeout);
    }
}

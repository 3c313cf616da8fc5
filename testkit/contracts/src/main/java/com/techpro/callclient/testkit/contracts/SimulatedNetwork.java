// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.testkit.contracts.PacketTrace.Fate;
import com.techpro.callclient.testkit.contracts.PacketTrace.Kind;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Hosts, NATs and a name server on {@link VirtualTime}, with every packet recorded.
 *
 * <p>Each direction between two hosts has its {@link LinkConditions} and its own seeded random
 * source. The same program with the same seed gives the same {@link #trace}. A host is identified
 * by its first address. Everything runs on the thread that advances the time.
 */
public final class SimulatedNetwork implements AutoCloseable {
    private final VirtualTime time;
    private final long seed;
    private final PacketTrace trace = new PacketTrace();
    private final SimulatedDns dns;
    private final List<SimulatedHost> hosts = new ArrayList<>();
    private final Map<InetAddress, SimulatedHost> byAddress = new LinkedHashMap<>();
    private final Map<InetAddress, SimulatedNat> nats = new LinkedHashMap<>();
    private @Nullable SimulatedNat64 translator;
    private final Map<Direction, NetworkPath> paths = new LinkedHashMap<>();
    private final List<SimulatedStream> streams = new ArrayList<>();
    private LinkConditions defaults = LinkConditions.LAN;

    public SimulatedNetwork(VirtualTime time, long seed) {
        this.time = time;
        this.seed = Seeds.of(seed);
        this.dns = new SimulatedDns(time);
    }

    private record Direction(InetAddress from, InetAddress to) {}

    /** The destination of an address at this moment, and the sender's address as seen there. */
    record Route(@Nullable SimulatedHost host, InetSocketAddress from, InetSocketAddress to) {}

    /** Returns the host with these addresses; creates it on the first call. */
    public SimulatedHost host(String... addresses) {
        SimulatedHost known = byAddress.get(Addresses.of(addresses[0]));
        return known != null ? known : add(new SimulatedHost(this, addressesOf(addresses), null));
    }

    /** Returns the NAT with that public address; creates it on the first call. */
    public SimulatedNat nat(String publicAddress) {
        return nats.computeIfAbsent(Addresses.of(publicAddress), address -> new SimulatedNat(time, address));
    }

    /**
     * Creates a NAT64 through which IPv6 hosts reach IPv4 hosts (RFC 6146). The test itself has to
     * announce it in DNS.
     *
     * @param prefix of 96 bits, such as {@code 64:ff9b::}
     */
    public SimulatedNat nat64(String publicAddress, String prefix) {
        SimulatedNat nat = nat(publicAddress);
        translator = new SimulatedNat64(nat, Addresses.of(prefix));
        return nat;
    }

    /** Creates a host that reaches others only through the NAT. */
    public SimulatedHost hostBehind(SimulatedNat nat, String... privateAddresses) {
        SimulatedHost known = byAddress.get(Addresses.of(privateAddresses[0]));
        return known != null ? known : add(new SimulatedHost(this, addressesOf(privateAddresses), nat));
    }

    /** Returns the name server of all hosts. */
    public SimulatedDns dns() {
        return dns;
    }

    /** Returns the packets sent so far. */
    public PacketTrace trace() {
        return trace;
    }

    /**
     * Sets the conditions between hosts without specific ones; {@link LinkConditions#LAN} at first.
     */
    public SimulatedNetwork defaultConditions(LinkConditions conditions) {
        defaults = conditions;
        return this;
    }

    /** Sets one direction. */
    public SimulatedNetwork conditions(String from, String to, LinkConditions conditions) {
        path(Addresses.of(from), Addresses.of(to)).conditions(conditions);
        if (!conditions.partitioned()) {
            List.copyOf(streams).forEach(SimulatedStream::resume);
        }
        return this;
    }

    /** Sets both directions. */
    public SimulatedNetwork conditionsBetween(String one, String other, LinkConditions conditions) {
        return conditions(one, other, conditions).conditions(other, one, conditions);
    }

    /** Blocks both directions until {@link #heal}. */
    public SimulatedNetwork partition(String one, String other) {
        return change(one, other, conditions -> conditions.withPartition(true));
    }

    public SimulatedNetwork heal(String one, String other) {
        return change(one, other, conditions -> conditions.withPartition(false));
    }

    /** Resets every stream between the two hosts: both ends lose the connection at once. */
    public SimulatedNetwork resetStreams(String one, String other) {
        SimulatedHost first = host(one);
        SimulatedHost second = host(other);
        for (SimulatedStream stream : List.copyOf(streams)) {
            if (stream.isBetween(first, second)) {
                stream.reset();
            }
        }
        return this;
    }

    /** Returns how many links, listeners and pollers of all hosts are open. */
    public int openLinks() {
        return hosts.stream().mapToInt(SimulatedHost::openLinks).sum();
    }

    /** Closes every host. */
    @Override
    public void close() {
        hosts.forEach(SimulatedHost::close);
    }

    void moved(SimulatedHost host, List<InetAddress> from, List<InetAddress> to) {
        for (InetAddress address : to) {
            if (byAddress.containsKey(address) && !byAddress.get(address).equals(host)) {
                throw new IllegalArgumentException("another host has that address");
            }
        }
        from.forEach(byAddress::remove);
        to.forEach(address -> byAddress.put(address, host));
    }

    VirtualTime time() {
        return time;
    }

    void opened(SimulatedStream stream) {
        streams.add(stream);
    }

    void closed(SimulatedStream stream) {
        streams.remove(stream);
    }

    NetworkPath path(SimulatedHost from, SimulatedHost to) {
        return path(from.name(), to.name());
    }

    Route route(SimulatedHost sender, InetSocketAddress from, InetSocketAddress to) {
        InetAddress target = to.getAddress();
        if (target.isLoopbackAddress()) {
            return new Route(sender, from, to);
        }
        InetSocketAddress translated = translator == null ? null : translator.behind(to);
        if (translator != null && translated != null) {
            InetSocketAddress seen = translator.nat().outbound(sender, from, translated);
            return new Route(hostFor(sender, translated.getAddress()), seen, translated);
        }
        SimulatedHost direct = hostFor(sender, target);
        if (direct != null && (sender.nat() == null || direct.nat() == sender.nat())) {
            return new Route(direct, from, to);
        }
        InetSocketAddress seen = sender.nat() == null ? from : sender.nat().outbound(sender, from, to);
        SimulatedNat nat = nats.get(target);
        if (nat != null) {
            var inside = nat.equals(sender.nat()) ? null : nat.inbound(to.getPort(), seen);
            InetSocketAddress shown =
                    translator != null && nat.equals(translator.nat()) ? translator.shown(seen) : seen;
            return inside == null ? new Route(null, seen, to) : new Route(inside.host(), shown, inside.address());
        }
        return new Route(direct, seen, to);
    }

    /** Returns the translator that serves that address, or null. */
    @Nullable
    SimulatedNat64 translatorTo(InetSocketAddress remote) {
        return translator != null && translator.behind(remote) != null ? translator : null;
    }

    /** Returns the host with that address, unless a NAT hides it from the sender. */
    @Nullable
    SimulatedHost hostFor(SimulatedHost sender, InetAddress target) {
        SimulatedHost found = target.isLoopbackAddress() ? sender : byAddress.get(target);
        return found != null && (found.nat() == null || found.nat() == sender.nat()) ? found : null;
    }

    void datagram(SimulatedHost sender, InetSocketAddress from, InetSocketAddress to, byte[] payload) {
        Route route = route(sender, from, to);
        SimulatedHost receiver = route.host();
        if (receiver == null) {
            record(Kind.DATAGRAM, Fate.NOBODY, route.from(), to, payload);
            return;
        }
        NetworkPath.Passage passage = path(sender, receiver).datagram(payload.length, time.nanoTime());
        record(Kind.DATAGRAM, passage.fate(), route.from(), to, payload);
        if (!passage.arrives()) {
            return;
        }
        int copies = passage.fate() == Fate.DUPLICATED ? 2 : 1;
        for (int i = 0; i < copies; i++) {
            time.at(passage.at(), () -> receiver.arrived(route.to(), payload, route.from()));
        }
    }

    void record(Kind kind, Fate fate, InetSocketAddress from, InetSocketAddress to, byte[] payload) {
        trace.add(new PacketTrace.Packet(time.elapsed(), kind, fate, from, to, payload));
    }

    private NetworkPath path(InetAddress from, InetAddress to) {
        return paths.computeIfAbsent(new Direction(from, to), unused -> {
            String name = from.getHostAddress() + ">" + to.getHostAddress();
            return new NetworkPath(from.equals(to) ? LinkConditions.PERFECT : defaults, Seeds.mix(seed, name));
        });
    }

    private SimulatedNetwork change(String one, String other, UnaryOperator<LinkConditions> change) {
        InetAddress first = Addresses.of(one);
        InetAddress second = Addresses.of(other);
        conditions(one, other, change.apply(path(first, second).conditions()));
        return conditions(other, one, change.apply(path(second, first).conditions()));
    }

    private SimulatedHost add(SimulatedHost host) {
        hosts.add(host);
        for (InetAddress address : host.addresses()) {
            if (byAddress.putIfAbsent(address, host) != null) {
                throw new IllegalArgumentException("two hosts with the address " + address.getHostAddress());
            }
        }
        return host;
    }

    static List<InetAddress> addressesOf(String... addresses) {
        return Arrays.stream(addresses).map(Addresses::of).toList();
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.net.DatagramLink.SendStatus;
import com.techpro.callclient.ports.time.Scheduler;
import com.techpro.callclient.stack.ice.stun.LongTermAuthentication;
import com.techpro.callclient.stack.ice.stun.StunMessage;
import com.techpro.callclient.stack.ice.turn.TurnClient;
import com.techpro.callclient.stack.ice.turn.TurnEffect;
import com.techpro.callclient.stack.ice.turn.TurnFailure;
import com.techpro.callclient.stack.ice.turn.TurnStream;
import com.techpro.callclient.stack.net.StreamConnector;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The sockets, STUN servers and relays of an {@link IceSession}. It gathers their candidates (RFC
 * 8445 §5.1.1) and sends packets by them. Runs on the session's scheduler.
 */
final class CandidateGathering {
    private final Scheduler scheduler;
    private final IceTransportPolicy policy;
    private final Random random;
    private final Runnable changed;
    private final Deque<Gathered> gathered = new ArrayDeque<>();
    private final Map<InetSocketAddress, Link> links = new LinkedHashMap<>();
    private final Set<InetSocketAddress> stunServers = new LinkedHashSet<>();
    private final ServerReflexiveQueries queries;
    private final List<Relay> relays = new ArrayList<>();
    private final Set<Told> told = new LinkedHashSet<>();

    /**
     * @param changed called when a stream to a server gave something, outside of a call of the
     *     session
     */
    CandidateGathering(
            Scheduler scheduler, IceTransportPolicy policy, Random random, SilentStunServers silent, Runnable changed) {
        this.scheduler = scheduler;
        this.policy = policy;
        this.random = random;
        this.changed = changed;
        queries = new ServerReflexiveQueries(random, silent, this::send, this::found);
    }

    /** What sockets and servers gave. */
    sealed interface Gathered {
        record Found(IceCandidate candidate) implements Gathered {}

        /** A packet arrived through a relay. */
        record Relayed(int component, InetSocketAddress relayed, TurnEffect.Received packet) implements Gathered {}

        /**
         * @param relayed the address that is no longer allocated; null if there was none
         */
        record RelayFailed(@Nullable InetSocketAddress relayed, TurnFailure failure) implements Gathered {}
    }

    private record Told(InetSocketAddress base, InetSocketAddress address) {}

    private static final class Link {
        final int component;
        final DatagramLink socket;
        final int preference;
        boolean retired;

        Link(int component, DatagramLink socket, int preference) {
            this.component = component;
            this.socket = socket;
            this.preference = preference;
        }
    }

    /** Returns what was gathered next; null for nothing. Look after each call. */
    @Nullable
    Gathered poll() {
        return gathered.poll();
    }

    void addLink(int component, DatagramLink socket) {
        Link link = new Link(component, socket, IceCandidate.MAX_PREFERENCE - links.size());
        links.put(socket.localAddress(), link);
        offer(link);
    }

    private void offer(Link link) {
        found(IceCandidate.host(link.component, link.socket.localAddress(), link.preference));
        stunServers.forEach(server -> ask(link, server));
    }

    void retireLink(InetSocketAddress base) {
        Link link = links.get(base);
        if (link != null) {
            link.retired = true;
        }
    }

    void removeLink(InetSocketAddress base) {
        links.remove(base);
        queries.remove(base);
        told.removeIf(known -> known.base.equals(base));
        relays.removeIf(relay -> base.equals(relay.base));
    }

    boolean hasLink(InetSocketAddress base) {
        return links.containsKey(base);
    }

    void addStunServer(InetSocketAddress server) {
        stunServers.add(server);
        links.values().forEach(link -> ask(link, server));
    }

    private void ask(Link link, InetSocketAddress server) {
        InetSocketAddress base = link.socket.localAddress();
        if (policy != IceTransportPolicy.RELAY && !link.retired && isIpv6(base) == isIpv6(server)) {
            queries.ask(link.component, base, server, link.preference, now());
        }
    }

    void addTurnServer(InetSocketAddress base, InetSocketAddress server, LongTermAuthentication login) {
        Link link = links.get(base);
        if (link == null) {
            throw new IllegalArgumentException("no socket with that address");
        }
        Consumer<byte[]> toServer = packet -> send(base, server, packet);
        TurnClient client = new TurnClient(login, isIpv6(base), false, random);
        start(new Relay(client, link.component, base, server, relayPreference(), toServer, null));
    }

    /** Adds a server reached over a stream of its own, from any address of the host. */
    void addTurnServer(
            int component, InetSocketAddress server, LongTermAuthentication login, StreamConnector connector) {
        TurnClient client = new TurnClient(login, isIpv6(server), true, random);
        Relay[] made = new Relay[1];
        TurnStream stream = new TurnStream(
                message -> {
                    received(made[0], message);
                    changed.run();
                },
                () -> lost(made[0]));
        made[0] = new Relay(client, component, null, server, relayPreference(), stream::send, stream);
        stream.open(connector, server, scheduler);
        start(made[0]);
    }

    private int relayPreference() {
        return IceCandidate.MAX_PREFERENCE - relays.size();
    }

    private void start(Relay relay) {
        relays.add(relay);
        interpret(relay, relay.client.start(now()));
    }

    private void lost(Relay relay) {
        interpret(relay, relay.client.connectionLost());
        changed.run();
    }

    /** Whether a relay of the component is reached by a stream to that server. */
    boolean hasStream(int component, InetSocketAddress server) {
        return relays.stream()
                .anyMatch(relay -> relay.isStream()
                        && !relay.isRetired()
                        && relay.component == component
                        && relay.server.equals(server));
    }

    /** The call leaves the address of the streams to servers: as {@link #retireLink}. */
    void retireStreams() {
        relays.stream().filter(Relay::isStream).forEach(Relay::retire);
    }

    /** Releases the relays of retired streams that are not in use. */
    void releaseRetiredStreams(Collection<InetSocketAddress> inUse) {
        for (Relay relay : List.copyOf(relays)) {
            InetSocketAddress address = relay.relayed();
            if (relay.isStream() && relay.isRetired() && (address == null || !inUse.contains(address))) {
                interpret(relay, relay.client.close(now()));
            }
        }
    }

    /** Returns the relay at that server that is reached from that socket, or null. */
    @Nullable
    Relay relayOf(InetSocketAddress base, InetSocketAddress server) {
        for (Relay relay : relays) {
            if (relay.server.equals(server) && base.equals(relay.base)) {
                return relay;
            }
        }
        return null;
    }

    /** Reports again the candidates of everything that is not retired. */
    void restart() {
        queries.clear();
        told.clear();
        links.values().stream().filter(link -> !link.retired).forEach(this::offer);
        for (Relay relay : List.copyOf(relays)) {
            if (!isRetired(relay)) {
                interpret(relay, relay.restart(now()));
            }
        }
    }

    /** Whether no server still has to answer. */
    boolean isComplete() {
        return !queries.isAsking() && !isAllocating();
    }

    /** Whether a relay may still come. */
    boolean isAllocating() {
        return relays.stream().anyMatch(relay -> !relay.isOffered() && !isRetired(relay));
    }

    /** Whether a server still has to answer that is worth waiting for. */
    boolean isAwaited() {
        return isReflexiveAwaited() || isAllocating();
    }

    boolean isReflexiveAwaited() {
        return queries.isAwaited();
    }

    /** Nobody waits any longer for servers that have not answered. */
    void waitEnded() {
        queries.waitEnded();
    }

    private boolean isRetired(Relay relay) {
        Link link = relay.base == null ? null : links.get(relay.base);
        return relay.isRetired() || (link != null && link.retired);
    }

    /** Processes the message if it is the answer of a STUN server; returns whether it was. */
    boolean isAnswer(InetSocketAddress base, InetSocketAddress from, StunMessage message) {
        return queries.received(base, from, message, now());
    }

    /** A complete message of the server. */
    void received(Relay relay, ByteBuffer message) {
        interpret(relay, relay.client.received(message, now()));
    }

    /** Permits the peer to send through the relay with that address. */
    void permit(InetSocketAddress relayed, InetSocketAddress peer) {
        relays.stream().filter(relay -> relayed.equals(relay.relayed())).forEach(relay -> relay.prepare(peer, now()));
    }

    /** Binds a channel for media to the peer, if a relay has that address. */
    void bindChannel(InetSocketAddress relayed, InetSocketAddress peer) {
        for (Relay relay : relays) {
            if (relayed.equals(relay.relayed())) {
                relay.interpret(relay.client.bindChannel(peer, now()), now());
            }
        }
    }

    /** Sends a packet from the socket or relay with that address. */
    void send(InetSocketAddress base, InetSocketAddress to, byte[] packet) {
        send(base, to, ByteBuffer.wrap(packet));
    }

    SendStatus send(InetSocketAddress base, InetSocketAddress to, ByteBuffer packet) {
        Link link = links.get(base);
        if (link != null) {
            return link.socket.send(packet, to);
        }
        for (Relay relay : relays) {
            if (base.equals(relay.relayed())) {
                relay.send(to, bytes(packet), now());
                return SendStatus.SENT;
            }
        }
        return SendStatus.UNREACHABLE;
    }

    /**
     * Sends a packet through any relay of the component, to a peer that may not have permission
     * yet.
     */
    SendStatus sendByRelay(int component, ByteBuffer packet, InetSocketAddress to) {
        for (Relay relay : relays) {
            if (relay.component == component && relay.relayed() != null && !isRetired(relay)) {
                relay.prepare(to, now());
                relay.send(to, bytes(packet), now());
                return SendStatus.SENT;
            }
        }
        return SendStatus.UNREACHABLE;
    }

    private static byte[] bytes(ByteBuffer packet) {
        byte[] bytes = new byte[packet.remaining()];
        packet.get(bytes);
        return bytes;
    }

    void wake() {
        queries.wake(now());
        for (Relay relay : List.copyOf(relays)) {
            interpret(relay, relay.client.wake(now()));
        }
    }

    @Nullable
    Duration untilWake() {
        Duration soonest = queries.untilWake(now());
        for (Relay relay : relays) {
            Duration due = relay.client.untilWake(now());
            if (soonest == null || (due != null && due.compareTo(soonest) < 0)) {
                soonest = due;
            }
        }
        return soonest;
    }

    /** Stops asking servers for reflexive addresses. */
    void stopQueries() {
        queries.clear();
    }

    /**
     * Releases the second component's relays without waiting for an answer; its sockets are no
     * longer candidates.
     */
    void oneComponent() {
        for (Relay relay : List.copyOf(relays)) {
            if (relay.component > 1) {
                interpret(relay, relay.client.close(now()));
                relays.remove(relay);
                relay.close();
            }
        }
        List<Link> former =
                links.values().stream().filter(link -> link.component > 1).collect(Collectors.toList());
        former.forEach(link -> removeLink(link.socket.localAddress()));
    }

    void release() {
        for (Relay relay : List.copyOf(relays)) {
            interpret(relay, relay.client.close(now()));
        }
    }

    boolean isReleased() {
        return relays.isEmpty();
    }

    void forgetRelays() {
        relays.forEach(Relay::close);
        relays.clear();
    }

    /** Reports the candidate, unless another server has given the same one (RFC 8445 §5.1.3). */
    private void found(IceCandidate candidate) {
        if (told.add(new Told(candidate.base(), candidate.address()))) {
            gathered.add(new Gathered.Found(candidate));
        }
    }

    private void interpret(Relay relay, List<TurnEffect> effects) {
        InetSocketAddress before = relay.relayed();
        for (TurnEffect effect : relay.interpret(effects, now())) {
            if (effect instanceof TurnEffect.Allocated || effect instanceof TurnEffect.Refreshed) {
                IceCandidate candidate = relay.offer();
                if (candidate != null && !isRetired(relay)) {
                    found(candidate);
                    IceCandidate reflexive = relay.reflexive();
                    if (reflexive != null) {
                        found(reflexive);
                    }
                }
            } else if (effect instanceof TurnEffect.Received received) {
                InetSocketAddress relayed = relay.relayed();
                if (relayed != null) {
                    gathered.add(new Gathered.Relayed(relay.component, relayed, received));
                }
            } else if (effect instanceof TurnEffect.Failed failed) {
                relays.remove(relay);
                relay.close();
                gathered.add(new Gathered.RelayFailed(before, failed.failure()));
            } else if (effect instanceof TurnEffect.Released) {
                relays.remove(relay);
                relay.close();
            }
        }
    }

    private long now() {
        return scheduler.nanoTime();
    }

    private static boolean isIpv6(InetSocketAddress address) {
        return address.getAddress() instanceof Inet6Address;
    }
}

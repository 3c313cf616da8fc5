// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.ice;

import com.techpro.callclient.engine.internal.ice.stun.LongTermAuthentication;
import com.techpro.callclient.engine.internal.ice.stun.StunMessage;
import com.techpro.callclient.engine.internal.ice.stun.StunParseResult;
import com.techpro.callclient.engine.internal.ice.stun.StunParser;
import com.techpro.callclient.engine.internal.ice.turn.TurnClient;
import com.techpro.callclient.engine.internal.ice.turn.TurnEffect;
import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.net.DatagramLink.SendStatus;
import com.techpro.callclient.ports.time.Scheduler;
import com.techpro.callclient.ports.time.Timer;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Binds an {@link IceAgent} to sockets, servers and timers. All methods are called on its scheduler, and so is the listener.
 *
 * <p>The sockets belong to whoever opened them, and each is bound to an address of this host, as what leaves from it tells which candidate
 * it is. Whoever receives from them hands in what {@link PacketClass} takes for STUN or for a TURN channel.
 *
 * <p>Packets go to the servers named here, to the addresses that the other side signalled, and to where a vouched-for check came from.
 */
public final class IceSession implements AutoCloseable {
    /** How long candidates of servers are waited for; later ones are told when they come. */
    static final Duration GATHERING_LIMIT = Duration.ofMillis(250);

    private final Scheduler scheduler;
    private final IceAgent agent;
    private final IceTransportPolicy policy;
    private final Random random;
    private final IceListener listener;
    private final Map<InetSocketAddress, Link> links = new LinkedHashMap<>();
    private final Set<InetSocketAddress> stunServers = new LinkedHashSet<>();
    private final ServerReflexiveQueries queries;
    private final List<Relay> relays = new ArrayList<>();
    private final Map<Integer, Way> selected = new LinkedHashMap<>();
    private @Nullable Timer timer;
    private long gatheringEnds;
    private boolean gathering;
    private boolean closed;

    public IceSession(
            Scheduler scheduler, IceAgent agent, IceTransportPolicy policy, Random random, IceListener listener) {
        this.scheduler = scheduler;
        this.agent = agent;
        this.policy = policy;
        this.random = random;
        this.listener = listener;
        queries = new ServerReflexiveQueries(random, this::send, this::local);
    }

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

    private record Way(InetSocketAddress base, InetSocketAddress to) {}

    public IceAgent agent() {
        return agent;
    }

    /** A socket, whose address is a host candidate, and which the STUN servers are asked about. The first is preferred most. */
    public void addLink(int component, DatagramLink socket) {
        Link link = new Link(component, socket, IceCandidate.MAX_PREFERENCE - links.size());
        links.put(socket.localAddress(), link);
        offer(link);
        arm();
    }

    private void offer(Link link) {
        local(IceCandidate.host(link.component, link.socket.localAddress(), link.preference));
        stunServers.forEach(server -> ask(link, server));
    }

    /** A socket that another takes the place of: what is in use goes on, and the next generation does without. */
    public void retireLink(InetSocketAddress base) {
        Link link = links.get(base);
        if (link != null) {
            link.retired = true;
        }
    }

    /** A socket of an address that the host has no longer. Its candidates are not told again after a restart. */
    public void removeLink(InetSocketAddress base) {
        links.remove(base);
        queries.remove(base);
        relays.removeIf(relay -> base.equals(relay.base));
        arm();
    }

    /** Asks the server from each socket of its family, also from those that are added later. */
    public void addStunServer(InetSocketAddress server) {
        stunServers.add(server);
        links.values().forEach(link -> ask(link, server));
        arm();
    }

    private void ask(Link link, InetSocketAddress server) {
        InetSocketAddress base = link.socket.localAddress();
        if (policy != IceTransportPolicy.RELAY && !link.retired && isIpv6(base) == isIpv6(server)) {
            queries.ask(link.component, base, server, link.preference, now());
        }
    }

    /** Asks a server for a relayed address over UDP, from the socket with that address. */
    public void addTurnServer(InetSocketAddress base, InetSocketAddress server, LongTermAuthentication login) {
        Link link = links.get(base);
        if (link == null) {
            throw new IllegalArgumentException("no socket with that address");
        }
        TurnClient client = new TurnClient(login, isIpv6(base), false, random);
        add(link.component, base, server, client, packet -> send(base, server, packet));
    }

    /** Asks a server for a relayed address by a client of its own, over a stream for instance. */
    public Relay addTurnServer(int component, InetSocketAddress server, TurnClient client, Consumer<byte[]> toServer) {
        return add(component, null, server, client, toServer);
    }

    private Relay add(
            int component,
            @Nullable InetSocketAddress base,
            InetSocketAddress server,
            TurnClient client,
            Consumer<byte[]> toServer) {
        Relay relay =
                new Relay(this, client, component, base, server, IceCandidate.MAX_PREFERENCE - relays.size(), toServer);
        relays.add(relay);
        interpret(relay, client.start(now()));
        return relay;
    }

    /** All sockets and servers are named. {@link IceListener#gathered} comes within 250 ms, never inside this call. */
    public void gather() {
        gathering = true;
        gatheringEnds = now() + GATHERING_LIMIT.toNanos();
        arm();
    }

    public void remote(IceCredentials credentials, boolean lite) {
        interpret(agent.remote(credentials, lite, now()));
    }

    public void addRemote(IceCandidate candidate) {
        interpret(agent.addRemote(candidate, now()));
    }

    public void remotesComplete() {
        interpret(agent.remotesComplete(now()));
    }

    /** Another generation with the sockets that are not retired, and with the same servers. */
    public void restart() {
        startGeneration();
        gather();
    }

    /** As {@link #restart}, but sockets and servers may be added, until {@link #gather}. */
    public void startGeneration() {
        interpret(agent.restart());
        queries.clear();
        links.values().stream().filter(link -> !link.retired).forEach(this::offer);
        for (Relay relay : List.copyOf(relays)) {
            if (!isRetired(relay)) {
                interpret(relay, relay.restart(now()));
            }
        }
        arm();
    }

    /** A packet of a socket that is STUN or of a TURN channel. Reads it from position to limit. */
    public void received(InetSocketAddress base, ByteBuffer packet, InetSocketAddress from) {
        if (closed) {
            return;
        }
        Relay relay = relayOf(base, from);
        if (PacketClass.of(packet) == PacketClass.STUN) {
            StunMessage message = message(packet);
            if (message == null) {
                return;
            }
            if (queries.received(base, from, message, now())) {
                arm();
                return;
            }
            if (relay == null) {
                interpret(agent.received(base, from, message, now()));
                return;
            }
        }
        if (relay == null) {
            agent.count(IceCounter.MALFORMED, 1);
        } else {
            relayReceived(relay, packet);
        }
    }

    /** What the packet says; null, and counted, if it is malformed. */
    private @Nullable StunMessage message(ByteBuffer packet) {
        if (StunParser.parse(packet) instanceof StunParseResult.Parsed parsed) {
            return parsed.message();
        }
        agent.count(IceCounter.MALFORMED, 1);
        return null;
    }

    private @Nullable Relay relayOf(InetSocketAddress base, InetSocketAddress from) {
        for (Relay relay : relays) {
            if (relay.server.equals(from) && base.equals(relay.base)) {
                return relay;
            }
        }
        return null;
    }

    void relayReceived(Relay relay, ByteBuffer message) {
        interpret(relay, relay.client.received(message, now()));
    }

    /** Sends a packet of media the way that was selected. */
    public SendStatus send(int component, ByteBuffer packet) {
        Way way = selected.get(component);
        if (way == null) {
            return SendStatus.UNREACHABLE;
        }
        Link link = links.get(way.base);
        if (link != null) {
            return link.socket.send(packet, way.to);
        }
        byte[] bytes = new byte[packet.remaining()];
        packet.get(bytes);
        send(way.base, way.to, bytes);
        return SendStatus.SENT;
    }

    /** Sends a packet of media through a relay to a peer that does without ICE. */
    public SendStatus sendByRelay(int component, ByteBuffer packet, InetSocketAddress to) {
        for (Relay relay : relays) {
            if (relay.component == component && relay.relayed() != null && !isRetired(relay)) {
                byte[] bytes = new byte[packet.remaining()];
                packet.get(bytes);
                relay.prepare(to, now());
                relay.send(to, bytes);
                arm();
                return SendStatus.SENT;
            }
        }
        return SendStatus.UNREACHABLE;
    }

    /** The other side does without ICE: nothing is checked, and the way of a default candidate stays open. */
    public void stopChecks() {
        selected.clear();
        interpret(agent.close());
    }

    public boolean hasLink(InetSocketAddress base) {
        return links.containsKey(base);
    }

    /** Whether a relayed address was asked for, and not refused. */
    public boolean hasRelay(InetSocketAddress base, InetSocketAddress server) {
        return relayOf(base, server) != null;
    }

    /** Whether no server is still to answer. */
    public boolean isComplete() {
        return !queries.isAsking() && relays.stream().allMatch(relay -> relay.isOffered() || isRetired(relay));
    }

    private boolean isRetired(Relay relay) {
        Link link = links.get(relay.base);
        return link != null && link.retired;
    }

    /** Whether every relay was given back. */
    public boolean isReleased() {
        return relays.isEmpty();
    }

    /** Gives relays back and stops; a relay's last packets need the sockets until {@code Released}, or for two seconds. */
    @Override
    public void close() {
        if (closed) {
            return;
        }
        queries.clear();
        selected.clear();
        interpret(agent.close());
        for (Relay relay : List.copyOf(relays)) {
            interpret(relay, relay.client.close(now()));
        }
        closed = relays.isEmpty();
        arm();
    }

    /** Stops at once; relays that were not given back yet end by themselves. */
    public void dispose() {
        close();
        relays.clear();
        closed = true;
        arm();
    }

    private void wake() {
        timer = null;
        long now = now();
        queries.wake(now);
        for (Relay relay : List.copyOf(relays)) {
            interpret(relay, relay.client.wake(now));
        }
        interpret(agent.wake(now));
    }

    private void arm() {
        if (gathering && (isComplete() || gatheringEnds - now() <= 0)) {
            gathering = false;
            scheduler.execute(() -> {
                listener.gathered();
                interpret(agent.localsComplete(now()));
            });
        }
        if (timer != null) {
            timer.cancel();
        }
        Duration soonest = sooner(agent.untilWake(now()), queries.untilWake(now()));
        for (Relay relay : relays) {
            soonest = sooner(soonest, relay.client.untilWake(now()));
        }
        if (gathering) {
            soonest = sooner(soonest, Duration.ofNanos(Math.max(0, gatheringEnds - now())));
        }
        timer = soonest == null || closed ? null : scheduler.schedule(soonest, this::wake);
    }

    private static @Nullable Duration sooner(@Nullable Duration one, @Nullable Duration other) {
        return one == null || (other != null && other.compareTo(one) < 0) ? other : one;
    }

    private void local(IceCandidate candidate) {
        if (!policy.uses(candidate)) {
            return;
        }
        if (policy.tells(candidate)) {
            listener.candidate(candidate);
        }
        interpret(agent.addLocal(candidate, now()));
    }

    private void interpret(List<IceEffect> effects) {
        for (IceEffect effect : effects) {
            if (effect instanceof IceEffect.Send send) {
                send(send.base(), send.to(), send.packet());
            } else if (effect instanceof IceEffect.PeerReflexive seen) {
                listener.peerReflexive(seen.address());
            } else if (effect instanceof IceEffect.Prepare prepare) {
                relays.stream()
                        .filter(relay -> prepare.base().equals(relay.relayed()))
                        .forEach(relay -> relay.prepare(prepare.to(), now()));
            } else if (effect instanceof IceEffect.Selected chosen) {
                select(chosen);
            } else if (effect instanceof IceEffect.ConsentLost lost) {
                selected.remove(lost.component());
                listener.consentLost(lost.component());
            } else if (effect instanceof IceEffect.StateChanged changed) {
                listener.stateChanged(changed.state());
            }
        }
        arm();
    }

    private void select(IceEffect.Selected chosen) {
        InetSocketAddress base = chosen.local().base();
        InetSocketAddress to = chosen.remote().address();
        selected.put(chosen.component(), new Way(base, to));
        for (Relay relay : relays) {
            if (base.equals(relay.relayed())) {
                relay.interpret(relay.client.bindChannel(to, now()));
            }
        }
        listener.selected(chosen.component(), chosen.local(), chosen.remote());
    }

    private void interpret(Relay relay, List<TurnEffect> effects) {
        for (TurnEffect effect : relay.interpret(effects)) {
            if (effect instanceof TurnEffect.Allocated || effect instanceof TurnEffect.Refreshed) {
                IceCandidate candidate = relay.offer();
                if (candidate != null && !isRetired(relay)) {
                    local(candidate);
                }
            } else if (effect instanceof TurnEffect.Received received) {
                relayed(relay, received);
            } else if (effect instanceof TurnEffect.Failed failed) {
                relays.remove(relay);
                listener.relayFailed(failed.failure());
            } else if (effect instanceof TurnEffect.Released) {
                relays.remove(relay);
                closed = relays.isEmpty() && agent.state() == IceState.CLOSED;
            }
        }
        arm();
    }

    private void relayed(Relay relay, TurnEffect.Received received) {
        InetSocketAddress base = relay.relayed();
        ByteBuffer packet = ByteBuffer.wrap(received.packet());
        if (base == null) {
            return;
        }
        if (PacketClass.of(packet) != PacketClass.STUN) {
            listener.relayed(relay.component, received.packet(), received.peer());
            return;
        }
        StunMessage message = message(packet);
        if (message != null) {
            interpret(agent.received(base, received.peer(), message, now()));
        }
    }

    private void send(InetSocketAddress base, InetSocketAddress to, byte[] packet) {
        Link link = links.get(base);
        if (link != null) {
            link.socket.send(ByteBuffer.wrap(packet), to);
            return;
        }
        for (Relay relay : relays) {
            if (base.equals(relay.relayed())) {
                relay.send(to, packet);
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

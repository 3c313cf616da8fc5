// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.ice;

import com.techpro.callclient.engine.internal.ice.stun.LongTermAuthentication;
import com.techpro.callclient.engine.internal.ice.stun.StunMessage;
import com.techpro.callclient.engine.internal.ice.stun.StunParseResult;
import com.techpro.callclient.engine.internal.ice.stun.StunParser;
import com.techpro.callclient.engine.internal.ice.turn.TurnEffect;
import com.techpro.callclient.engine.internal.ice.turn.TurnFailure;
import com.techpro.callclient.engine.internal.net.StreamConnector;
import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.net.DatagramLink.SendStatus;
import com.techpro.callclient.ports.time.Scheduler;
import com.techpro.callclient.ports.time.Timer;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
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

    /** For how long a first relay is waited for, where there is no way without one. */
    static final Duration RELAY_LIMIT = Duration.ofSeconds(4);

    private final Scheduler scheduler;
    private final IceAgent agent;
    private final IceTransportPolicy policy;
    private final IceListener listener;
    private final CandidateGathering candidates;
    private final Map<Integer, Way> selected = new LinkedHashMap<>();
    private @Nullable Timer timer;
    private long gatheringBegan;
    private boolean gathering;
    /** Whether servers have more to say than was waited for. */
    private boolean incomplete;

    private int generation;
    private boolean closing;

    public IceSession(
            Scheduler scheduler, IceAgent agent, IceTransportPolicy policy, Random random, IceListener listener) {
        this.scheduler = scheduler;
        this.agent = agent;
        this.policy = policy;
        this.listener = listener;
        candidates = new CandidateGathering(scheduler, policy, random, new Gathered());
    }

    private record Way(InetSocketAddress base, InetSocketAddress to) {}

    public IceAgent agent() {
        return agent;
    }

    /** A socket, whose address is a host candidate, and which the STUN servers are asked about. The first is preferred most. */
    public void addLink(int component, DatagramLink socket) {
        candidates.addLink(component, socket);
        arm();
    }

    /** A socket that another takes the place of: what is in use goes on, and the next generation does without. */
    public void retireLink(InetSocketAddress base) {
        candidates.retireLink(base);
    }

    /** A socket of an address that the host has no longer. Its candidates are not told again after a restart. */
    public void removeLink(InetSocketAddress base) {
        candidates.removeLink(base);
        candidates.releaseRetiredStreams(
                selected.values().stream().map(Way::base).collect(Collectors.toList()));
        arm();
    }

    public boolean hasLink(InetSocketAddress base) {
        return candidates.hasLink(base);
    }

    /** Asks the server from each socket of its family, also from those that are added later. */
    public void addStunServer(InetSocketAddress server) {
        candidates.addStunServer(server);
        arm();
    }

    /** Asks a server for a relayed address over UDP, from the socket with that address. */
    public void addTurnServer(InetSocketAddress base, InetSocketAddress server, LongTermAuthentication login) {
        candidates.addTurnServer(base, server, login);
        arm();
    }

    /** Asks a server for a relayed address over a stream, for which the connector is called at once. */
    public void addTurnServer(
            int component, InetSocketAddress server, LongTermAuthentication login, StreamConnector connector) {
        candidates.addTurnServer(component, server, login, connector);
        arm();
    }

    /** Whether a relayed address was asked for over a stream, and not refused. */
    public boolean hasRelay(int component, InetSocketAddress server) {
        return candidates.hasStream(component, server);
    }

    /** The streams to TURN servers are of an address that the host leaves: what is in use goes on, and the next generation does without. */
    public void retireStreams() {
        candidates.retireStreams();
    }

    /** Whether a relayed address was asked for, and not refused. */
    public boolean hasRelay(InetSocketAddress base, InetSocketAddress server) {
        return candidates.relayOf(base, server) != null;
    }

    /** All sockets and servers are named. {@link IceListener#gathered} comes within 250 ms, of relays alone within 4 s, never inside this call. */
    public void gather() {
        gathering = true;
        incomplete = false;
        gatheringBegan = now();
        arm();
    }

    /** Whether no server is still to answer. */
    public boolean isComplete() {
        return candidates.isComplete();
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
        generation++;
        interpret(agent.restart());
        candidates.restart();
        arm();
    }

    /** A packet of a socket that is STUN or of a TURN channel. Reads it from position to limit. */
    public void received(InetSocketAddress base, ByteBuffer packet, InetSocketAddress from) {
        if (isClosed()) {
            return;
        }
        Relay relay = candidates.relayOf(base, from);
        if (PacketClass.of(packet) == PacketClass.STUN) {
            StunMessage message = message(packet);
            if (message == null) {
                return;
            }
            if (candidates.isAnswer(base, from, message)) {
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
            candidates.received(relay, packet);
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

    /** Whether media goes anywhere. */
    public boolean hasWay() {
        return !selected.isEmpty();
    }

    /** Sends a packet of media the way that was selected. */
    public SendStatus send(int component, ByteBuffer packet) {
        Way way = selected.get(component);
        return way == null ? SendStatus.UNREACHABLE : candidates.send(way.base, way.to, packet);
    }

    /** Sends a packet of media through a relay to a peer that does without ICE. */
    public SendStatus sendByRelay(int component, ByteBuffer packet, InetSocketAddress to) {
        SendStatus status = candidates.sendByRelay(component, packet, to);
        arm();
        return status;
    }

    /**
     * The other side does without ICE: nothing is checked, and the way of a default candidate stays open.
     *
     * @param relays whether relays are needed for that; else they are given back
     */
    public void stopChecks(boolean relays) {
        selected.clear();
        interpret(agent.close());
        if (!relays) {
            candidates.release();
            arm();
        }
    }

    /** Whether every relay was given back. */
    public boolean isReleased() {
        return candidates.isReleased();
    }

    /** Gives relays back and stops; a relay's last packets need the sockets until {@link #isReleased}, or for two seconds. */
    @Override
    public void close() {
        if (closing) {
            return;
        }
        closing = true;
        gathering = false;
        generation++;
        selected.clear();
        candidates.stopQueries();
        interpret(agent.close());
        candidates.release();
        arm();
    }

    /** Stops at once; relays that were not given back yet end by themselves. */
    public void dispose() {
        close();
        candidates.forgetRelays();
        arm();
    }

    private boolean isClosed() {
        return closing && candidates.isReleased();
    }

    private void wake() {
        timer = null;
        candidates.wake();
        interpret(agent.wake(now()));
    }

    private void arm() {
        if (gathering && (candidates.isComplete() || untilGathered() <= 0)) {
            gathering = false;
            int ended = generation;
            scheduler.execute(() -> gathered(ended));
        }
        if (incomplete && !gathering && candidates.isComplete()) {
            incomplete = false;
            int ended = generation;
            scheduler.execute(() -> complete(ended));
        }
        if (timer != null) {
            timer.cancel();
        }
        Duration soonest = sooner(agent.untilWake(now()), candidates.untilWake());
        if (gathering) {
            soonest = sooner(soonest, Duration.ofNanos(untilGathered()));
        }
        timer = soonest == null || isClosed() ? null : scheduler.schedule(soonest, this::wake);
    }

    private long untilGathered() {
        boolean waits = policy == IceTransportPolicy.RELAY && !agent.hasLocals();
        return gatheringBegan + (waits ? RELAY_LIMIT : GATHERING_LIMIT).toNanos() - now();
    }

    /** RTCP shares the port of RTP: what was found for it alone is let go. */
    public void oneComponent() {
        candidates.oneComponent();
        selected.remove(2);
        interpret(agent.oneComponent(now()));
    }

    private void gathered(int ended) {
        if (ended == generation) {
            incomplete = !candidates.isComplete();
            listener.gathered();
            interpret(agent.localsComplete(now()));
        }
    }

    private void complete(int ended) {
        if (ended == generation) {
            listener.complete();
        }
    }

    private static @Nullable Duration sooner(@Nullable Duration one, @Nullable Duration other) {
        return one == null || (other != null && other.compareTo(one) < 0) ? other : one;
    }

    private void interpret(List<IceEffect> effects) {
        for (IceEffect effect : effects) {
            if (effect instanceof IceEffect.Send send) {
                candidates.send(send.base(), send.to(), send.packet());
            } else if (effect instanceof IceEffect.PeerReflexive seen) {
                listener.peerReflexive(seen.address());
            } else if (effect instanceof IceEffect.Prepare prepare) {
                candidates.permit(prepare.base(), prepare.to());
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
        candidates.bindChannel(base, to);
        listener.selected(chosen.component(), chosen.local(), chosen.remote());
    }

    /** What sockets and servers give. */
    private final class Gathered implements CandidateGathering.Events {
        @Override
        public void found(IceCandidate candidate) {
            if (!policy.uses(candidate)) {
                return;
            }
            if (policy.tells(candidate)) {
                listener.candidate(candidate);
            }
            interpret(agent.addLocal(candidate, now()));
        }

        @Override
        public void relayed(int component, InetSocketAddress relayed, TurnEffect.Received received) {
            ByteBuffer packet = ByteBuffer.wrap(received.packet());
            if (PacketClass.of(packet) != PacketClass.STUN) {
                listener.relayed(component, received.packet(), received.peer());
                return;
            }
            StunMessage message = message(packet);
            if (message != null) {
                interpret(agent.received(relayed, received.peer(), message, now()));
            }
        }

        @Override
        public void relayFailed(@Nullable InetSocketAddress relayed, TurnFailure failure) {
            // First, so that another that is asked for in its place is waited for.
            listener.relayFailed(failure);
            if (relayed != null) {
                interpret(agent.removeLocal(relayed, now()));
            }
        }

        @Override
        public void changed() {
            arm();
        }
    }

    private long now() {
        return scheduler.nanoTime();
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.net.DatagramLink.SendStatus;
import com.techpro.callclient.ports.time.Scheduler;
import com.techpro.callclient.ports.time.Timer;
import com.techpro.callclient.stack.ice.CandidateGathering.Gathered;
import com.techpro.callclient.stack.ice.stun.LongTermAuthentication;
import com.techpro.callclient.stack.ice.stun.StunMessage;
import com.techpro.callclient.stack.ice.stun.StunParseResult;
import com.techpro.callclient.stack.ice.stun.StunParser;
import com.techpro.callclient.stack.ice.turn.TurnEffect;
import com.techpro.callclient.stack.net.StreamConnector;
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
 * Connects an {@link IceAgent} to sockets, servers and timers. All methods are called on its
 * scheduler, and so is the listener.
 *
 * <p>The sockets belong to the caller that opened them. Each is bound to one address of this host,
 * because its packets identify the candidate. The caller passes on each received packet that
 * {@link PacketClass} classifies as STUN or TURN channel data.
 *
 * <p>Packets go to the servers added here, to the addresses that the other side signalled, and to
 * the sources of authenticated checks.
 */
public final class IceSession implements AutoCloseable {
    /**
     * How long a description waits for STUN servers, enough for one on another continent; later
     * candidates are reported when they come.
     */
    static final Duration STUN_LIMIT = Duration.ofMillis(350);

    /** How long a description waits for relays alone: no memory spares the next call this wait. */
    static final Duration GATHERING_LIMIT = Duration.ofMillis(250);

    /** How long to wait for a first relay if only relays may be used. */
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
    /** Whether the other side takes later candidates. */
    private boolean trickled;

    /** Whether some servers had not answered when the wait ended. */
    private boolean incomplete;

    private int generation;
    private boolean closing;

    /** @param silent shared with earlier sessions and later ones */
    public IceSession(
            Scheduler scheduler,
            IceAgent agent,
            IceTransportPolicy policy,
            Random random,
            SilentStunServers silent,
            IceListener listener) {
        this.scheduler = scheduler;
        this.agent = agent;
        this.policy = policy;
        this.listener = listener;
        candidates = new CandidateGathering(scheduler, policy, random, silent, this::take);
    }

    private record Way(InetSocketAddress base, InetSocketAddress to) {}

    public IceAgent agent() {
        return agent;
    }

    /**
     * Adds a socket. Its address is a host candidate, and STUN servers are asked about it. The
     * first socket is preferred.
     */
    public void addLink(int component, DatagramLink socket) {
        candidates.addLink(component, socket);
        take();
    }

    /**
     * Retires a socket that another replaces: it stays in use where it is, but the next generation
     * omits it.
     */
    public void retireLink(InetSocketAddress base) {
        candidates.retireLink(base);
    }

    /**
     * Removes the socket of an address that the host has lost. Its candidates are not reported
     * again after a restart.
     */
    public void removeLink(InetSocketAddress base) {
        candidates.removeLink(base);
        candidates.releaseRetiredStreams(
                selected.values().stream().map(Way::base).collect(Collectors.toList()));
        take();
    }

    public boolean hasLink(InetSocketAddress base) {
        return candidates.hasLink(base);
    }

    /** Asks the server from each socket of its family, including those added later. */
    public void addStunServer(InetSocketAddress server) {
        candidates.addStunServer(server);
        take();
    }

    /** Asks a server for a relayed address over UDP, from the socket with that address. */
    public void addTurnServer(InetSocketAddress base, InetSocketAddress server, LongTermAuthentication login) {
        candidates.addTurnServer(base, server, login);
        take();
    }

    /** Asks a server for a relayed address over a stream; the connector is called at once. */
    public void addTurnServer(
            int component, InetSocketAddress server, LongTermAuthentication login, StreamConnector connector) {
        candidates.addTurnServer(component, server, login, connector);
        take();
    }

    /** Whether a relayed address was requested over a stream, and not refused. */
    public boolean hasRelay(int component, InetSocketAddress server) {
        return candidates.hasStream(component, server);
    }

    /**
     * Retires the streams to TURN servers, because the host leaves their address: they stay in use
     * where they are, but the next generation omits them.
     */
    public void retireStreams() {
        candidates.retireStreams();
    }

    /** Whether a relayed address was requested, and not refused. */
    public boolean hasRelay(InetSocketAddress base, InetSocketAddress server) {
        return candidates.relayOf(base, server) != null;
    }

    /**
     * Starts gathering, once all sockets and servers are added. {@link IceListener#gathered}
     * follows at once if the other side takes later candidates or nothing is waited for, else
     * within 350 ms, or 250 ms where no STUN server is waited for, and within 4 s where only relays
     * may be used; never inside this call.
     */
    public void gather() {
        gathering = true;
        incomplete = false;
        gatheringBegan = now();
        arm();
    }

    /** Whether no server still has to answer. */
    public boolean isComplete() {
        return candidates.isComplete();
    }

    /**
     * Sets whether the other side is known to take later candidates (RFC 8838 §5); then no
     * description waits for servers.
     */
    public void setTrickled(boolean taken) {
        trickled = taken;
        arm();
    }

    /** As {@link IceAgent#remote}. */
    public void remote(IceCredentials credentials, boolean lite, Duration pacing) {
        interpret(agent.remote(credentials, lite, pacing, now()));
    }

    public void addRemote(IceCandidate candidate) {
        interpret(agent.addRemote(candidate, now()));
    }

    public void remotesComplete() {
        interpret(agent.remotesComplete(now()));
    }

    /**
     * Begins another generation with the sockets that are not retired, and with the same servers.
     */
    public void restart() {
        startGeneration();
        gather();
    }

    /** As {@link #restart}, but sockets and servers may be added until {@link #gather}. */
    public void startGeneration() {
        generation++;
        interpret(agent.restart());
        candidates.restart();
        take();
    }

    /** Processes a socket's STUN or TURN channel packet, read from position to limit. */
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
                take();
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
            take();
        }
    }

    /** Returns the parsed packet; null, and counted, if it is malformed. */
    private @Nullable StunMessage message(ByteBuffer packet) {
        if (StunParser.parse(packet) instanceof StunParseResult.Parsed parsed) {
            return parsed.message();
        }
        agent.count(IceCounter.MALFORMED, 1);
        return null;
    }

    /** Whether there is a selected pair for media. */
    public boolean hasWay() {
        return !selected.isEmpty();
    }

    /** Sends a media packet by the selected pair. */
    public SendStatus send(int component, ByteBuffer packet) {
        Way way = selected.get(component);
        return way == null ? SendStatus.UNREACHABLE : candidates.send(way.base, way.to, packet);
    }

    /** Sends a media packet through a relay to a peer without ICE. */
    public SendStatus sendByRelay(int component, ByteBuffer packet, InetSocketAddress to) {
        SendStatus status = candidates.sendByRelay(component, packet, to);
        arm();
        return status;
    }

    /**
     * The other side does not use ICE: stops the checks, and keeps the default candidate working.
     *
     * @param relays whether that needs relays; if not, they are released
     */
    public void stopChecks(boolean relays) {
        selected.clear();
        interpret(agent.close());
        if (!relays) {
            candidates.release();
            take();
        }
    }

    /** Whether all relays were released. */
    public boolean isReleased() {
        return candidates.isReleased();
    }

    /**
     * Releases the relays and stops. The sockets are still needed until {@link #isReleased}, or for
     * two seconds.
     */
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
        take();
    }

    /** Stops at once; unreleased relays expire by themselves. */
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
        take();
        interpret(agent.wake(now()));
    }

    private void arm() {
        if (gathering && (!candidates.isAwaited() || untilGathered() <= 0)) {
            gathering = false;
            if (!trickled) {
                candidates.waitEnded();
            }
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
        return gatheringBegan + limit().toNanos() - now();
    }

    private Duration limit() {
        if (policy == IceTransportPolicy.RELAY && !agent.hasLocals()) {
            return RELAY_LIMIT;
        }
        if (trickled) {
            return Duration.ZERO;
        }
        return candidates.isReflexiveAwaited() ? STUN_LIMIT : GATHERING_LIMIT;
    }

    /** RTCP shares the RTP port: drops its own component. */
    public void oneComponent() {
        candidates.oneComponent();
        take();
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

    /** Takes what sockets and servers gave, and sets the timer. */
    private void take() {
        for (Gathered next = candidates.poll(); next != null; next = candidates.poll()) {
            if (next instanceof Gathered.Found found) {
                found(found.candidate());
            } else if (next instanceof Gathered.Relayed relayed) {
                relayed(relayed);
            } else if (next instanceof Gathered.RelayFailed failed) {
                // First, so that a replacement requested by the listener is waited for.
                listener.relayFailed(failed.failure());
                if (failed.relayed() != null) {
                    interpret(agent.removeLocal(failed.relayed(), now()));
                }
            }
        }
        arm();
    }

    private void found(IceCandidate candidate) {
        if (!policy.uses(candidate)) {
            return;
        }
        if (policy.tells(candidate)) {
            listener.candidate(candidate);
        }
        interpret(agent.addLocal(candidate, now()));
    }

    private void relayed(Gathered.Relayed relayed) {
        TurnEffect.Received received = relayed.packet();
        ByteBuffer packet = ByteBuffer.wrap(received.packet());
        if (PacketClass.of(packet) != PacketClass.STUN) {
            listener.relayed(relayed.component(), received.packet(), received.peer());
            return;
        }
        StunMessage message = message(packet);
        if (message != null) {
            interpret(agent.received(relayed.relayed(), received.peer(), message, now()));
        }
    }

    private long now() {
        return scheduler.nanoTime();
    }
}

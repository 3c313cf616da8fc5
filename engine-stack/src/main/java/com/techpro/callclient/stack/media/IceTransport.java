// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import com.techpro.callclient.ports.net.DatagramLink.SendStatus;
import com.techpro.callclient.ports.time.Scheduler;
import com.techpro.callclient.stack.ice.CandidateType;
import com.techpro.callclient.stack.ice.IceAgent;
import com.techpro.callclient.stack.ice.IceAttributes;
import com.techpro.callclient.stack.ice.IceCandidate;
import com.techpro.callclient.stack.ice.IceCounter;
import com.techpro.callclient.stack.ice.IceCredentials;
import com.techpro.callclient.stack.ice.IceListener;
import com.techpro.callclient.stack.ice.IceSession;
import com.techpro.callclient.stack.ice.IceState;
import com.techpro.callclient.stack.ice.IceTransportPolicy;
import com.techpro.callclient.stack.ice.TurnServer;
import com.techpro.callclient.stack.ice.stun.LongTermAuthentication;
import com.techpro.callclient.stack.ice.turn.TurnFailure;
import com.techpro.callclient.stack.net.StreamConnector;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Runs ICE for one stream, over the sockets of its {@link MediaTransport}. Belongs to the media
 * loop, except for its construction and {@link #description}.
 *
 * <pre>
 *   start ─────► gathering: candidates are told as they come, and soon that no more are waited for ({@link IceSession#gather}); of relays alone within 4 s,
 *       and then the session has failed if there is none
 *   description of the other side ─────► checks; the first pair that works carries media
 *       with another name and password ─────► a restart, for which this side gathers anew
 *       whose address is no candidate ─────► checks all the same, and media goes to that address until a pair works
 *       without either, or with a=ice-mismatch ─────► no ICE, to the end: media goes where the signalling says, by the relay if that is the
 *       default candidate
 *   move ─────► a restart with the new sockets; the old pair carries media until there is a new one
 * </pre>
 */
final class IceTransport implements IceListener {
    /** The most ICE packets read per frame, so that a flood of them does not delay streams. */
    static final int MAX_PACKETS_A_FRAME = 32;

    private final IceParameters parameters;
    private final MediaTransport transport;
    private final MediaListener listener;
    private final DropCounters drops;
    private final IceSession session;
    private final List<IceCandidate> candidates = new ArrayList<>();
    private int components;
    private boolean complete;
    private boolean stopped;
    /**
     * Whether the other side names an address that is no candidate; media goes there until a pair
     * is found.
     */
    private boolean doubted;

    private boolean allocatedAnew;
    private boolean closed;
    private int packets;
    private @Nullable IceAttributes remote;
    private volatile IceAttributes description;

    IceTransport(
            IceParameters parameters,
            Scheduler scheduler,
            Random random,
            MediaTransport transport,
            MediaListener listener,
            DropCounters drops) {
        this.parameters = parameters;
        components = parameters.components();
        this.transport = transport;
        this.listener = listener;
        this.drops = drops;
        IceAgent agent = new IceAgent(parameters.controlling(), parameters.components(), random);
        session = new IceSession(scheduler, agent, parameters.policy(), random, parameters.silent(), this);
        description = describe(agent.credentials(), List.of(), false);
    }

    private static IceAttributes describe(IceCredentials credentials, List<IceCandidate> candidates, boolean complete) {
        return new IceAttributes(
                credentials,
                false,
                false,
                complete,
                Set.of(IceAttributes.ICE2, IceAttributes.TRICKLE),
                candidates,
                List.of(),
                IceAgent.PACING);
    }

    /** What is known of our description for the other side. Callable from any thread. */
    IceAttributes description() {
        return description;
    }

    boolean uses(MediaLink link) {
        return link.component() <= components;
    }

    /** RTCP shares the RTP port from now on. */
    void multiplex() {
        if (components > 1) {
            components = 1;
            candidates.removeIf(candidate -> candidate.component() > 1);
            session.oneComponent();
            publish();
        }
    }

    /** Whether the other side does not use ICE. */
    boolean isStopped() {
        return stopped;
    }

    boolean isValid(int component, InetSocketAddress remote) {
        return session.agent().isValid(component, remote);
    }

    void start(Collection<MediaLink> links) {
        links.forEach(this::add);
        parameters.stunServers().forEach(session::addStunServer);
        allocate(links);
        session.setTrickled(parameters.trickled());
        session.gather();
    }

    private void add(MediaLink link) {
        if (uses(link)) {
            session.addLink(link.component(), link.socket());
        }
    }

    /** Allocates relays: over UDP from each socket, over a stream once per component. */
    private void allocate(Collection<MediaLink> links) {
        links.forEach(this::allocate);
        for (TurnServer server : parameters.turnServers()) {
            StreamConnector streams = server.streams();
            for (int component = 1; component <= components && streams != null; component++) {
                if (!session.hasRelay(component, server.address())) {
                    session.addTurnServer(component, server.address(), login(server), streams);
                }
            }
        }
    }

    private static LongTermAuthentication login(TurnServer server) {
        return new LongTermAuthentication(server.username(), server.password());
    }

    private void allocate(MediaLink link) {
        InetSocketAddress base = link.localAddress();
        for (TurnServer server : parameters.turnServers()) {
            if (uses(link)
                    && server.streams() == null
                    && base.getAddress().getClass()
                            == server.address().getAddress().getClass()
                    && !session.hasRelay(base, server.address())) {
                session.addTurnServer(base, server.address(), login(server));
            }
        }
    }

    /** Offers the new sockets instead of the former ones. */
    void move(Collection<MediaLink> links, Collection<MediaLink> former) {
        former.forEach(link -> session.retireLink(link.localAddress()));
        session.retireStreams();
        if (stopped) {
            links.forEach(this::add);
            allocate(links);
        } else {
            restart(links);
        }
    }

    void restart(Collection<MediaLink> links) {
        if (stopped) {
            return;
        }
        candidates.clear();
        complete = false;
        allocatedAnew = false;
        session.startGeneration();
        links.stream().filter(link -> !session.hasLink(link.localAddress())).forEach(this::add);
        allocate(links);
        session.gather();
        publish();
    }

    void remove(MediaLink link) {
        session.removeLink(link.localAddress());
    }

    /**
     * Returns whether media goes to the signalled address until there is a pair, because that
     * address is no candidate of the other side. A gateway may have changed it, or the candidates
     * may belong to another network.
     *
     * @param rtp the signalled address; null before there is one
     */
    boolean doubts(@Nullable InetSocketAddress rtp) {
        IceAttributes theirs = remote;
        boolean named = rtp != null && !rtp.isUnresolved() && !rtp.getAddress().isAnyLocalAddress();
        doubted = named
                && theirs != null
                && !stopped
                && parameters.policy() != IceTransportPolicy.RELAY
                && !theirs.candidates().isEmpty()
                && theirs.candidates().stream()
                        .noneMatch(candidate -> candidate.component() == MediaLink.RTP
                                && candidate.address().equals(rtp));
        return doubted;
    }

    void remote(IceAttributes theirs) {
        remote = theirs;
        IceCredentials credentials = theirs.credentials();
        if (credentials == null || theirs.mismatch()) {
            stop();
            return;
        }
        if (stopped) {
            return;
        }
        IceCredentials known = session.agent().remoteCredentials();
        if (!credentials.equals(known)) {
            if (known != null) {
                transport.restartIce();
            }
            session.remote(credentials, theirs.lite(), theirs.pacing());
        }
        theirs.candidates().forEach(session::addRemote);
        if (theirs.endOfCandidates() || !theirs.options().contains(IceAttributes.TRICKLE)) {
            session.remotesComplete();
        }
    }

    void setTrickled(boolean taken) {
        session.setTrickled(taken);
    }

    void addRemote(IceCandidate candidate) {
        session.addRemote(candidate);
    }

    void remotesComplete() {
        session.remotesComplete();
    }

    private void stop() {
        if (!stopped) {
            stopped = true;
            IceCandidate usual = description.defaultCandidate(MediaLink.RTP);
            boolean relayed = parameters.policy() == IceTransportPolicy.RELAY
                    || (usual != null && usual.type() == CandidateType.RELAYED);
            session.stopChecks(relayed);
            transport.iceStopped(relayed, usual == null ? null : usual.base());
        }
    }

    void received(MediaLink link, ByteBuffer packet, InetSocketAddress from) {
        if (++packets > MAX_PACKETS_A_FRAME) {
            drops.unwanted++;
            return;
        }
        IceAgent agent = session.agent();
        int malformed = agent.count(IceCounter.MALFORMED);
        int unauthentic = unauthentic(agent);
        session.received(link.localAddress(), packet, from);
        drops.malformed += agent.count(IceCounter.MALFORMED) - malformed;
        drops.notAuthentic += unauthentic(agent) - unauthentic;
    }

    private static int unauthentic(IceAgent agent) {
        return agent.count(IceCounter.WRONG_USERNAME) + agent.count(IceCounter.WRONG_INTEGRITY);
    }

    /** Called once a frame. */
    void serve() {
        packets = 0;
    }

    /** Sends media through a relay. */
    SendStatus send(int component, ByteBuffer packet, InetSocketAddress to) {
        return stopped ? sendByRelay(component, packet, to) : session.send(component, packet);
    }

    /** Sends through the component's relay, selected or not. */
    SendStatus sendByRelay(int component, ByteBuffer packet, InetSocketAddress to) {
        return session.sendByRelay(component, packet, to);
    }

    /** Releases the relays. */
    void close() {
        stopped = true;
        closed = true;
        session.close();
    }

    void dispose() {
        session.dispose();
    }

    boolean isReleased() {
        return session.isReleased();
    }

    private void publish() {
        description = describe(session.agent().credentials(), candidates, complete);
    }

    @Override
    public void candidate(IceCandidate candidate) {
        candidates.add(candidate);
        publish();
        listener.localCandidate(candidate);
    }

    @Override
    public void gathered() {
        if (parameters.policy() == IceTransportPolicy.RELAY && candidates.isEmpty() && !session.hasWay()) {
            listener.failed(MediaListener.Reason.NO_RELAY);
            return;
        }
        complete = session.isComplete();
        publish();
        listener.candidatesGathered(description);
    }

    @Override
    public void complete() {
        complete = true;
        publish();
        listener.candidatesComplete();
    }

    @Override
    public void selected(int component, IceCandidate local, IceCandidate remote) {
        doubted = false;
        if (!stopped) {
            transport.selected(component, local.base(), remote.address());
        }
    }

    @Override
    public void peerReflexive(InetSocketAddress address) {
        listener.peerReflexive(address);
    }

    @Override
    public void consentLost(int component) {
        transport.unselected(component);
    }

    @Override
    public void stateChanged(IceState state) {
        boolean elsewhere = doubted && state == IceState.FAILED;
        if (state != IceState.CLOSED && !elsewhere) {
            listener.iceStateChanged(state);
        }
    }

    @Override
    public void relayed(int component, byte[] packet, InetSocketAddress from) {
        transport.received(component, ByteBuffer.wrap(packet), from);
    }

    /** A restarted server has lost the allocation, so another is requested, once per generation. */
    @Override
    public void relayFailed(TurnFailure failure) {
        if (failure == TurnFailure.ALLOCATION_MISMATCH && !allocatedAnew && !closed) {
            allocatedAnew = true;
            allocate(transport.links());
        }
        listener.relayFailed(failure);
    }
}

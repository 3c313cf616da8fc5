// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.stack.ice.stun.LongTermAuthentication;
import com.techpro.callclient.stack.ice.turn.TurnFailure;
import com.techpro.callclient.testkit.contracts.SimulatedHost;
import com.techpro.callclient.testkit.contracts.SimulatedTurnServer;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** One side of a call as far as ICE goes: sockets of a simulated host, a session, and what it told. Signalling takes 20 ms and loses nothing. */
final class IcePeer implements IceListener, AutoCloseable {
    private static final Duration SIGNALLING = Duration.ofMillis(20);

    final IceSession session;
    final List<IceState> states = new ArrayList<>();
    final List<String> media = new ArrayList<>();
    final List<TurnFailure> relayFailures = new ArrayList<>();
    final List<IceCandidate> candidates = new ArrayList<>();

    @Nullable
    IceCandidate local;

    @Nullable
    IceCandidate remote;

    @Nullable
    Duration gatheredAt;

    private final VirtualTime time;
    private final Loop loop;
    private final SimulatedHost host;
    private final List<DatagramLink> links = new ArrayList<>();
    private @Nullable IcePeer other;

    IcePeer(VirtualTime time, String name, SimulatedHost host, boolean controlling, int components) {
        this(time, name, host, controlling, components, new SilentStunServers());
    }

    /** One of several calls of a phone. */
    IcePeer(
            VirtualTime time,
            String name,
            SimulatedHost host,
            boolean controlling,
            int components,
            SilentStunServers silent) {
        this.time = time;
        this.host = host;
        this.loop = time.openLoop(name);
        Random random = time.random(name);
        this.session = new IceSession(
                loop, new IceAgent(controlling, components, random), IceTransportPolicy.ALL, random, silent, this);
    }

    /** Opens a socket on each address of the host for each component. */
    IcePeer open(int components) {
        for (InetAddress address : host.addresses()) {
            for (int component = 1; component <= components; component++) {
                open(address, component);
            }
        }
        return this;
    }

    DatagramLink open(InetAddress address, int component) {
        DatagramLink[] link = new DatagramLink[1];
        try {
            link[0] = host.openDatagram(
                    new InetSocketAddress(address, 0), (packet, from) -> received(link[0], packet, from));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        links.add(link[0]);
        on(() -> session.addLink(component, link[0]));
        return link[0];
    }

    /** The sockets so far have no address any more. */
    void moved() {
        links.forEach(link -> on(() -> session.removeLink(link.localAddress())));
    }

    IcePeer stun(InetSocketAddress server) {
        on(() -> session.addStunServer(server));
        return this;
    }

    IcePeer turn(SimulatedTurnServer server) {
        return turn(server.address(), SimulatedTurnServer.PASSWORD);
    }

    IcePeer turn(InetSocketAddress server, String password) {
        for (DatagramLink link : List.copyOf(links)) {
            on(() -> session.addTurnServer(
                    link.localAddress(),
                    server,
                    new LongTermAuthentication(SimulatedTurnServer.USER, Secret.of(password))));
        }
        return this;
    }

    /** Both learn each other's names and candidates, and every later one as it comes. */
    static void connect(IcePeer one, IcePeer another) {
        one.other = another;
        another.other = one;
        one.tell();
        another.tell();
    }

    /** Tells the other side what a description would. */
    void tell() {
        on(() -> session.gather());
        IcePeer to = other;
        if (to != null) {
            IceCredentials credentials = session.agent().credentials();
            List<IceCandidate> known = List.copyOf(candidates);
            to.later(() -> {
                to.session.remote(credentials, false, IceAttributes.DEFAULT_PACING);
                known.forEach(to.session::addRemote);
            });
        }
    }

    /** As after another offer and answer. */
    static void restart(IcePeer one, IcePeer another) {
        for (IcePeer peer : List.of(one, another)) {
            peer.candidates.clear();
            peer.on(peer.session::restart);
        }
        one.tell();
        another.tell();
    }

    void on(Runnable task) {
        loop.execute(task);
        time.settle();
    }

    private void later(Runnable task) {
        loop.schedule(SIGNALLING, task);
    }

    void say(String text) {
        on(() -> session.send(1, ByteBuffer.wrap(("\u0080" + text).getBytes(StandardCharsets.ISO_8859_1))));
    }

    boolean isConnected() {
        return session.agent().state() == IceState.CONNECTED;
    }

    private void received(DatagramLink link, ByteBuffer packet, InetSocketAddress from) {
        PacketClass kind = PacketClass.of(packet);
        byte[] bytes = new byte[packet.remaining()];
        packet.get(bytes);
        loop.execute(() -> {
            if (kind == PacketClass.STUN || kind == PacketClass.TURN_CHANNEL) {
                session.received(link.localAddress(), ByteBuffer.wrap(bytes), from);
            } else {
                heard(bytes);
            }
        });
    }

    private void heard(byte[] packet) {
        media.add(new String(packet, 1, packet.length - 1, StandardCharsets.ISO_8859_1));
    }

    @Override
    public void candidate(IceCandidate candidate) {
        candidates.add(candidate);
        IcePeer to = other;
        if (to != null) {
            to.later(() -> to.session.addRemote(candidate));
        }
    }

    @Override
    public void complete() {}

    @Override
    public void gathered() {
        gatheredAt = time.elapsed();
        IcePeer to = other;
        if (to != null) {
            to.later(to.session::remotesComplete);
        }
    }

    @Override
    public void selected(int component, IceCandidate chosen, IceCandidate peer) {
        if (component == 1) {
            local = chosen;
            remote = peer;
        }
    }

    @Override
    public void peerReflexive(InetSocketAddress address) {}

    @Override
    public void consentLost(int component) {}

    @Override
    public void stateChanged(IceState state) {
        states.add(state);
    }

    @Override
    public void relayed(int component, byte[] packet, InetSocketAddress from) {
        heard(packet);
    }

    @Override
    public void relayFailed(TurnFailure failure) {
        relayFailures.add(failure);
    }

    @Override
    public void close() {
        on(session::close);
    }

    /** After relays had time to be given back. */
    void closeSockets() {
        links.forEach(DatagramLink::close);
        loop.close();
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.net.StreamHandler;
import com.techpro.callclient.ports.net.StreamLink;
import com.techpro.callclient.ports.net.StreamListener;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;

/** Two hosts of a {@link SimulatedNetwork}: the network under test and its peer. */
public final class TwoHosts implements NetworkUnderTest {
    public static final String HERE = "192.0.2.1";
    private static final String THERE = "192.0.2.2";
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final VirtualTime time;
    private final SimulatedNetwork simulation;
    private final UnaryOperator<Network> tested;

    /** @param tested returns the network to test instead of the simulated host */
    public TwoHosts(long seed, UnaryOperator<Network> tested) {
        this.time = VirtualTime.seeded(seed);
        this.simulation = new SimulatedNetwork(time, seed);
        this.tested = tested;
    }

    public SimulatedNetwork simulation() {
        return simulation;
    }

    @Override
    public Network newNetwork() {
        return tested.apply(simulation.host(HERE));
    }

    @Override
    public Network newPeer() {
        return simulation.host(THERE);
    }

    @Override
    public InetAddress address() {
        return Addresses.of(HERE);
    }

    @Override
    public InetAddress peerAddress() {
        return Addresses.of(THERE);
    }

    @Override
    public void await(BooleanSupplier condition) {
        time.runUntil(condition, LIMIT);
    }

    @Override
    public void letArrive() {
        time.advance(Duration.ofSeconds(1));
    }

    @Override
    public boolean isVirtual() {
        return true;
    }

    /** As {@link StreamContract#connectToDeafPeer}. */
    public StreamLink connectToDeafPeer(Network network, StreamHandler handler) throws Exception {
        StreamListener listener = newPeer().listen(new InetSocketAddress(peerAddress(), 0), link -> new StreamRecord());
        StreamLink stream = network.connect(listener.localAddress(), handler);
        letArrive();
        simulation.partition(HERE, THERE);
        return stream;
    }
}

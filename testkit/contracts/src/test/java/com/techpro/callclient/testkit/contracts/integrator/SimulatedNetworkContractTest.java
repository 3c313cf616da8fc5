// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts.integrator;

import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.net.Resolver;
import com.techpro.callclient.ports.net.StreamHandler;
import com.techpro.callclient.ports.net.StreamLink;
import com.techpro.callclient.ports.net.StreamListener;
import com.techpro.callclient.testkit.contracts.Addresses;
import com.techpro.callclient.testkit.contracts.DatagramContract;
import com.techpro.callclient.testkit.contracts.NetworkContract;
import com.techpro.callclient.testkit.contracts.NetworkUnderTest;
import com.techpro.callclient.testkit.contracts.ResolverContract;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.StreamContract;
import com.techpro.callclient.testkit.contracts.StreamRecord;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Nested;

/** In a package of its own, as every author of a network is: what the kits ask for is public. */
class SimulatedNetworkContractTest {
    private static final String HERE = "192.0.2.1";
    private static final String THERE = "192.0.2.2";
    private static final Duration LIMIT = Duration.ofSeconds(10);

    private final VirtualTime time = VirtualTime.seeded(5);
    private final SimulatedNetwork simulation = new SimulatedNetwork(time, 5);

    private final class TwoHosts implements NetworkUnderTest {
        @Override
        public Network newNetwork() {
            return simulation.host(HERE);
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
    }

    @Nested
    class OfTheNetwork extends NetworkContract {
        @Override
        protected NetworkUnderTest subject() {
            return new TwoHosts();
        }
    }

    @Nested
    class OfDatagrams extends DatagramContract {
        @Override
        protected NetworkUnderTest subject() {
            return new TwoHosts();
        }
    }

    @Nested
    class OfStreams extends StreamContract {
        @Override
        protected NetworkUnderTest subject() {
            return new TwoHosts();
        }

        @Override
        protected StreamLink connectToDeafPeer(Network network, StreamHandler handler) throws Exception {
            StreamListener listener =
                    simulation.host(THERE).listen(new InetSocketAddress(peerAddress(), 0), link -> new StreamRecord());
            StreamLink stream = network.connect(listener.localAddress(), handler);
            time.advance(Duration.ofSeconds(1));
            simulation.partition(HERE, THERE);
            return stream;
        }
    }

    @Nested
    class OfTheResolver extends ResolverContract {
        OfTheResolver() {
            simulation
                    .dns()
                    .srv(SRV_NAME, 10, 60, 5060, "one.example.test")
                    .srv(SRV_NAME, 20, 0, 5062, "two.example.test")
                    .naptr(NAPTR_NAME, 50, 50, "SIPS+D2T", "_sips._tcp.example.test")
                    .address("one.example.test", "192.0.2.10")
                    .failing(BROKEN_NAME, true);
        }

        @Override
        protected Resolver resolver() {
            return simulation.host(HERE).resolver();
        }

        @Override
        protected void await(BooleanSupplier condition) {
            time.runUntil(condition, LIMIT);
        }

        @Override
        protected String knownName() {
            return "one.example.test";
        }

        @Override
        protected InetAddress knownAddress() {
            return Addresses.of("192.0.2.10");
        }
    }
}

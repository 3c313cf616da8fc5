// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts.integrator;

import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.net.Resolver;
import com.techpro.callclient.ports.net.StreamHandler;
import com.techpro.callclient.ports.net.StreamLink;
import com.techpro.callclient.testkit.contracts.Addresses;
import com.techpro.callclient.testkit.contracts.DatagramContract;
import com.techpro.callclient.testkit.contracts.NetworkContract;
import com.techpro.callclient.testkit.contracts.NetworkUnderTest;
import com.techpro.callclient.testkit.contracts.ResolverContract;
import com.techpro.callclient.testkit.contracts.StreamContract;
import com.techpro.callclient.testkit.contracts.TwoHosts;
import java.net.InetAddress;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Nested;

/** In its own package, like every author's test: the kits' hooks have to be public. */
class SimulatedNetworkContractTest {
    private final TwoHosts hosts = new TwoHosts(5, host -> host);

    @Nested
    class OfTheNetwork extends NetworkContract {
        @Override
        protected NetworkUnderTest subject() {
            return hosts;
        }
    }

    @Nested
    class OfDatagrams extends DatagramContract {
        @Override
        protected NetworkUnderTest subject() {
            return hosts;
        }
    }

    @Nested
    class OfStreams extends StreamContract {
        @Override
        protected NetworkUnderTest subject() {
            return hosts;
        }

        @Override
        protected StreamLink connectToDeafPeer(Network network, StreamHandler handler) throws Exception {
            return hosts.connectToDeafPeer(network, handler);
        }
    }

    @Nested
    class OfTheResolver extends ResolverContract {
        OfTheResolver() {
            hosts.simulation()
                    .dns()
                    .srv(SRV_NAME, 10, 60, 5060, "one.example.test")
                    .srv(SRV_NAME, 20, 0, 5062, "two.example.test")
                    .naptr(NAPTR_NAME, 50, 50, "SIPS+D2T", "_sips._tcp.example.test")
                    .address("one.example.test", "192.0.2.10")
                    .failing(BROKEN_NAME, true);
        }

        @Override
        protected Resolver resolver() {
            return hosts.simulation().host(TwoHosts.HERE).resolver();
        }

        @Override
        protected void await(BooleanSupplier condition) {
            hosts.await(condition);
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

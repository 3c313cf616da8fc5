// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli.kit;

import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.net.StreamHandler;
import com.techpro.callclient.ports.net.StreamLink;
import com.techpro.callclient.stack.jdk.JdkNetwork;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.DatagramContract;
import com.techpro.callclient.testkit.contracts.NetworkContract;
import com.techpro.callclient.testkit.contracts.NetworkUnderTest;
import com.techpro.callclient.testkit.contracts.StreamContract;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.extension.ExtendWith;

/** The kits for any network, on loopback and in real time; the peer is the engine's own network. */
record AnyNetwork(PortFactory factory) implements NetworkUnderTest {
    @Override
    public Network newNetwork() {
        return factory.make(Network.class, KitPort.NETWORK);
    }

    @Override
    public Network newPeer() {
        return new JdkNetwork(task -> new Thread(task, "lookup").start());
    }

    @Override
    public InetAddress address() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public InetAddress peerAddress() {
        return InetAddress.getLoopbackAddress();
    }

    @Override
    public void await(BooleanSupplier condition) {
        Await.until(condition, Duration.ofSeconds(10));
    }

    @ExtendWith(PortFactory.class)
    static final class Links extends NetworkContract {
        private final AnyNetwork network;

        Links(PortFactory factory) {
            this.network = new AnyNetwork(factory);
        }

        @Override
        protected NetworkUnderTest subject() {
            return network;
        }
    }

    @ExtendWith(PortFactory.class)
    static final class Datagrams extends DatagramContract {
        private final AnyNetwork network;

        Datagrams(PortFactory factory) {
            this.network = new AnyNetwork(factory);
        }

        @Override
        protected NetworkUnderTest subject() {
            return network;
        }
    }

    @ExtendWith(PortFactory.class)
    static final class Streams extends StreamContract {
        private static final int SMALL_BUFFER = 4_096;

        private final AnyNetwork network;
        private @Nullable ServerSocket deaf;

        Streams(PortFactory factory) {
            this.network = new AnyNetwork(factory);
        }

        @Override
        protected NetworkUnderTest subject() {
            return network;
        }

        /** The kernel accepts into a backlog that nobody reads. */
        @Override
        protected StreamLink connectToDeafPeer(Network tried, StreamHandler handler) throws IOException {
            ServerSocket listener = new ServerSocket();
            deaf = listener;
            listener.setReceiveBufferSize(SMALL_BUFFER);
            listener.bind(new InetSocketAddress(peerAddress(), 0), 4);
            return tried.connect((InetSocketAddress) listener.getLocalSocketAddress(), handler);
        }

        @AfterEach
        void closeDeafPeer() throws IOException {
            if (deaf != null) {
                deaf.close();
            }
        }
    }
}

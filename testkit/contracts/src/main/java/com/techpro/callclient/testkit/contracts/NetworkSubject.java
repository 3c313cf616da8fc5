// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.net.Network;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * The common base of the contract kits of {@code net}: two networks that are open during a test.
 */
@PortContract
abstract class NetworkSubject {
    private NetworkUnderTest subject;
    private Network network;
    private Network peer;

    /** Returns the implementation under test; called once per test. */
    protected abstract NetworkUnderTest subject();

    @BeforeEach
    void openNetworks() {
        subject = subject();
        network = subject.newNetwork();
        peer = subject.newPeer();
    }

    @AfterEach
    void closeNetworks() {
        network.close();
        peer.close();
        letArrive();
        await(() -> network.openLinks() == 0 && peer.openLinks() == 0);
    }

    /** Returns the address of the network under test. */
    protected final InetAddress address() {
        return subject.address();
    }

    /** Returns the address of the other side. */
    protected final InetAddress peerAddress() {
        return subject.peerAddress();
    }

    /** Waits until the condition holds, or fails after about ten seconds. */
    protected final void await(BooleanSupplier condition) {
        subject.await(condition);
    }

    /** Lets packets in transit arrive, if they take time. */
    protected final void letArrive() {
        subject.letArrive();
    }

    final boolean isVirtual() {
        return subject.isVirtual();
    }

    /** Returns the network under test. */
    protected final Network network() {
        return network;
    }

    /** Returns the network of the other side, which is not under test. */
    protected final Network peer() {
        return peer;
    }

    final InetSocketAddress anyPort() {
        return new InetSocketAddress(address(), 0);
    }

    final InetSocketAddress anyPeerPort() {
        return new InetSocketAddress(peerAddress(), 0);
    }

    static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    static byte[] copyOf(ByteBuffer buffer) {
        byte[] copy = new byte[buffer.remaining()];
        buffer.get(copy);
        return copy;
    }
}

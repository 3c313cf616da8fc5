// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.net.StreamHandler;
import com.techpro.callclient.ports.net.StreamLink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the contract kits of {@code net} have in common: two networks, open for the length of a test. */
@PortContract
abstract class NetworkSubject {
    private NetworkUnderTest subject;
    private Network network;
    private Network peer;

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

    final InetAddress address() {
        return subject.address();
    }

    final InetAddress peerAddress() {
        return subject.peerAddress();
    }

    final void await(BooleanSupplier condition) {
        subject.await(condition);
    }

    final void letArrive() {
        subject.letArrive();
    }

    final boolean isVirtual() {
        return subject.isVirtual();
    }

    final Network network() {
        return network;
    }

    final Network peer() {
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

    /** Remembers what a stream went through, and notices calls that a handler must not see. */
    static final class StreamRecord implements StreamHandler {
        private final ByteArrayOutputStream received = new ByteArrayOutputStream();
        private final AtomicInteger inside = new AtomicInteger();
        private final AtomicInteger connected = new AtomicInteger();
        private final AtomicInteger closed = new AtomicInteger();
        private volatile boolean disorder;
        private volatile @Nullable IOException cause;

        @Override
        public void connected(StreamLink link) {
            enter(connected.get() > 0 || closed.get() > 0);
            connected.incrementAndGet();
            inside.decrementAndGet();
        }

        @Override
        public void received(StreamLink link, ByteBuffer bytes) {
            enter(connected.get() == 0 || closed.get() > 0);
            byte[] copy = copyOf(bytes);
            synchronized (received) {
                received.write(copy, 0, copy.length);
            }
            inside.decrementAndGet();
        }

        @Override
        public void closed(StreamLink link, @Nullable IOException why) {
            enter(closed.get() > 0);
            cause = why;
            closed.incrementAndGet();
            inside.decrementAndGet();
        }

        boolean isConnected() {
            return connected.get() > 0;
        }

        boolean isClosed() {
            return closed.get() > 0;
        }

        /** Whether a call came twice, too late, or while another was running. */
        boolean sawDisorder() {
            return disorder;
        }

        @Nullable
        IOException cause() {
            return cause;
        }

        byte[] received() {
            synchronized (received) {
                return received.toByteArray();
            }
        }

        int size() {
            synchronized (received) {
                return received.size();
            }
        }

        String text() {
            return new String(received(), StandardCharsets.UTF_8);
        }

        private void enter(boolean wrong) {
            if (inside.incrementAndGet() > 1 || wrong) {
                disorder = true;
            }
        }
    }
}

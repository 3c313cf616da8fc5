// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.jdk;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.net.StreamHandler;
import com.techpro.callclient.ports.net.StreamLink;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.DatagramContract;
import com.techpro.callclient.testkit.contracts.LeakCheck;
import com.techpro.callclient.testkit.contracts.NetworkContract;
import com.techpro.callclient.testkit.contracts.NetworkUnderTest;
import com.techpro.callclient.testkit.contracts.Precondition;
import com.techpro.callclient.testkit.contracts.StreamContract;
import com.techpro.callclient.testkit.helpers.CapturedLog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

@Tag("real")
class JdkNetworkTest {
    private static final Duration LIMIT = Duration.ofSeconds(10);
    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();
    private static final Executor WORKERS = task -> new Thread(task, "lookup").start();

    @RegisterExtension
    final LeakCheck leaks = new LeakCheck();

    private static final class Loopback implements NetworkUnderTest {
        @Override
        public Network newNetwork() {
            return new JdkNetwork(WORKERS);
        }

        @Override
        public Network newPeer() {
            return new JdkNetwork(WORKERS);
        }

        @Override
        public InetAddress address() {
            return LOOPBACK;
        }

        @Override
        public InetAddress peerAddress() {
            return LOOPBACK;
        }

        @Override
        public void await(BooleanSupplier condition) {
            Await.until(condition, LIMIT);
        }
    }

    @Nested
    class OfTheNetwork extends NetworkContract {
        @Override
        protected NetworkUnderTest subject() {
            return new Loopback();
        }
    }

    @Nested
    class OfDatagrams extends DatagramContract {
        @Override
        protected NetworkUnderTest subject() {
            return new Loopback();
        }
    }

    @Nested
    class OfStreams extends StreamContract {
        private @Nullable ServerSocket deaf;

        @Override
        protected NetworkUnderTest subject() {
            return new Loopback();
        }

        @Override
        protected StreamLink connectToDeafPeer(Network network, StreamHandler handler) throws Exception {
            // The kernel accepts for a backlog that nobody serves.
            deaf = new ServerSocket();
            deaf.setReceiveBufferSize(4_096);
            deaf.bind(new InetSocketAddress(LOOPBACK, 0), 4);
            return network.connect((InetSocketAddress) deaf.getLocalSocketAddress(), handler);
        }

        @AfterEach
        void closeDeafPeer() throws IOException {
            if (deaf != null) {
                deaf.close();
            }
        }
    }

    @Test
    void one_thread_serves_all_streams_and_pushed_sockets_and_ends_with_the_network() throws Exception {
        var network = new JdkNetwork(WORKERS);
        AtomicInteger received = new AtomicInteger();
        assertThat(ioThreads()).isZero();
        for (int i = 0; i < 20; i++) {
            DatagramLink link = network.openDatagram(
                    new InetSocketAddress(LOOPBACK, 0), (packet, from) -> received.getAndIncrement());
            link.send(ByteBuffer.allocate(10), link.localAddress());
        }
        Await.until(() -> received.get() == 20, LIMIT);
        assertThat(ioThreads()).isEqualTo(1);

        network.close();

        Await.until(() -> ioThreads() == 0, LIMIT);
    }

    @Test
    void an_idle_network_does_not_wake_up() throws Exception {
        try (var network = new JdkNetwork(WORKERS)) {
            AtomicInteger received = new AtomicInteger();
            DatagramLink link = network.openDatagram(
                    new InetSocketAddress(LOOPBACK, 0), (packet, from) -> received.getAndIncrement());
            link.send(ByteBuffer.allocate(10), link.localAddress());
            Await.until(() -> received.get() == 1, LIMIT);
            Thread thread = Thread.getAllStackTraces().keySet().stream()
                    .filter(each -> each.getName().equals("callclient-io"))
                    .findFirst()
                    .orElseThrow();
            Await.until(() -> isWaiting(thread), LIMIT);

            long end = System.nanoTime() + Duration.ofMillis(200).toNanos();
            while (System.nanoTime() < end) {
                assertThat(isWaiting(thread)).isTrue();
                LockSupport.parkNanos(1_000_000);
            }
        }
    }

    @Test
    void a_handler_that_throws_loses_its_stream_and_no_other_and_the_log_says_so() throws Exception {
        try (var log = new CapturedLog();
                var network = new JdkNetwork(WORKERS)) {
            AtomicInteger closed = new AtomicInteger();
            AtomicInteger bytes = new AtomicInteger();
            StreamHandler good = new StreamHandler() {
                @Override
                public void connected(StreamLink link) {}

                @Override
                public void received(StreamLink link, ByteBuffer received) {
                    bytes.addAndGet(received.remaining());
                }

                @Override
                public void closed(StreamLink link, @Nullable IOException cause) {}
            };
            StreamHandler bad = new StreamHandler() {
                @Override
                public void connected(StreamLink link) {}

                @Override
                public void received(StreamLink link, ByteBuffer received) {
                    throw new IllegalStateException("on purpose");
                }

                @Override
                public void closed(StreamLink link, @Nullable IOException cause) {
                    closed.incrementAndGet();
                }
            };
            AtomicInteger accepted = new AtomicInteger();
            var listener = network.listen(
                    new InetSocketAddress(LOOPBACK, 0), link -> accepted.incrementAndGet() == 1 ? bad : good);
            network.connect(listener.localAddress(), good).write(ByteBuffer.allocate(5));
            Await.until(() -> closed.get() == 1, LIMIT);
            network.connect(listener.localAddress(), good).write(ByteBuffer.allocate(7));

            Await.until(() -> bytes.get() == 7, LIMIT);
            assertThat(log.lines())
                    .containsExactly(
                            "SEVERE com.techpro.callclient.network a handler of the network failed: java.lang.IllegalStateException");
        }
    }

    @Test
    void version_6_addresses_work_where_the_machine_has_them() throws Exception {
        InetAddress six = InetAddress.getByName("::1");
        try (var network = new JdkNetwork(WORKERS)) {
            AtomicInteger received = new AtomicInteger();
            DatagramLink link;
            try {
                link = network.openDatagram(
                        new InetSocketAddress(six, 0), (packet, from) -> received.getAndIncrement());
            } catch (IOException e) {
                Precondition.skip("IPv6");
                return;
            }
            assertThat(link.send(ByteBuffer.allocate(3), link.localAddress())).isEqualTo(DatagramLink.SendStatus.SENT);
            Await.until(() -> received.get() == 1, LIMIT);
            assertThat(network.localAddressFor(link.localAddress())).isEqualTo(six);
            DatagramLink four = network.openDatagram(new InetSocketAddress("127.0.0.1", 0), (packet, from) -> {});
            assertThat(four.send(ByteBuffer.allocate(3), link.localAddress()))
                    .isEqualTo(DatagramLink.SendStatus.UNREACHABLE);
        }
    }

    private static boolean isWaiting(Thread thread) {
        // A thread in a system call counts as runnable; its stack tells.
        StackTraceElement[] stack = thread.getStackTrace();
        return stack.length > 0
                && stack[0].getMethodName().toLowerCase(Locale.ROOT).contains("wait");
    }

    private static long ioThreads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().equals("callclient-io"))
                .count();
    }
}

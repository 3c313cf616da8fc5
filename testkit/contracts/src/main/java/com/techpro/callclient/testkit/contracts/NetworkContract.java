// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.net.DatagramLink.SendStatus;
import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.net.Resolver.RecordType;
import com.techpro.callclient.ports.net.StreamLink;
import com.techpro.callclient.ports.net.StreamListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * The contract of {@link Network} for all its links; {@link DatagramContract} and
 * {@link StreamContract} test each kind.
 */
public abstract class NetworkContract extends NetworkSubject {
    /** An address that is not this host's, from the documentation range of RFC 5737. */
    private static final String FOREIGN = "203.0.113.77";

    @Test
    void NET_1_connecting_and_resolving_answer_after_the_call() throws Exception {
        StreamListener listener = peer().listen(anyPeerPort(), link -> new StreamRecord());
        AtomicBoolean insideCall = new AtomicBoolean(true);
        AtomicBoolean answeredInside = new AtomicBoolean();
        AtomicBoolean resolved = new AtomicBoolean();
        Thread caller = Thread.currentThread();
        var client = new StreamRecord();

        StreamLink stream = network().connect(listener.localAddress(), client);
        network().resolver().resolve("192.0.2.7", RecordType.ADDRESS, answer -> {
            answeredInside.set(insideCall.get() && Thread.currentThread() == caller);
            resolved.set(true);
        });
        insideCall.set(false);

        await(() -> client.isConnected() && resolved.get());
        assertThat(answeredInside).isFalse();
        assertThat(stream.localAddress().getPort()).isNotZero();
    }

    @Test
    void NET_2_callbacks_of_a_link_come_one_at_a_time_and_in_order() throws Exception {
        StreamRecord server = new StreamRecord();
        StreamListener listener = peer().listen(anyPeerPort(), link -> server);
        StreamRecord client = new StreamRecord();
        StreamLink stream = network().connect(listener.localAddress(), client);

        assertInOrder(stream, server);
        assertThat(client.sawDisorder()).isFalse();
    }

    @Test
    void NET_2_callbacks_of_an_accepted_link_come_one_at_a_time_and_in_order() throws Exception {
        StreamRecord server = new StreamRecord();
        StreamListener listener = network().listen(anyPort(), link -> server);
        StreamRecord client = new StreamRecord();
        StreamLink stream = peer().connect(listener.localAddress(), client);

        assertInOrder(stream, server);
    }

    private void assertInOrder(StreamLink stream, StreamRecord other) {
        byte[] sent = new byte[400_000];
        Seeds.random(5).nextBytes(sent);
        for (int i = 0; i < sent.length; i += 1_000) {
            assertThat(stream.write(ByteBuffer.wrap(sent, i, 1_000))).isTrue();
        }

        await(() -> other.size() == sent.length);

        assertThat(other.received()).isEqualTo(sent);
        assertThat(other.sawDisorder()).isFalse();
    }

    @Test
    void NET_3_port_0_chooses_a_free_port_and_tells_which() throws Exception {
        DatagramLink datagram = network().openDatagram(anyPort(), (packet, from) -> {});
        DatagramLink polled = network().openPoller().open(anyPort(), (packet, from) -> {});
        StreamListener listener = network().listen(anyPort(), link -> new StreamRecord());

        assertThat(datagram.localAddress().getPort()).isBetween(1, 65_535);
        assertThat(polled.localAddress().getPort())
                .isBetween(1, 65_535)
                .isNotEqualTo(datagram.localAddress().getPort());
        assertThat(listener.localAddress().getPort()).isBetween(1, 65_535);
        assertThat(datagram.localAddress().getAddress()).isEqualTo(address());
    }

    @Test
    void NET_4_an_address_in_use_is_refused_when_opening() throws Exception {
        InetSocketAddress udp =
                network().openDatagram(anyPort(), (packet, from) -> {}).localAddress();
        InetSocketAddress tcp =
                network().listen(anyPort(), link -> new StreamRecord()).localAddress();

        assertThatThrownBy(() -> network().openDatagram(udp, (packet, from) -> {}))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> network().openPoller().open(udp, (packet, from) -> {}))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> network().listen(tcp, link -> new StreamRecord()))
                .isInstanceOf(IOException.class);
    }

    @Test
    void NET_4_an_address_that_is_not_this_hosts_is_refused_when_opening() {
        InetSocketAddress foreign = new InetSocketAddress(Addresses.of(FOREIGN), 0);

        assertThatThrownBy(() -> network().openDatagram(foreign, (packet, from) -> {}))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() -> network().listen(foreign, link -> new StreamRecord()))
                .isInstanceOf(IOException.class);
        assertThatThrownBy(() ->
                        network().openDatagram(InetSocketAddress.createUnresolved("a.test", 0), (packet, from) -> {}))
                .isInstanceOf(IOException.class);
    }

    @Test
    void NET_5_links_are_opened_used_and_closed_on_any_thread() throws Exception {
        AtomicInteger received = new AtomicInteger();
        DatagramLink peerLink = peer().openDatagram(anyPeerPort(), (packet, from) -> received.incrementAndGet());
        List<SendStatus> statuses = new CopyOnWriteArrayList<>();
        var worker = new Thread(() -> {
            try (DatagramLink link = network().openDatagram(anyPort(), (packet, from) -> {})) {
                statuses.add(link.send(bytes("from elsewhere"), peerLink.localAddress()));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        worker.start();
        worker.join();

        assertThat(statuses).containsExactly(SendStatus.SENT);
        await(() -> received.get() == 1);
    }

    @Test
    void NET_6_closing_closes_every_link_and_closing_twice_does_nothing() throws Exception {
        var server = new StreamRecord();
        StreamListener listener = peer().listen(anyPeerPort(), link -> server);
        var client = new StreamRecord();
        StreamLink stream = network().connect(listener.localAddress(), client);
        DatagramLink datagram = network().openDatagram(anyPort(), (packet, from) -> {});
        DatagramLink polled = network().openPoller().open(anyPort(), (packet, from) -> {});
        await(client::isConnected);

        network().close();
        network().close();

        await(() -> client.isClosed() && server.isClosed() && network().openLinks() == 0);
        assertThat(stream.write(bytes("late"))).isFalse();
        assertThat(datagram.send(bytes("late"), polled.localAddress())).isEqualTo(SendStatus.CLOSED);
        assertThat(polled.send(bytes("late"), datagram.localAddress())).isEqualTo(SendStatus.CLOSED);
        assertThatThrownBy(() -> network().openDatagram(anyPort(), (packet, from) -> {}))
                .isInstanceOf(IOException.class);
    }

    @Test
    void NET_6_connecting_through_a_closed_network_is_answered_by_closed() throws Exception {
        StreamListener listener = peer().listen(anyPeerPort(), link -> new StreamRecord());
        network().close();
        var client = new StreamRecord();

        network().connect(listener.localAddress(), client);

        await(client::isClosed);
        assertThat(client.isConnected()).isFalse();
        assertThat(client.cause()).isNotNull();
    }

    @Test
    void NET_8_sockets_can_be_opened_at_each_address_of_the_host() throws Exception {
        for (InetAddress address : network().addresses()) {
            assertThat(address.isLoopbackAddress() || address.isLinkLocalAddress())
                    .isFalse();
            network()
                    .openDatagram(new InetSocketAddress(address, 0), (packet, from) -> {})
                    .close();
        }
    }

    @Test
    void NET_7_open_links_counts_sockets_until_they_are_closed() throws Exception {
        assertThat(network().openLinks()).isZero();
        DatagramLink datagram = network().openDatagram(anyPort(), (packet, from) -> {});
        var poller = network().openPoller();
        poller.open(anyPort(), (packet, from) -> {});
        StreamListener listener = network().listen(anyPort(), link -> new StreamRecord());
        var client = new StreamRecord();
        StreamListener elsewhere = peer().listen(anyPeerPort(), link -> new StreamRecord());
        StreamLink stream = network().connect(elsewhere.localAddress(), client);
        await(client::isConnected);
        assertThat(network().openLinks()).isEqualTo(5);

        datagram.close();
        listener.close();
        poller.close();
        assertThat(network().openLinks()).isEqualTo(1);
        stream.close();
        await(() -> network().openLinks() == 0);
    }

    @Test
    void the_local_address_is_the_one_that_the_other_side_sees() throws Exception {
        List<InetAddress> seen = new CopyOnWriteArrayList<>();
        DatagramLink peerLink = peer().openDatagram(anyPeerPort(), (packet, from) -> seen.add(from.getAddress()));
        InetAddress local = network().localAddressFor(peerLink.localAddress());
        DatagramLink link = network().openDatagram(new InetSocketAddress(local, 0), (packet, from) -> {});

        link.send(bytes("hello"), peerLink.localAddress());

        await(() -> seen.size() == 1);
        assertThat(seen).containsExactly(local);
        assertThatThrownBy(() -> network().localAddressFor(InetSocketAddress.createUnresolved("a.test", 5060)))
                .isInstanceOf(IOException.class);
    }
}

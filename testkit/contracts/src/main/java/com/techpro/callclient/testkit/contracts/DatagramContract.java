// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.net.DatagramLink.SendStatus;
import com.techpro.callclient.ports.net.DatagramPoller;
import com.techpro.callclient.ports.net.DatagramReceiver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** What {@link DatagramLink} and {@link DatagramPoller} promise. */
public abstract class DatagramContract extends NetworkSubject {
    private static final DatagramReceiver DEAF = (packet, from) -> {};

    private record Arrival(ByteBuffer packet, InetSocketAddress from) {
        static Arrival of(ByteBuffer lent, InetSocketAddress from) {
            return new Arrival(ByteBuffer.wrap(copyOf(lent)), from);
        }
    }

    @Test
    void DGL_1_what_lies_between_position_and_limit_is_sent_and_consumed() throws Exception {
        List<Arrival> arrivals = new CopyOnWriteArrayList<>();
        DatagramLink there =
                peer().openDatagram(anyPeerPort(), (packet, from) -> arrivals.add(Arrival.of(packet, from)));
        DatagramLink here = network().openDatagram(anyPort(), DEAF);
        ByteBuffer packet = bytes("...hello...");
        packet.position(3).limit(8);

        SendStatus status = here.send(packet, there.localAddress());

        assertThat(status).isEqualTo(SendStatus.SENT);
        assertThat(packet.position()).isEqualTo(8);
        await(() -> arrivals.size() == 1);
        assertThat(arrivals.get(0).packet()).isEqualTo(bytes("hello"));
    }

    @Test
    void DGL_2_packets_arrive_whole() throws Exception {
        List<Arrival> arrivals = new CopyOnWriteArrayList<>();
        DatagramLink there =
                peer().openDatagram(anyPeerPort(), (packet, from) -> arrivals.add(Arrival.of(packet, from)));
        DatagramLink here = network().openDatagram(anyPort(), DEAF);
        int[] sizes = {0, 1, 172, 1_300, 9_000, 60_000};
        var random = Seeds.random(3);
        for (int size : sizes) {
            byte[] packet = new byte[size];
            random.nextBytes(packet);
            int expected = arrivals.size() + 1;
            here.send(ByteBuffer.wrap(packet), there.localAddress());
            await(() -> arrivals.size() == expected);
            assertThat(arrivals.get(expected - 1).packet()).isEqualTo(ByteBuffer.wrap(packet));
        }
    }

    @Test
    void DGL_3_a_closed_link_delivers_nothing_and_says_so() throws Exception {
        AtomicInteger received = new AtomicInteger();
        DatagramLink closing = peer().openDatagram(anyPeerPort(), (packet, from) -> received.incrementAndGet());
        AtomicInteger control = new AtomicInteger();
        DatagramLink open = peer().openDatagram(anyPeerPort(), (packet, from) -> control.incrementAndGet());
        DatagramLink here = network().openDatagram(anyPort(), DEAF);

        closing.close();
        closing.close();
        here.send(bytes("nobody"), closing.localAddress());
        here.send(bytes("somebody"), open.localAddress());
        await(() -> control.get() == 1);

        assertThat(received).hasValue(0);
        assertThat(closing.send(bytes("late"), here.localAddress())).isEqualTo(SendStatus.CLOSED);
    }

    @Test
    void DGL_4_the_receiver_learns_who_sent_it_and_can_answer() throws Exception {
        CompletableFuture<DatagramLink> there = new CompletableFuture<>();
        List<Arrival> questions = new CopyOnWriteArrayList<>();
        there.complete(peer().openDatagram(anyPeerPort(), (packet, from) -> {
            questions.add(Arrival.of(packet, from));
            there.join().send(bytes("answer"), from);
        }));
        List<Arrival> answers = new CopyOnWriteArrayList<>();
        DatagramLink here = network().openDatagram(anyPort(), (packet, from) -> answers.add(Arrival.of(packet, from)));

        here.send(bytes("question"), there.join().localAddress());

        await(() -> answers.size() == 1);
        assertThat(questions.get(0).from()).isEqualTo(here.localAddress());
        assertThat(answers.get(0).from()).isEqualTo(there.join().localAddress());
    }

    @Test
    void DGL_5_a_packet_larger_than_UDP_can_carry_is_too_large() throws Exception {
        DatagramLink here = network().openDatagram(anyPort(), DEAF);

        SendStatus status = here.send(ByteBuffer.allocate(70_000), here.localAddress());

        assertThat(status).isEqualTo(SendStatus.TOO_LARGE);
    }

    @Test
    void DGL_5_an_unresolved_destination_is_unreachable() throws Exception {
        DatagramLink here = network().openDatagram(anyPort(), DEAF);

        SendStatus status = here.send(bytes("?"), InetSocketAddress.createUnresolved("a.test", 5060));

        assertThat(status).isEqualTo(SendStatus.UNREACHABLE);
    }

    @Test
    void DGL_6_a_closed_links_port_is_free_again_at_once() throws Exception {
        for (int i = 0; i < 50; i++) {
            DatagramLink link = network().openDatagram(anyPort(), DEAF);
            // A packet on the way keeps a network's thread busy with the link while it is closed.
            link.send(bytes("x"), link.localAddress());
            link.close();
            network().openDatagram(link.localAddress(), DEAF).close();
        }
        assertThat(network().openLinks()).isZero();
    }

    @Test
    void POLL_1_receivers_are_called_inside_poll_on_its_thread_and_nowhere_else() throws Exception {
        DatagramPoller poller = peer().openPoller();
        List<Boolean> inside = new CopyOnWriteArrayList<>();
        boolean[] polling = new boolean[1];
        Thread thread = Thread.currentThread();
        DatagramLink there = poller.open(
                anyPeerPort(), (packet, from) -> inside.add(polling[0] && Thread.currentThread() == thread));
        DatagramLink here = network().openDatagram(anyPort(), DEAF);
        for (int i = 0; i < 3; i++) {
            here.send(bytes("packet"), there.localAddress());
        }
        letArrive();

        await(() -> {
            polling[0] = true;
            poller.poll();
            polling[0] = false;
            return inside.size() == 3;
        });
        assertThat(inside).containsOnly(true);
    }

    @Test
    void POLL_2_poll_never_waits_counts_and_lets_no_link_starve_another() throws Exception {
        DatagramPoller poller = peer().openPoller();
        AtomicInteger flooded = new AtomicInteger();
        AtomicInteger quiet = new AtomicInteger();
        DatagramLink one = poller.open(anyPeerPort(), (packet, from) -> flooded.incrementAndGet());
        DatagramLink other = poller.open(anyPeerPort(), (packet, from) -> quiet.incrementAndGet());
        DatagramLink here = network().openDatagram(anyPort(), DEAF);
        assertThat(poller.poll()).isZero();
        for (int i = 0; i < 200; i++) {
            here.send(bytes("flood"), one.localAddress());
        }
        here.send(bytes("quiet"), other.localAddress());
        letArrive();
        int[] polls = new int[1];
        int[] counted = new int[1];

        await(() -> {
            int packets = poller.poll();
            polls[0] += packets > 0 ? 1 : 0;
            counted[0] += packets;
            return quiet.get() == 1;
        });

        // Where all had arrived before, one poll sufficed; on real sockets the last may come during the second.
        assertThat(polls[0]).isLessThanOrEqualTo(isVirtual() ? 1 : 3);
        assertThat(flooded.get()).isLessThan(200);
        assertThat(counted[0]).isEqualTo(flooded.get() + quiet.get());
    }

    @Test
    void POLL_3_links_are_opened_from_any_thread_while_another_polls() throws Exception {
        DatagramPoller poller = peer().openPoller();
        AtomicInteger received = new AtomicInteger();
        DatagramLink here = network().openDatagram(anyPort(), DEAF);
        List<DatagramLink> opened = new CopyOnWriteArrayList<>();
        var opener = new Thread(() -> {
            try {
                for (int i = 0; i < 20; i++) {
                    opened.add(poller.open(anyPeerPort(), (packet, from) -> received.incrementAndGet()));
                }
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        opener.start();
        if (isVirtual()) {
            opener.join();
        }
        await(() -> {
            poller.poll();
            return !opener.isAlive();
        });

        here.send(bytes("packet"), opened.get(19).localAddress());

        await(() -> {
            poller.poll();
            return received.get() == 1;
        });
    }

    @Test
    void POLL_4_a_link_closed_in_its_callback_gets_nothing_more() throws Exception {
        DatagramPoller poller = peer().openPoller();
        AtomicInteger received = new AtomicInteger();
        CompletableFuture<DatagramLink> there = new CompletableFuture<>();
        there.complete(poller.open(anyPeerPort(), (packet, from) -> {
            received.incrementAndGet();
            there.join().close();
        }));
        AtomicInteger control = new AtomicInteger();
        DatagramLink open = poller.open(anyPeerPort(), (packet, from) -> control.incrementAndGet());
        DatagramLink here = network().openDatagram(anyPort(), DEAF);
        for (int i = 0; i < 5; i++) {
            here.send(bytes("packet"), there.join().localAddress());
        }
        here.send(bytes("packet"), open.localAddress());
        letArrive();

        await(() -> {
            poller.poll();
            return received.get() > 0 && control.get() == 1;
        });
        poller.poll();

        assertThat(received).hasValue(1);
    }

    @Test
    void POLL_4_a_closed_links_port_is_free_again_at_once() throws Exception {
        DatagramPoller poller = network().openPoller();
        for (int i = 0; i < 20; i++) {
            DatagramLink link = poller.open(anyPort(), DEAF);
            link.close();
            poller.open(link.localAddress(), DEAF).close();
        }
        assertThat(network().openLinks()).isEqualTo(1);
    }

    @Test
    void POLL_5_closing_the_poller_closes_its_links() throws Exception {
        DatagramPoller poller = network().openPoller();
        DatagramLink link = poller.open(anyPort(), DEAF);

        poller.close();
        poller.close();

        assertThat(link.send(bytes("late"), link.localAddress())).isEqualTo(SendStatus.CLOSED);
        assertThat(network().openLinks()).isZero();
        assertThat(poller.poll()).isZero();
        assertThatThrownBy(() -> poller.open(anyPort(), DEAF)).isInstanceOf(IOException.class);
    }
}

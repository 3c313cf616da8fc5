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
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The contract of {@link DatagramLink} and {@link DatagramPoller}. */
public abstract class DatagramContract extends NetworkSubject {
    private static final DatagramReceiver DEAF = (packet, from) -> {};
    private static final int MANY_PACKETS = 1_000;
    /** A socket's queue holds so many packets that nobody has read. */
    private static final int BATCH = 25;

    private static final int POLLS = 10;
    /** A media loop runs about every 5 ms. */
    private static final Duration LONGEST_POLL = Duration.ofMillis(5);

    private record Arrival(ByteBuffer packet, InetSocketAddress from) {
        static Arrival of(ByteBuffer lent, InetSocketAddress from) {
            return new Arrival(ByteBuffer.wrap(copyOf(lent)), from);
        }
    }

    private static DatagramReceiver into(List<Arrival> arrivals) {
        return (packet, from) -> arrivals.add(Arrival.of(packet, from));
    }

    @Test
    void DGL_1_bytes_between_position_and_limit_are_sent_and_consumed() throws Exception {
        List<Arrival> arrivals = new CopyOnWriteArrayList<>();
        DatagramLink there = peer().openDatagram(anyPeerPort(), into(arrivals));
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
    void DGL_2_packets_are_sent_whole() throws Exception {
        List<Arrival> arrivals = new CopyOnWriteArrayList<>();
        DatagramLink there = peer().openDatagram(anyPeerPort(), into(arrivals));

        assertWhole(network().openDatagram(anyPort(), DEAF), there, arrivals, () -> {});
        assertWhole(network().openPoller().open(anyPort(), DEAF), there, arrivals, () -> {});
    }

    @Test
    void DGL_2_packets_arrive_whole() throws Exception {
        List<Arrival> arrivals = new CopyOnWriteArrayList<>();
        DatagramLink here = network().openDatagram(anyPort(), into(arrivals));

        assertWhole(peer().openDatagram(anyPeerPort(), DEAF), here, arrivals, () -> {});
    }

    @Test
    void DGL_2_packets_arrive_whole_at_a_polled_link() throws Exception {
        List<Arrival> arrivals = new CopyOnWriteArrayList<>();
        DatagramPoller poller = network().openPoller();
        DatagramLink here = poller.open(anyPort(), into(arrivals));

        assertWhole(peer().openDatagram(anyPeerPort(), DEAF), here, arrivals, poller::poll);
    }

    private void assertWhole(DatagramLink from, DatagramLink to, List<Arrival> arrivals, Runnable turn) {
        arrivals.clear();
        var random = Seeds.random(3);
        for (int size : new int[] {0, 1, 172, 1_300, 9_000, 60_000}) {
            byte[] packet = new byte[size];
            random.nextBytes(packet);
            int expected = arrivals.size() + 1;
            from.send(ByteBuffer.wrap(packet), to.localAddress());
            await(() -> {
                turn.run();
                return arrivals.size() == expected;
            });
            assertThat(arrivals.get(expected - 1).packet()).isEqualTo(ByteBuffer.wrap(packet));
        }
    }

    @Test
    void DGL_2_a_link_does_not_stop_after_many_packets() throws Exception {
        AtomicInteger received = new AtomicInteger();

        assertGoesOn(
                network().openDatagram(anyPort(), (packet, from) -> received.incrementAndGet()), received, () -> {});
    }

    @Test
    void DGL_2_a_polled_link_does_not_stop_after_many_packets() throws Exception {
        AtomicInteger received = new AtomicInteger();
        DatagramPoller poller = network().openPoller();

        assertGoesOn(poller.open(anyPort(), (packet, from) -> received.incrementAndGet()), received, poller::poll);
    }

    private void assertGoesOn(DatagramLink here, AtomicInteger received, Runnable turn) throws IOException {
        AtomicInteger sent = new AtomicInteger();
        DatagramLink there = peer().openDatagram(anyPeerPort(), (packet, from) -> sent.incrementAndGet());
        for (int packets = BATCH; packets <= MANY_PACKETS; packets += BATCH) {
            for (int i = 0; i < BATCH; i++) {
                there.send(bytes("in"), here.localAddress());
                here.send(bytes("out"), there.localAddress());
            }
            letArrive();
            int expected = packets;
            await(() -> {
                turn.run();
                return received.get() == expected && sent.get() == expected;
            });
        }
    }

    @Test
    void DGL_3_a_closed_link_delivers_nothing_and_says_so() throws Exception {
        AtomicInteger received = new AtomicInteger();
        AtomicInteger control = new AtomicInteger();
        DatagramPoller poller = network().openPoller();
        DatagramReceiver counted = (packet, from) -> received.incrementAndGet();
        List<DatagramLink> closing =
                List.of(network().openDatagram(anyPort(), counted), poller.open(anyPort(), counted));
        DatagramLink open = network().openDatagram(anyPort(), (packet, from) -> control.incrementAndGet());
        DatagramLink there = peer().openDatagram(anyPeerPort(), (packet, from) -> received.incrementAndGet());

        for (DatagramLink link : closing) {
            link.close();
            link.close();
            there.send(bytes("nobody"), link.localAddress());
        }
        there.send(bytes("somebody"), open.localAddress());
        await(() -> {
            poller.poll();
            return control.get() == 1;
        });

        for (DatagramLink link : closing) {
            assertThat(link.send(bytes("late"), there.localAddress())).isEqualTo(SendStatus.CLOSED);
        }
        open.send(bytes("after those"), there.localAddress());
        await(() -> received.get() > 0);
        assertThat(received).hasValue(1);
    }

    @Test
    void DGL_4_the_receiver_learns_each_senders_address_and_can_answer() throws Exception {
        CompletableFuture<DatagramLink> here = new CompletableFuture<>();
        List<Arrival> questions = new CopyOnWriteArrayList<>();
        here.complete(network().openDatagram(anyPort(), answering(here, questions)));

        assertAnswered(here.join(), questions, () -> {});
    }

    @Test
    void DGL_4_a_polled_link_learns_each_senders_address_and_can_answer() throws Exception {
        CompletableFuture<DatagramLink> here = new CompletableFuture<>();
        List<Arrival> questions = new CopyOnWriteArrayList<>();
        DatagramPoller poller = network().openPoller();
        here.complete(poller.open(anyPort(), answering(here, questions)));

        assertAnswered(here.join(), questions, poller::poll);
    }

    private static DatagramReceiver answering(CompletableFuture<DatagramLink> here, List<Arrival> questions) {
        return (packet, from) -> {
            Arrival question = Arrival.of(packet, from);
            questions.add(question);
            here.join().send(question.packet().duplicate(), from);
        };
    }

    /** Two senders take turns: an address that is kept from the packet before is a wrong one. */
    private void assertAnswered(DatagramLink here, List<Arrival> questions, Runnable turn) throws IOException {
        List<Arrival> answers = new CopyOnWriteArrayList<>();
        List<DatagramLink> senders = List.of(
                peer().openDatagram(anyPeerPort(), into(answers)), peer().openDatagram(anyPeerPort(), into(answers)));
        for (int i = 0; i < 6; i++) {
            DatagramLink sender = senders.get(i % 2);
            int expected = i + 1;
            sender.send(bytes("question " + i), here.localAddress());
            await(() -> {
                turn.run();
                return questions.size() == expected;
            });
            assertThat(questions.get(i).from()).isEqualTo(sender.localAddress());
            await(() -> answers.size() == expected);
            assertThat(answers.get(i).packet()).isEqualTo(bytes("question " + i));
            assertThat(answers.get(i).from()).isEqualTo(here.localAddress());
        }
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
            // A packet in transit keeps a network thread busy with the link while it is closed.
            link.send(bytes("x"), link.localAddress());
            link.close();
            network().openDatagram(link.localAddress(), DEAF).close();
        }
        assertThat(network().openLinks()).isZero();
    }

    @Test
    void POLL_1_receivers_are_called_inside_poll_on_its_thread_and_nowhere_else() throws Exception {
        DatagramPoller poller = network().openPoller();
        List<Boolean> inside = new CopyOnWriteArrayList<>();
        boolean[] polling = new boolean[1];
        Thread thread = Thread.currentThread();
        DatagramLink here =
                poller.open(anyPort(), (packet, from) -> inside.add(polling[0] && Thread.currentThread() == thread));
        DatagramLink there = peer().openDatagram(anyPeerPort(), DEAF);
        for (int i = 0; i < 3; i++) {
            there.send(bytes("packet"), here.localAddress());
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
    void POLL_2_poll_counts_and_lets_no_link_starve_another() throws Exception {
        DatagramPoller poller = network().openPoller();
        AtomicInteger flooded = new AtomicInteger();
        AtomicInteger quiet = new AtomicInteger();
        DatagramLink one = poller.open(anyPort(), (packet, from) -> flooded.incrementAndGet());
        DatagramLink other = poller.open(anyPort(), (packet, from) -> quiet.incrementAndGet());
        DatagramLink there = peer().openDatagram(anyPeerPort(), DEAF);
        assertThat(poller.poll()).isZero();
        for (int i = 0; i < 200; i++) {
            there.send(bytes("flood"), one.localAddress());
        }
        there.send(bytes("quiet"), other.localAddress());
        letArrive();
        int[] polls = new int[1];
        int[] counted = new int[1];

        await(() -> {
            int packets = poller.poll();
            polls[0] += packets > 0 ? 1 : 0;
            counted[0] += packets;
            return quiet.get() == 1;
        });

        // If all had arrived before, one poll suffices; on real sockets the last may arrive during
        // the second.
        assertThat(polls[0]).isLessThanOrEqualTo(isVirtual() ? 1 : 3);
        assertThat(flooded.get()).isLessThan(200);
        assertThat(counted[0]).isEqualTo(flooded.get() + quiet.get());
    }

    @Test
    void POLL_2_poll_never_waits() throws Exception {
        DatagramPoller poller = network().openPoller();
        AtomicInteger received = new AtomicInteger();
        DatagramLink here = poller.open(anyPort(), (packet, from) -> received.incrementAndGet());
        DatagramLink there = peer().openDatagram(anyPeerPort(), DEAF);
        long[] shortest = {Long.MAX_VALUE, Long.MAX_VALUE};
        for (int i = 1; i <= POLLS; i++) {
            int expected = i;
            there.send(bytes("packet"), here.localAddress());
            letArrive();
            await(() -> {
                long start = System.nanoTime();
                int had = poller.poll() > 0 ? 1 : 0;
                shortest[had] = Math.min(shortest[had], System.nanoTime() - start);
                return received.get() == expected;
            });
            long start = System.nanoTime();
            assertThat(poller.poll()).isZero();
            shortest[0] = Math.min(shortest[0], System.nanoTime() - start);
        }

        // In real time, whatever the network's clock. A stall of the machine does not affect every
        // poll.
        assertThat(Duration.ofNanos(shortest[0])).as("with nothing there").isLessThan(LONGEST_POLL);
        assertThat(Duration.ofNanos(shortest[1])).as("with a packet").isLessThan(LONGEST_POLL);
    }

    @Test
    void POLL_3_links_are_opened_from_any_thread_while_another_polls() throws Exception {
        DatagramPoller poller = network().openPoller();
        AtomicInteger received = new AtomicInteger();
        DatagramLink there = peer().openDatagram(anyPeerPort(), DEAF);
        List<DatagramLink> opened = new CopyOnWriteArrayList<>();
        var opener = new Thread(() -> {
            try {
                for (int i = 0; i < 20; i++) {
                    opened.add(poller.open(anyPort(), (packet, from) -> received.incrementAndGet()));
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

        there.send(bytes("packet"), opened.get(19).localAddress());

        await(() -> {
            poller.poll();
            return received.get() == 1;
        });
    }

    @Test
    void POLL_4_a_link_closed_in_its_callback_gets_nothing_more() throws Exception {
        DatagramPoller poller = network().openPoller();
        AtomicInteger received = new AtomicInteger();
        CompletableFuture<DatagramLink> here = new CompletableFuture<>();
        here.complete(poller.open(anyPort(), (packet, from) -> {
            received.incrementAndGet();
            here.join().close();
        }));
        AtomicInteger control = new AtomicInteger();
        DatagramLink open = poller.open(anyPort(), (packet, from) -> control.incrementAndGet());
        DatagramLink there = peer().openDatagram(anyPeerPort(), DEAF);
        for (int i = 0; i < 5; i++) {
            there.send(bytes("packet"), here.join().localAddress());
        }
        there.send(bytes("packet"), open.localAddress());
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

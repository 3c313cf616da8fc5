// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.net.StreamHandler;
import com.techpro.callclient.ports.net.StreamLink;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetSocketAddress;
import java.net.NoRouteToHostException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class SimulatedNetworkTest {
    private static final String ALICE = "192.0.2.1";
    private static final String BOB = "192.0.2.2";
    private static final Duration SOON = Duration.ofSeconds(1);

    private final VirtualTime time = VirtualTime.seeded(1);
    private final SimulatedNetwork network = new SimulatedNetwork(time, 1);

    @Test
    void a_datagram_takes_the_delay_of_its_direction() throws Exception {
        network.conditions(ALICE, BOB, LinkConditions.LAN.withDelay(Duration.ofMillis(40)));
        List<Duration> arrivals = new ArrayList<>();
        DatagramLink bob =
                network.host(BOB).openDatagram(at(BOB, 5060), (packet, from) -> arrivals.add(time.elapsed()));
        DatagramLink alice = network.host(ALICE).openDatagram(at(ALICE, 5060), (packet, from) -> {});

        alice.send(bytes("hello"), bob.localAddress());
        time.runUntilIdle(SOON);

        assertThat(arrivals).containsExactly(Duration.ofMillis(40));
    }

    @Test
    void loss_duplication_and_reordering_happen_about_as_often_as_asked() throws Exception {
        network.conditions(
                ALICE,
                BOB,
                LinkConditions.LAN.withLoss(0.1).withDuplicates(0.05).withReordering(0.02, Duration.ofMillis(25)));
        List<Integer> arrived = new ArrayList<>();
        network.host(BOB).openDatagram(at(BOB, 4000), (packet, from) -> arrived.add(packet.getInt()));
        DatagramLink alice = network.host(ALICE).openDatagram(at(ALICE, 0), (packet, from) -> {});

        for (int i = 0; i < 10_000; i++) {
            alice.send(ByteBuffer.allocate(4).putInt(0, i), at(BOB, 4000));
            time.advance(Duration.ofMillis(10));
        }
        time.runUntilIdle(SOON);

        long distinct = arrived.stream().distinct().count();
        assertThat(distinct).isBetween(8_800L, 9_200L);
        assertThat(arrived.size() - distinct).isBetween(350L, 550L);
        assertThat(arrived).isNotEqualTo(arrived.stream().sorted().toList());
    }

    @Test
    void a_limited_rate_delays_and_then_drops() throws Exception {
        network.conditions(ALICE, BOB, LinkConditions.PERFECT.withRate(80_000, Duration.ofMillis(100)));
        List<Duration> arrivals = new ArrayList<>();
        network.host(BOB).openDatagram(at(BOB, 4000), (packet, from) -> arrivals.add(time.elapsed()));
        DatagramLink alice = network.host(ALICE).openDatagram(at(ALICE, 0), (packet, from) -> {});

        for (int i = 0; i < 100; i++) {
            alice.send(ByteBuffer.allocate(100), at(BOB, 4000));
        }
        time.runUntilIdle(SOON);

        assertThat(arrivals).hasSize(11).startsWith(Duration.ofMillis(10), Duration.ofMillis(20));
    }

    @Test
    void a_partition_loses_datagrams_and_holds_streams_back() throws Exception {
        var server = new Recorder();
        network.host(BOB).listen(at(BOB, 5061), link -> server);
        var client = new Recorder();
        StreamLink stream = network.host(ALICE).connect(at(BOB, 5061), client);
        time.runUntil(() -> client.link != null, SOON);

        network.partition(ALICE, BOB);
        stream.write(bytes("through"));
        time.advance(Duration.ofSeconds(30));
        assertThat(server.text()).isEmpty();

        network.heal(ALICE, BOB);
        time.runUntil(() -> server.text().equals("through"), SOON);
    }

    @Test
    void a_large_write_arrives_in_pieces_and_complete_despite_loss() throws Exception {
        network.conditionsBetween(ALICE, BOB, LinkConditions.LAN.withLoss(0.3).withJitter(Duration.ofMillis(9)));
        var server = new Recorder();
        network.host(BOB).listen(at(BOB, 5061), link -> server);
        byte[] sent = new byte[200_000];
        Seeds.random(7).nextBytes(sent);

        StreamLink stream = network.host(ALICE).connect(at(BOB, 5061), new Recorder());
        stream.write(ByteBuffer.wrap(sent));
        stream.close();
        time.runUntilIdle(Duration.ofMinutes(5));

        assertThat(server.received.toByteArray()).isEqualTo(sent);
        assertThat(server.pieces).isGreaterThan(100);
        assertThat(server.closed).isEqualTo(1);
    }

    @Test
    void a_nat_shows_its_own_address_and_lets_only_those_spoken_to_in() throws Exception {
        SimulatedNat nat = network.nat("198.51.100.1");
        SimulatedHost home = network.hostBehind(nat, "10.0.0.5");
        List<InetSocketAddress> seen = new ArrayList<>();
        DatagramLink bob = network.host(BOB).openDatagram(at(BOB, 5060), (packet, from) -> seen.add(from));
        DatagramLink stranger = network.host(ALICE).openDatagram(at(ALICE, 5060), (packet, from) -> {});
        List<InetSocketAddress> atHome = new ArrayList<>();
        DatagramLink phone = home.openDatagram(at("10.0.0.5", 5060), (packet, from) -> atHome.add(from));

        phone.send(bytes("register"), bob.localAddress());
        time.advance(SOON);
        assertThat(seen).hasSize(1);
        assertThat(seen.get(0).getAddress()).isEqualTo(nat.publicAddress());
        bob.send(bytes("ok"), seen.get(0));
        stranger.send(bytes("spit"), seen.get(0));
        time.advance(SOON);
        assertThat(atHome).containsExactly(bob.localAddress());

        nat.rebind();
        bob.send(bytes("lost"), seen.get(0));
        phone.send(bytes("again"), bob.localAddress());
        time.advance(SOON);
        assertThat(atHome).hasSize(1);
        assertThat(seen.get(1)).isNotEqualTo(seen.get(0));
    }

    /**
     * Whether a NAT lets an outside host in, depending on whether its address, and its port, was
     * contacted from inside.
     */
    private boolean isLetIn(SimulatedNat.Kind kind, boolean toAddress, boolean toPort) throws Exception {
        SimulatedNetwork own = new SimulatedNetwork(time, 1);
        SimulatedNat nat = own.nat("198.51.100.1").kind(kind);
        List<InetSocketAddress> seen = new ArrayList<>();
        List<InetSocketAddress> heard = new ArrayList<>();
        try (DatagramLink server = own.host("203.0.113.9")
                        .openDatagram(at("203.0.113.9", 5060), (packet, from) -> seen.add(from));
                DatagramLink inside = own.hostBehind(nat, "10.0.0.5")
                        .openDatagram(at("10.0.0.5", 4000), (packet, from) -> heard.add(from));
                DatagramLink outside =
                        own.host("203.0.113.7").openDatagram(at("203.0.113.7", 7000), (packet, from) -> {})) {
            inside.send(ByteBuffer.wrap(new byte[1]), at("203.0.113.9", 5060));
            if (toAddress) {
                inside.send(ByteBuffer.wrap(new byte[1]), at("203.0.113.7", toPort ? 7000 : 7001));
            }
            time.advance(Duration.ofMillis(10));
            outside.send(ByteBuffer.wrap(new byte[1]), seen.get(0));
            time.advance(Duration.ofMillis(10));
        }
        return !heard.isEmpty();
    }

    @Test
    void each_kind_of_nat_admits_only_its_permitted_sources() throws Exception {
        for (SimulatedNat.Kind kind : SimulatedNat.Kind.values()) {
            assertThat(isLetIn(kind, false, false))
                    .as(kind + ", never spoken to")
                    .isEqualTo(kind == SimulatedNat.Kind.FULL_CONE);
            assertThat(isLetIn(kind, true, false))
                    .as(kind + ", another port spoken to")
                    .isEqualTo(kind.compareTo(SimulatedNat.Kind.ADDRESS_RESTRICTED) <= 0);
            assertThat(isLetIn(kind, true, true))
                    .as(kind + ", spoken to, by the port that somebody else was shown")
                    .isEqualTo(kind != SimulatedNat.Kind.SYMMETRIC);
        }
    }

    @Test
    void a_nat_does_not_turn_packets_round() throws Exception {
        SimulatedNat nat = network.nat("198.51.100.1").kind(SimulatedNat.Kind.FULL_CONE);
        List<InetSocketAddress> seen = new ArrayList<>();
        List<InetSocketAddress> heard = new ArrayList<>();
        try (DatagramLink server = network.host(BOB).openDatagram(at(BOB, 5060), (packet, from) -> seen.add(from));
                DatagramLink one = network.hostBehind(nat, "10.0.0.5")
                        .openDatagram(at("10.0.0.5", 4000), (packet, from) -> heard.add(from));
                DatagramLink other = network.hostBehind(nat, "10.0.0.6")
                        .openDatagram(at("10.0.0.6", 4000), (packet, from) -> heard.add(from))) {
            one.send(ByteBuffer.wrap(new byte[1]), at(BOB, 5060));
            time.advance(Duration.ofMillis(10));
            other.send(ByteBuffer.wrap(new byte[1]), seen.get(0));
            time.advance(Duration.ofMillis(10));
        }

        assertThat(heard).isEmpty();
    }

    @Test
    void a_rebound_nat_kills_the_streams_through_it() throws Exception {
        SimulatedNat nat = network.nat("198.51.100.1");
        var server = new Recorder();
        network.host(BOB).listen(at(BOB, 5061), link -> server);
        var client = new Recorder();
        StreamLink stream = network.hostBehind(nat, "10.0.0.5").connect(at(BOB, 5061), client);
        time.runUntil(() -> client.link != null, SOON);
        assertThat(server.link.remoteAddress().getAddress()).isEqualTo(nat.publicAddress());

        nat.rebind();
        stream.write(bytes("lost"));
        time.advance(SOON);

        assertThat(client.cause).isInstanceOf(IOException.class);
        assertThat(server.text()).isEmpty();
    }

    @Test
    void a_reset_ends_both_ends_with_a_cause() throws Exception {
        var server = new Recorder();
        network.host(BOB).listen(at(BOB, 5061), link -> server);
        var client = new Recorder();
        network.host(ALICE).connect(at(BOB, 5061), client);
        time.runUntil(() -> client.link != null && server.link != null, SOON);

        network.resetStreams(ALICE, BOB);
        time.advance(SOON);

        assertThat(client.cause).hasMessage("Connection reset");
        assertThat(server.cause).hasMessage("Connection reset");
        assertThat(network.openLinks()).isEqualTo(1);
    }

    @Test
    void an_idle_mapping_of_a_nat_is_forgotten_and_a_keep_alive_keeps_it() throws Exception {
        SimulatedNat nat = network.nat("198.51.100.1").mappingTimeout(Duration.ofSeconds(30));
        List<InetSocketAddress> seen = new ArrayList<>();
        DatagramLink bob = network.host(BOB).openDatagram(at(BOB, 5060), (packet, from) -> seen.add(from));
        List<Duration> atHome = new ArrayList<>();
        DatagramLink phone = network.hostBehind(nat, "10.0.0.5")
                .openDatagram(at("10.0.0.5", 5060), (packet, from) -> atHome.add(time.elapsed()));

        for (int i = 0; i < 3; i++) {
            phone.send(bytes("keep alive"), bob.localAddress());
            time.advance(Duration.ofSeconds(25));
        }
        bob.send(bytes("call"), seen.get(0));
        time.advance(Duration.ofSeconds(31));
        assertThat(atHome).hasSize(1);
        assertThat(seen.stream().distinct()).hasSize(1);
        assertThat(nat.mappings()).isZero();

        bob.send(bytes("call"), seen.get(0));
        time.advance(SOON);
        assertThat(atHome).hasSize(1);
    }

    @Test
    void a_host_that_is_not_there_is_no_route_and_an_unreachable_one_times_out() throws Exception {
        var nowhere = new Recorder();
        network.host(ALICE).connect(at("192.0.2.99", 5061), nowhere);
        network.host(BOB).listen(at(BOB, 5061), link -> new Recorder());
        network.partition(ALICE, BOB);
        var silent = new Recorder();
        network.host(ALICE).connect(at(BOB, 5061), silent);

        time.advance(Duration.ofSeconds(4));
        assertThat(nowhere.cause).isInstanceOf(NoRouteToHostException.class);
        assertThat(silent.closed).isZero();
        time.advance(Duration.ofSeconds(124));

        assertThat(silent.cause).isInstanceOf(ConnectException.class).hasMessageContaining("timed out");
        assertThat(network.host(ALICE).openLinks()).isZero();
    }

    @Test
    void hosts_of_both_families_speak_the_one_they_share() throws Exception {
        SimulatedHost both = network.host("192.0.2.7", "2001:db8::7");
        List<InetSocketAddress> seen = new ArrayList<>();
        network.host("2001:db8::8").openDatagram(at("2001:db8::8", 5060), (packet, from) -> seen.add(from));
        DatagramLink six = both.openDatagram(at("2001:db8::7", 5060), (packet, from) -> {});
        DatagramLink four = both.openDatagram(at("192.0.2.7", 5062), (packet, from) -> {});

        assertThat(six.send(bytes("six"), at("2001:db8::8", 5060))).isEqualTo(DatagramLink.SendStatus.SENT);
        assertThat(four.send(bytes("four"), at("2001:db8::8", 5060))).isEqualTo(DatagramLink.SendStatus.UNREACHABLE);
        time.advance(SOON);

        assertThat(seen).containsExactly(at("2001:db8::7", 5060));
        assertThat(both.localAddressFor(at("2001:db8::8", 5060))).isEqualTo(Addresses.of("2001:db8::7"));
    }

    @Test
    void other_traffic_does_not_change_which_packets_are_lost() throws Exception {
        assertThat(lostOf(network, time, 0)).isEqualTo(lostOf(anotherNetwork(), anotherTime, 500));
    }

    private final VirtualTime anotherTime = VirtualTime.seeded(1);

    private SimulatedNetwork anotherNetwork() {
        return new SimulatedNetwork(anotherTime, 1);
    }

    private static List<Integer> lostOf(SimulatedNetwork network, VirtualTime time, int noise) throws Exception {
        network.defaultConditions(LinkConditions.LAN.withLoss(0.3));
        List<Integer> arrived = new ArrayList<>();
        network.host(BOB).openDatagram(at(BOB, 4000), (packet, from) -> arrived.add(packet.getInt()));
        DatagramLink alice = network.host(ALICE).openDatagram(at(ALICE, 0), (packet, from) -> {});
        DatagramLink carol = network.host("192.0.2.3").openDatagram(at("192.0.2.3", 0), (packet, from) -> {});
        for (int i = 0; i < noise; i++) {
            carol.send(bytes("noise"), at(BOB, 4001));
        }
        for (int i = 0; i < 200; i++) {
            alice.send(ByteBuffer.allocate(4).putInt(0, i), at(BOB, 4000));
        }
        time.runUntilIdle(SOON);
        return arrived;
    }

    @Test
    void the_same_seed_gives_the_same_trace_byte_for_byte_and_another_seed_another() throws Exception {
        byte[] first = lossyRun(42);
        byte[] second = lossyRun(42);
        byte[] other = lossyRun(43);

        assertThat(first.length).isGreaterThan(100_000);
        assertThat(Arrays.equals(first, second)).isTrue();
        assertThat(Arrays.equals(first, other)).isFalse();
    }

    /**
     * Two hosts that answer each other's packets over a bad link, beside a stream that is reset.
     */
    private static byte[] lossyRun(long seed) throws Exception {
        VirtualTime time = VirtualTime.seeded(seed);
        try (var network = new SimulatedNetwork(time, seed)) {
            network.defaultConditions(LinkConditions.LAN
                    .withLoss(0.05)
                    .withDuplicates(0.02)
                    .withReordering(0.05, Duration.ofMillis(30))
                    .withJitter(Duration.ofMillis(15))
                    .withRate(200_000, Duration.ofMillis(80)));
            Random payloads = time.random("payloads");
            DatagramLink[] bob = new DatagramLink[1];
            bob[0] = network.host(BOB).openDatagram(at(BOB, 4000), (packet, from) -> bob[0].send(packet, from));
            DatagramLink alice = network.host(ALICE).openDatagram(at(ALICE, 0), (packet, from) -> {});
            network.host(BOB).listen(at(BOB, 5061), link -> new Recorder());
            StreamLink stream = network.host(ALICE).connect(at(BOB, 5061), new Recorder());
            for (int i = 0; i < 1_000; i++) {
                byte[] payload = new byte[60 + payloads.nextInt(200)];
                payloads.nextBytes(payload);
                alice.send(ByteBuffer.wrap(payload), at(BOB, 4000));
                if (i % 10 == 0) {
                    stream.write(ByteBuffer.wrap(payload));
                }
                if (i == 700) {
                    network.resetStreams(ALICE, BOB);
                }
                time.advance(Duration.ofMillis(20));
            }
            return network.trace().toBytes();
        }
    }

    private static InetSocketAddress at(String address, int port) {
        return new InetSocketAddress(Addresses.of(address), port);
    }

    private static ByteBuffer bytes(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static final class Recorder implements StreamHandler {
        final ByteArrayOutputStream received = new ByteArrayOutputStream();
        StreamLink link;
        IOException cause;
        int pieces;
        int closed;

        @Override
        public void connected(StreamLink opened) {
            link = opened;
        }

        @Override
        public void received(StreamLink from, ByteBuffer bytes) {
            byte[] copy = new byte[bytes.remaining()];
            bytes.get(copy);
            received.writeBytes(copy);
            pieces++;
        }

        @Override
        public void closed(StreamLink ended, @Nullable IOException why) {
            cause = why;
            closed++;
        }

        String text() {
            return received.toString(StandardCharsets.UTF_8);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.net.DatagramPoller;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ImpairedNetworkTest {
    private static final int PACKETS = 2000;
    private static final Duration JITTER = Duration.ofMillis(60);

    @Test
    void loses_its_share_out_and_in() throws IOException {
        List<Integer> arrived = exchange(new Impairment(10, Duration.ZERO), 5, false);

        // Given 10 % lost on the way out of the one side, nothing at the other
        assertThat(arrived.size()).isBetween(PACKETS * 86 / 100, PACKETS * 94 / 100);
        assertThat(arrived).isSorted();
    }

    @Test
    void packets_received_by_a_poller_are_dropped() throws IOException {
        assertThat(exchange(new Impairment(10, Duration.ZERO), 5, true).size())
                .isBetween(PACKETS * 77 / 100, PACKETS * 86 / 100);
    }

    @Test
    void jitter_lets_packets_overtake_each_other_but_loses_none() throws IOException {
        List<Integer> arrived = exchange(new Impairment(0, JITTER), 5, true);

        assertThat(arrived).hasSize(PACKETS).doesNotHaveDuplicates();
        assertThat(arrived).isNotEqualTo(arrived.stream().sorted().toList());
    }

    @Test
    void the_same_seed_has_the_same_fate() throws IOException {
        var impairment = new Impairment(5, JITTER);

        List<Integer> first = exchange(impairment, 42, true);

        assertThat(exchange(impairment, 42, true)).isEqualTo(first);
        assertThat(exchange(impairment, 43, true)).isNotEqualTo(first);
    }

    @Test
    void a_path_impaired_twice_loses_a_little_less_than_twice() {
        assertThat(new Impairment(10, Duration.ZERO).lossPercentAfter(2)).isBetween(18.99, 19.01);
        assertThat(Impairment.NONE.isNone()).isTrue();
        assertThatThrownBy(() -> new Impairment(Double.NaN, Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Impairment(101, Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new Impairment(0, Duration.ofMinutes(1))).isInstanceOf(IllegalArgumentException.class);
    }

    /** Sends numbered packets from an impaired socket to a poller, impaired or not; what arrives, in order. */
    private static List<Integer> exchange(Impairment impairment, long seed, boolean bothEnds) throws IOException {
        List<Integer> arrived = new ArrayList<>();
        try (VirtualTime time = VirtualTime.seeded(9)) {
            SimulatedNetwork world = new SimulatedNetwork(time, 9);
            var sending = impaired(world, time, "10.0.0.1", impairment, seed);
            var receiving = impaired(world, time, "10.0.0.2", bothEnds ? impairment : Impairment.NONE, seed + 1);
            DatagramPoller poller = receiving.openPoller();
            DatagramLink to =
                    poller.open(new InetSocketAddress("10.0.0.2", 0), (packet, from) -> arrived.add(packet.getInt()));
            DatagramLink link = sending.openDatagram(new InetSocketAddress("10.0.0.1", 0), (packet, from) -> {});
            for (int i = 0; i < PACKETS; i++) {
                link.send(ByteBuffer.allocate(4).putInt(i).flip(), to.localAddress());
                time.advance(Duration.ofMillis(5));
                poller.poll();
            }
            time.advance(Duration.ofSeconds(1));
            poller.poll();
            time.advance(Duration.ofSeconds(1));
            poller.poll();
            sending.close();
            receiving.close();
        }
        return arrived;
    }

    private static ImpairedNetwork impaired(
            SimulatedNetwork world, VirtualTime time, String host, Impairment impairment, long seed) {
        var loop = time.openLoop("impairment", (thread, failure) -> {
            throw new AssertionError(failure);
        });
        return new ImpairedNetwork(world.host(host), impairment, loop, seed);
    }
}

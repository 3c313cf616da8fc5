// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.net.StreamHandler;
import com.techpro.callclient.ports.net.StreamLink;
import com.techpro.callclient.ports.net.StreamListener;
import com.techpro.callclient.testkit.contracts.BrokenNetwork.Break;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What would ruin a phone turns the kits of the network red, though the other side of the kits works as it should. */
class NetworkKitsCatchTest {
    private static Break broken = Break.NOTHING;

    @ParameterizedTest
    @CsvSource({
        "POLLER_DELIVERS_NOTHING, POLL_1",
        "POLLER_COUNTS_NOTHING, POLL_2",
        "POLLER_WAITS_FOR_PACKETS, POLL_2",
        "POLLER_SLEEPS_WHEN_IT_DELIVERS, POLL_2",
        "POLLER_HANDS_OUT_ALL_OF_A_FLOOD, POLL_2",
        "POLLER_CUTS_PACKETS, DGL_2",
        "RECEIVED_PACKETS_ARE_CUT, DGL_2",
        "SENT_AFTER_CLOSE, DGL_3",
        "POLLED_SENT_AFTER_CLOSE, DGL_3"
    })
    void a_break_of_datagrams_is_caught(Break how, String clause) {
        assertCaught(how, clause, OfDatagrams.class);
    }

    @ParameterizedTest
    @CsvSource({"LISTENER_ENDS_WHAT_IT_ACCEPTED, LSN_1", "ACCEPTED_STREAMS_TAKE_AND_LOSE, STR_1"})
    void a_break_of_streams_is_caught(Break how, String clause) {
        assertCaught(how, clause, OfStreams.class);
    }

    @Test
    void a_network_that_works_keeps_all_clauses_at_the_same_place() {
        broken = Break.NOTHING;
        for (Class<?> kit : new Class<?>[] {OfTheNetwork.class, OfDatagrams.class, OfStreams.class}) {
            KitRun run = KitRun.of(kit);
            assertThat(run.failed()).as("%s", run).isEmpty();
            assertThat(run.passed()).hasSizeGreaterThan(9);
        }
    }

    private static void assertCaught(Break how, String clause, Class<?> kit) {
        broken = how;
        KitRun run = KitRun.of(kit);
        assertThat(run.failed()).as("%s", run).anyMatch(failed -> failed.startsWith(clause));
        // Not by the kit's own fault: the rest of it goes on working.
        assertThat(run.passed()).isNotEmpty();
    }

    private static final class Hosts implements NetworkUnderTest {
        private static final String HERE = "192.0.2.1";
        private static final String THERE = "192.0.2.2";

        private final VirtualTime time = VirtualTime.seeded(7);
        private final SimulatedNetwork simulation = new SimulatedNetwork(time, 7);

        @Override
        public Network newNetwork() {
            return new BrokenNetwork(simulation.host(HERE), broken);
        }

        @Override
        public Network newPeer() {
            return simulation.host(THERE);
        }

        @Override
        public InetAddress address() {
            return Addresses.of(HERE);
        }

        @Override
        public InetAddress peerAddress() {
            return Addresses.of(THERE);
        }

        @Override
        public void await(BooleanSupplier condition) {
            time.runUntil(condition, Duration.ofSeconds(10));
        }

        @Override
        public void letArrive() {
            time.advance(Duration.ofSeconds(1));
        }

        @Override
        public boolean isVirtual() {
            return true;
        }
    }

    static class OfTheNetwork extends NetworkContract {
        @Override
        protected NetworkUnderTest subject() {
            return new Hosts();
        }
    }

    static class OfDatagrams extends DatagramContract {
        @Override
        protected NetworkUnderTest subject() {
            return new Hosts();
        }
    }

    static class OfStreams extends StreamContract {
        private final Hosts hosts = new Hosts();

        @Override
        protected NetworkUnderTest subject() {
            return hosts;
        }

        @Override
        protected StreamLink connectToDeafPeer(Network network, StreamHandler handler) throws Exception {
            StreamListener listener =
                    peer().listen(new InetSocketAddress(peerAddress(), 0), link -> new StreamRecord());
            StreamLink stream = network.connect(listener.localAddress(), handler);
            hosts.letArrive();
            hosts.simulation.partition(Hosts.HERE, Hosts.THERE);
            return stream;
        }
    }
}

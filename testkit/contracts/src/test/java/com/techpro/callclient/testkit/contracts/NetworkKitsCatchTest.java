// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.net.StreamHandler;
import com.techpro.callclient.ports.net.StreamLink;
import com.techpro.callclient.testkit.contracts.BrokenNetwork.Break;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The network kits fail for faults that would ruin a phone, although the kits' peer works
 * correctly.
 */
@Tag("slow")
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
        "POLLED_SENT_AFTER_CLOSE, DGL_3",
        "POLLER_TELLS_ANOTHER_SENDER, DGL_4_a_polled",
        "POLLER_TELLS_THE_FIRST_SENDER, DGL_4_a_polled",
        "RECEIVES_500_PACKETS, DGL_2_a_link",
        "SENDS_500_PACKETS, DGL_2_a_link",
        "POLLER_RECEIVES_500_PACKETS, DGL_2_a_polled_link",
        "POLLER_SENDS_500_PACKETS, DGL_2_a_polled_link"
    })
    void a_break_of_datagrams_is_caught(Break how, String clause) {
        broken = how;
        KitRun.assertCaught(OfDatagrams.class, clause);
    }

    @ParameterizedTest
    @CsvSource({
        "LISTENER_ENDS_WHAT_IT_ACCEPTED, LSN_1",
        "ACCEPTED_STREAMS_TAKE_AND_LOSE, STR_1",
        "ONE_CLOSED_STREAM_CLOSES_ALL, STR_4_closing_a_stream_leaves",
        "SENDS_ZEROS_AFTER_A_MEBIBYTE, STR_1_mebibytes",
        "ACCEPTED_STREAMS_SEND_ZEROS_AFTER_A_MEBIBYTE, STR_1_an_accepted"
    })
    void a_break_of_streams_is_caught(Break how, String clause) {
        broken = how;
        KitRun.assertCaught(OfStreams.class, clause);
    }

    @Test
    void a_network_that_works_keeps_all_clauses_at_the_same_place() {
        broken = Break.NOTHING;
        for (Class<?> kit : new Class<?>[] {OfTheNetwork.class, OfDatagrams.class, OfStreams.class}) {
            KitRun.assertKept(kit, 9);
        }
    }

    private static TwoHosts hosts() {
        return new TwoHosts(7, host -> new BrokenNetwork(host, broken));
    }

    static class OfTheNetwork extends NetworkContract {
        @Override
        protected NetworkUnderTest subject() {
            return hosts();
        }
    }

    static class OfDatagrams extends DatagramContract {
        @Override
        protected NetworkUnderTest subject() {
            return hosts();
        }
    }

    static class OfStreams extends StreamContract {
        private final TwoHosts hosts = hosts();

        @Override
        protected NetworkUnderTest subject() {
            return hosts;
        }

        @Override
        protected StreamLink connectToDeafPeer(Network network, StreamHandler handler) throws Exception {
            return hosts.connectToDeafPeer(network, handler);
        }
    }
}

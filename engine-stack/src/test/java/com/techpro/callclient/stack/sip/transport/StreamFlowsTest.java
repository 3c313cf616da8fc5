// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.net.StreamHandler;
import com.techpro.callclient.ports.net.StreamLink;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.stack.sip.message.SipRequest;
import com.techpro.callclient.stack.sip.message.Via;
import com.techpro.callclient.testkit.contracts.SimulatedHost;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StreamFlowsTest {
    private final VirtualTime time = VirtualTime.seeded(2);
    private final SimulatedNetwork network = new SimulatedNetwork(time, 2);
    private final SimulatedHost serverHost = network.host("192.0.2.1");
    private final Peer phone = new Peer(time, network.host("192.0.2.10"), "phone");
    private final Peer server = new Peer(time, serverHost, "server").answering();
    private final InetSocketAddress served = server.listen(SipTransport.TCP, "192.0.2.1", 5060, null);

    private void pass(Duration duration) {
        time.advance(duration);
    }

    private Flow open() {
        Peer.Attempt attempt = phone.connect(SipTransport.TCP, served);
        pass(Duration.ofSeconds(1));
        assertThat(attempt.failure).isNull();
        return attempt.flow;
    }

    @AfterEach
    void everything_is_closed_without_a_trace() {
        phone.run(phone.layer::close);
        server.run(server.layer::close);
        pass(Duration.ofSeconds(60));
        assertThat(network.openLinks()).isZero();
        assertThat(time.pendingTimers()).isZero();
    }

    /** A raw TCP client of the server. */
    private static final class RawClient implements StreamHandler {
        final StringBuilder heard = new StringBuilder();
        boolean closed;

        @Override
        public void connected(StreamLink link) {}

        @Override
        public void received(StreamLink link, ByteBuffer bytes) {
            heard.append(StandardCharsets.UTF_8.decode(bytes));
        }

        @Override
        public void closed(StreamLink link, IOException cause) {
            closed = true;
        }
    }

    private RawClient raw(String... pieces) {
        RawClient client = new RawClient();
        StreamLink link = network.host("192.0.2.20").connect(served, client);
        for (String piece : pieces) {
            link.write(ByteBuffer.wrap(piece.getBytes(StandardCharsets.UTF_8)));
            pass(Duration.ofSeconds(1));
        }
        return client;
    }

    private static String optionsText() {
        Via via = new Via("TCP", "192.0.2.20", 5060, java.util.Map.of("branch", "z9hG4bK1"));
        return new String(Peer.options().via(via).build().encode(), StandardCharsets.UTF_8);
    }

    @Test
    void request_and_answer_share_the_connection() {
        Flow flow = open();

        phone.sendOptions(flow);
        pass(Duration.ofSeconds(1));

        assertThat(flow.isReliable()).isTrue();
        assertThat(server.arrivals.get(0).message().topVia().transport()).isEqualTo("TCP");
        assertThat(phone.arrivals).hasSize(1);
        assertThat(phone.counters().streams()).isEqualTo(1);
        assertThat(server.counters().streams()).isEqualTo(1);
    }

    @Test
    void the_server_sends_requests_back_over_the_same_connection() {
        Flow flow = open();
        phone.sendOptions(flow);
        pass(Duration.ofSeconds(1));
        phone.answering();

        server.sendOptions(server.arrivals.get(0).flow());
        pass(Duration.ofSeconds(1));

        assertThat(phone.arrivals.get(1).message()).isInstanceOf(SipRequest.class);
        assertThat(server.arrivals).hasSize(2);
        assertThat(server.counters().misdirected()).isZero();
    }

    @Test
    void an_open_connection_is_reused_under_the_same_key_only() {
        Hop hop = new Hop(SipTransport.TCP, served, "example.com");
        ConnectionKey mine = new ConnectionKey("mine", TlsTrust.PLATFORM);
        Peer.Attempt first = phone.connect(hop, mine);
        Peer.Attempt meanwhile = phone.connect(hop, mine);
        pass(Duration.ofSeconds(1));
        Peer.Attempt later = phone.connect(hop, mine);
        Peer.Attempt others = phone.connect(hop, new ConnectionKey("another", TlsTrust.PLATFORM));
        pass(Duration.ofSeconds(1));

        assertThat(meanwhile.flow).isSameAs(first.flow);
        assertThat(later.flow).isSameAs(first.flow);
        assertThat(others.flow).isNotSameAs(first.flow);
        assertThat(phone.counters().streams()).isEqualTo(2);
    }

    @Test
    void refused_is_unreachable() {
        Peer.Attempt attempt = phone.connect(SipTransport.TCP, new InetSocketAddress("192.0.2.1", 9));
        pass(Duration.ofSeconds(30));

        assertThat(attempt.failure).isEqualTo(new Failure.Unreachable());
        assertThat(attempt.answers).isEqualTo(1);
        assertThat(phone.closings).isEmpty();
    }

    @Test
    void silence_is_a_timed_out_connection_after_ten_seconds() {
        network.partition("192.0.2.10", "192.0.2.1");

        Peer.Attempt attempt = phone.connect(SipTransport.TCP, served);
        pass(Duration.ofMillis(9_900));
        assertThat(attempt.answers).isZero();
        pass(Duration.ofMillis(200));

        assertThat(attempt.failure).isEqualTo(new Failure.TimedOut(Failure.Waited.CONNECTION));
        network.heal("192.0.2.10", "192.0.2.1");
    }

    @Test
    void a_reset_is_reported_with_its_reason_and_the_next_attempt_connects_anew() {
        Flow flow = open();

        network.resetStreams("192.0.2.10", "192.0.2.1");
        pass(Duration.ofSeconds(1));

        assertThat(phone.closings).containsExactly(new Peer.Closing(flow, new Failure.Unreachable()));
        assertThat(flow.isOpen()).isFalse();
        assertThat(open()).isNotSameAs(flow);
    }

    @Test
    void an_orderly_end_by_the_server_has_no_reason() {
        Flow flow = open();
        phone.sendOptions(flow);
        pass(Duration.ofSeconds(1));

        server.run(() -> server.layer.close(server.arrivals.get(0).flow()));
        pass(Duration.ofSeconds(10));

        assertThat(phone.closings).containsExactly(new Peer.Closing(flow, null));
    }

    @Test
    void a_ping_is_answered_with_a_pong() {
        Flow flow = open();

        phone.run(() -> phone.layer.keepAlive(flow, true));
        pass(Duration.ofSeconds(20));

        assertThat(phone.pongs).isEqualTo(1);
        assertThat(flow.isOpen()).isTrue();
    }

    @Test
    void a_missing_pong_after_one_was_seen_ends_the_flow_within_ten_seconds() {
        Flow flow = open();
        phone.run(() -> phone.layer.keepAlive(flow));
        pass(Duration.ofSeconds(1));
        network.partition("192.0.2.10", "192.0.2.1");

        phone.run(() -> phone.layer.keepAlive(flow));
        pass(Duration.ofMillis(9_900));
        assertThat(flow.isOpen()).isTrue();
        pass(Duration.ofMillis(200));

        assertThat(phone.closings).containsExactly(new Peer.Closing(flow, new Failure.Unreachable()));
        network.heal("192.0.2.10", "192.0.2.1");
    }

    @Test
    void a_peer_that_never_answers_pings_is_not_ended_for_it_unless_it_must() throws IOException {
        serverHost.listen(new InetSocketAddress("192.0.2.1", 5999), link -> new RawClient());
        Peer.Attempt mute = phone.connect(SipTransport.TCP, new InetSocketAddress("192.0.2.1", 5999));
        pass(Duration.ofSeconds(1));

        phone.run(() -> phone.layer.keepAlive(mute.flow));
        pass(Duration.ofSeconds(30));
        assertThat(mute.flow.isOpen()).isTrue();
        phone.run(() -> phone.layer.keepAlive(mute.flow, true));
        pass(Duration.ofSeconds(11));

        assertThat(mute.flow.isOpen()).isFalse();
        serverHost.close();
        serverHost.reopen();
    }

    @Test
    void a_message_in_pieces_and_several_in_one_piece_are_all_heard() {
        String options = optionsText();

        RawClient client = raw(options.substring(0, 7), options.substring(7, 100), options.substring(100) + options);

        assertThat(server.arrivals).hasSize(2);
        assertThat(client.heard.toString().split("SIP/2.0 200 OK", -1)).hasSize(3);
        assertThat(client.closed).isFalse();
    }

    /** A request of a dialog is not queued: it is heard while the rest of its bytes waits. */
    private static String inDialog() {
        return optionsText().replace("To: <sip:example.com>", "To: <sip:example.com>;tag=t");
    }

    @Test
    void a_message_that_closes_its_connection_is_the_last() {
        server.onRequest = (request, flow) -> server.layer.close(flow);

        RawClient client = raw(inDialog() + inDialog() + "\r\n\r\n" + optionsText());

        assertThat(server.arrivals).hasSize(1);
        assertThat(client.heard.toString()).isEmpty();
        assertThat(client.closed).isTrue();
    }

    @Test
    void a_message_at_which_the_layer_above_throws_does_not_take_the_next_ones_with_it() {
        server.onRequest = (request, flow) -> {
            if (server.arrivals.size() == 1) {
                throw new IllegalStateException("above");
            }
        };

        assertThatThrownBy(() -> raw(inDialog() + inDialog() + inDialog())).hasMessage("above");
        pass(Duration.ofSeconds(1));

        assertThat(server.arrivals).hasSize(3);
    }

    @Test
    void a_message_that_is_dribbled_byte_by_byte_ends_its_connection_after_thirty_seconds() {
        String[] bytes = optionsText().split("(?<=.)");

        RawClient client = raw(Arrays.copyOf(bytes, 29));
        assertThat(client.closed).isFalse();
        pass(Duration.ofSeconds(2));

        assertThat(client.closed).isTrue();
        assertThat(server.arrivals).isEmpty();
        assertThat(server.counters().unfinished()).isEqualTo(1);
        assertThat(server.closings.get(0).why()).isEqualTo(new Failure.ProtocolViolation("unfinished message"));
    }

    @Test
    void the_time_for_a_message_starts_anew_with_each() {
        String options = optionsText();
        String half = options.substring(0, 100);
        String otherHalf = options.substring(100);
        String[] pieces = new String[40];
        for (int i = 0; i < pieces.length; i++) {
            pieces[i] = i == 0 ? half : otherHalf + half;
        }

        RawClient client = raw(pieces);

        assertThat(client.closed).isFalse();
        assertThat(server.arrivals).hasSize(39);
        pass(Duration.ofSeconds(40));
        assertThat(client.closed).isTrue();
    }

    @Test
    void a_malformed_message_is_answered_and_the_connection_goes_on() {
        String options = optionsText();

        RawClient client = raw(options.replace("CSeq: 1", "CSeq: x"), options);

        assertThat(client.heard.toString()).startsWith("SIP/2.0 400 ").contains("SIP/2.0 200 ");
        assertThat(client.closed).isFalse();
    }

    @Test
    void section_3_3_9_of_RFC_4475_two_lengths_are_answered_400_and_end_the_connection() {
        RawClient client = raw(optionsText().replace("Content-Length: 0", "Content-Length: 0\r\nContent-Length: 5"));

        assertThat(client.heard.toString()).startsWith("SIP/2.0 400 ");
        assertThat(client.closed).isTrue();
        assertThat(server.arrivals).isEmpty();
        assertThat(server.closings.get(0).why()).isInstanceOf(Failure.ProtocolViolation.class);
    }

    @Test
    void a_length_of_two_billion_or_none_or_noise_ends_the_connection() {
        assertThat(raw(optionsText().replace("Content-Length: 0", "Content-Length: 2000000000")).closed)
                .isTrue();
        assertThat(raw(optionsText().replace("Content-Length: 0", "X: y")).closed)
                .isTrue();
        assertThat(raw("GET / HTTP/1.1\r\nContent-Length: 0\r\n\r\n").closed).isTrue();
        assertThat(raw("X".repeat(70_000)).closed).isTrue();
        assertThat(server.arrivals).isEmpty();
    }

    @Test
    void too_many_incoming_connections_are_refused() {
        Peer small = new Peer(
                time,
                network.host("192.0.2.3"),
                "small",
                new TransportLimits(
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(30),
                        1,
                        100));
        InetSocketAddress at = small.listen(SipTransport.TCP, "192.0.2.3", 5060, null);
        Peer.Attempt first = phone.connect(SipTransport.TCP, at);
        pass(Duration.ofSeconds(1));
        Peer.Attempt second =
                phone.connect(new Hop(SipTransport.TCP, at, "x"), new ConnectionKey("two", TlsTrust.PLATFORM));
        pass(Duration.ofSeconds(10));

        assertThat(first.flow.isOpen()).isTrue();
        assertThat(second.flow == null || !second.flow.isOpen()).isTrue();
        assertThat(small.counters().streams()).isEqualTo(1);
        small.run(small.layer::close);
    }

    @Test
    void after_closing_the_layer_flows_are_reported_and_nothing_connects() {
        Flow flow = open();

        phone.run(phone.layer::close);
        Peer.Attempt late = phone.connect(SipTransport.TCP, served);
        pass(Duration.ofSeconds(1));

        assertThat(phone.closings).containsExactly(new Peer.Closing(flow, null));
        assertThat(late.failure).isEqualTo(new Failure.Unreachable());
    }
}

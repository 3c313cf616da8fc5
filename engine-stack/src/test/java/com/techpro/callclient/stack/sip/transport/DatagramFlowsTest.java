// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.ports.net.DatagramLink;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.stack.sip.message.Rejection;
import com.techpro.callclient.stack.sip.message.SipResponse;
import com.techpro.callclient.stack.sip.message.Via;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DatagramFlowsTest {
    private final VirtualTime time = VirtualTime.seeded(1);
    private final SimulatedNetwork network = new SimulatedNetwork(time, 1);
    private final Peer phone = new Peer(time, network.host("192.0.2.10", "2001:db8::10"), "phone");
    private final Peer server = new Peer(time, network.host("192.0.2.1", "2001:db8::1"), "server").answering();

    private void pass(Duration duration) {
        time.advance(duration);
    }

    private Flow open(String address) {
        InetSocketAddress served = server.listen(SipTransport.UDP, address, 5060, null);
        Peer.Attempt attempt = phone.connect(SipTransport.UDP, served);
        assertThat(attempt.failure).isNull();
        return attempt.flow;
    }

    @AfterEach
    void everything_is_closed_without_a_trace() {
        phone.run(phone.layer::close);
        server.run(server.layer::close);
        pass(Duration.ofSeconds(30));
        assertThat(network.openLinks()).isZero();
        assertThat(time.pendingTimers()).isZero();
    }

    @Test
    void a_request_arrives_with_where_it_came_from_and_its_answer_comes_back() {
        Flow flow = open("192.0.2.1");

        phone.sendOptions(flow);
        pass(Duration.ofSeconds(1));

        Via seen = server.arrivals.get(0).message().topVia();
        assertThat(seen.host()).isEqualTo("192.0.2.10");
        assertThat(seen.received()).isEqualTo("192.0.2.10");
        assertThat(seen.rport()).isEqualTo(flow.local().getPort());
        assertThat(phone.arrivals).hasSize(1);
        assertThat(phone.arrivals.get(0).flow()).isSameAs(flow);
        assertThat(((SipResponse) phone.arrivals.get(0).message()).status()).isEqualTo(200);
    }

    @Test
    void IPv6_works_the_same_with_brackets_in_the_Via() {
        Flow flow = open("2001:db8::1");

        phone.sendOptions(flow);
        pass(Duration.ofSeconds(1));

        assertThat(phone.layer.prepareVia(flow, "z9hG4bKb").encode())
                .startsWith("SIP/2.0/UDP [2001:db8:0:0:0:0:0:10]:");
        assertThat(flow.localUri("a").encode())
                .isEqualTo("sip:a@[2001:db8:0:0:0:0:0:10]:" + flow.local().getPort());
        assertThat(server.arrivals.get(0).message().topVia().received()).isEqualTo("2001:db8:0:0:0:0:0:10");
        assertThat(phone.arrivals).hasSize(1);
    }

    @Test
    void one_socket_serves_every_flow_of_a_local_address() {
        InetSocketAddress first = server.listen(SipTransport.UDP, "192.0.2.1", 5060, null);

        Peer.Attempt one = phone.connect(SipTransport.UDP, first);
        Peer.Attempt same = phone.connect(SipTransport.UDP, first);
        Peer.Attempt other = phone.connect(SipTransport.UDP, new InetSocketAddress("192.0.2.1", 5070));

        assertThat(same.flow).isSameAs(one.flow);
        assertThat(other.flow).isNotSameAs(one.flow);
        assertThat(other.flow.local()).isEqualTo(one.flow.local());
        assertThat(phone.counters().datagramSockets()).isEqualTo(1);
    }

    @Test
    void a_response_to_a_request_without_rport_goes_to_the_port_its_Via_names() throws IOException {
        server.listen(SipTransport.UDP, "192.0.2.1", 5060, null);
        List<String> answers = new ArrayList<>();
        var host = network.host("192.0.2.99");
        DatagramLink named = host.openDatagram(
                new InetSocketAddress("192.0.2.99", 5062),
                (packet, from) ->
                        answers.add(StandardCharsets.UTF_8.decode(packet).toString()));
        DatagramLink source =
                host.openDatagram(new InetSocketAddress("192.0.2.99", 0), (packet, from) -> answers.add("wrong"));
        Via via = new Via("UDP", "phone.example.com", 5062, java.util.Map.of("branch", "z9hG4bK1"));

        source.send(
                ByteBuffer.wrap(Peer.options().via(via).build().encode()), new InetSocketAddress("192.0.2.1", 5060));
        pass(Duration.ofSeconds(1));

        assertThat(answers).hasSize(1);
        assertThat(answers.get(0))
                .startsWith("SIP/2.0 200")
                .contains(";received=192.0.2.99")
                .doesNotContain("rport");
        named.close();
        source.close();
    }

    @Test
    void a_received_parameter_that_the_sender_made_up_is_replaced() {
        Flow flow = open("192.0.2.1");
        Via via = phone.layer.prepareVia(flow, "z9hG4bKb").withParam("received", "198.51.100.1");

        phone.run(() -> phone.layer.send(Peer.options().via(via).build(), flow));
        pass(Duration.ofSeconds(1));

        assertThat(server.arrivals.get(0).message().topVia().received()).isEqualTo("192.0.2.10");
    }

    @Test
    void a_response_with_a_foreign_or_additional_Via_is_dropped_and_counted() {
        Flow flow = open("192.0.2.1");
        phone.sendOptions(flow);
        pass(Duration.ofSeconds(1));
        Flow back = server.arrivals.get(0).flow();
        SipResponse good = (SipResponse) phone.arrivals.get(0).message();
        Via ours = good.topVia();
        Via foreignPort = new Via("UDP", ours.host(), 9, ours.params());
        Via foreignHost = new Via("UDP", "192.0.2.200", ours.port(), ours.params());

        server.run(() -> {
            server.layer.send(
                    good.toBuilder()
                            .replaceTopVia(foreignPort.withParam("rport", "" + ours.port()))
                            .build(),
                    back);
            server.layer.send(good.toBuilder().replaceTopVia(foreignHost).build(), back);
            server.layer.send(good.toBuilder().via(ours).build(), back);
        });
        pass(Duration.ofSeconds(1));

        assertThat(phone.arrivals).hasSize(1);
        assertThat(phone.counters().misdirected()).isEqualTo(3);
    }

    @Test
    void a_malformed_request_is_answered_400_and_counted() throws IOException {
        server.listen(SipTransport.UDP, "192.0.2.1", 5060, null);
        List<String> answers = new ArrayList<>();
        DatagramLink source = network.host("192.0.2.99")
                .openDatagram(
                        new InetSocketAddress("192.0.2.99", 5060),
                        (packet, from) -> answers.add(
                                StandardCharsets.UTF_8.decode(packet).toString()));
        String bad = new String(
                        Peer.options()
                                .via(new Via(
                                        "UDP", "192.0.2.99", 5060, java.util.Map.of("branch", "z9hG4bK1", "rport", "")))
                                .build()
                                .encode(),
                        StandardCharsets.UTF_8)
                .replace("CSeq: 1 ", "CSeq: x ");

        source.send(ByteBuffer.wrap(bad.getBytes(StandardCharsets.UTF_8)), new InetSocketAddress("192.0.2.1", 5060));
        source.send(
                ByteBuffer.wrap("garbage".getBytes(StandardCharsets.UTF_8)), new InetSocketAddress("192.0.2.1", 5060));
        pass(Duration.ofSeconds(1));

        assertThat(answers).hasSize(1);
        assertThat(answers.get(0))
                .startsWith("SIP/2.0 400")
                .contains(";rport=5060")
                .contains(";received=192.0.2.99");
        assertThat(server.arrivals).isEmpty();
        assertThat(server.counters().rejected())
                .containsEntry(Rejection.MALFORMED_HEADER, 1L)
                .containsEntry(Rejection.NOT_SIP, 1L);
        source.close();
    }

    @Test
    void a_flood_of_malformed_requests_is_not_reflected_to_a_forged_source() throws IOException {
        server.listen(SipTransport.UDP, "192.0.2.1", 5060, null);
        List<String> heard = new ArrayList<>();
        DatagramLink victim = network.host("192.0.2.99")
                .openDatagram(new InetSocketAddress("192.0.2.99", 5060), (packet, from) -> heard.add("victim"));
        DatagramLink another = network.host("192.0.2.98")
                .openDatagram(new InetSocketAddress("192.0.2.98", 5060), (packet, from) -> heard.add("another"));

        for (int i = 0; i < 100; i++) {
            malformed(victim);
        }
        malformed(another);
        pass(Duration.ofMillis(500));
        assertThat(heard)
                .containsOnlyOnce("another")
                .filteredOn("victim"::equals)
                .hasSize(5);
        assertThat(server.counters().withheld()).isEqualTo(95);

        // A well-meaning sender with a fault is answered again after a while.
        pass(Duration.ofSeconds(10));
        heard.clear();
        malformed(victim);
        pass(Duration.ofSeconds(1));
        assertThat(heard).containsExactly("victim");
        victim.close();
        another.close();
    }

    private static void malformed(DatagramLink from) {
        Via via = new Via("UDP", "192.0.2.1", 5060, java.util.Map.of("branch", "z9hG4bK1", "rport", ""));
        String bad = new String(Peer.options().via(via).build().encode(), StandardCharsets.UTF_8)
                .replace("CSeq: 1 ", "CSeq: x ");
        from.send(ByteBuffer.wrap(bad.getBytes(StandardCharsets.UTF_8)), new InetSocketAddress("192.0.2.1", 5060));
    }

    @Test
    void an_oversized_datagram_is_reported_and_the_flow_stays_open() {
        Flow flow = open("192.0.2.1");

        phone.run(() -> phone.layer.send(
                Peer.options()
                        .via(phone.layer.prepareVia(flow, "z9hG4bK1"))
                        .body("application/octet-stream", new byte[66_000])
                        .build(),
                flow));
        assertThat(phone.unsent).hasSize(1);
        phone.sendOptions(flow);
        pass(Duration.ofSeconds(1));

        assertThat(phone.closings).isEmpty();
        assertThat(phone.arrivals).hasSize(1);
    }

    @Test
    void keep_alives_are_sent_and_are_not_messages() {
        Flow flow = open("192.0.2.1");

        phone.run(() -> phone.layer.keepAlive(flow));
        pass(Duration.ofSeconds(20));

        assertThat(server.counters().rejected()).isEmpty();
        assertThat(flow.isOpen()).isTrue();
        assertThat(network.trace().toString()).isNotEmpty();
    }

    @Test
    void a_closed_flow_is_reported_once_and_sends_nothing_more() {
        Flow flow = open("192.0.2.1");

        phone.run(() -> {
            phone.layer.close(flow);
            phone.layer.close(flow);
        });
        phone.sendOptions(flow);
        pass(Duration.ofSeconds(1));

        assertThat(phone.closings).containsExactly(new Peer.Closing(flow, null));
        assertThat(server.arrivals).isEmpty();
        assertThat(phone.connect(SipTransport.UDP, flow.remote()).flow).isNotSameAs(flow);
    }

    @Test
    void without_a_route_connecting_fails() {
        Peer lonely = new Peer(time, network.host("192.0.2.50"), "lonely");

        Peer.Attempt attempt = lonely.connect(SipTransport.UDP, new InetSocketAddress("2001:db8::1", 5060));

        assertThat(attempt.failure).isEqualTo(new Failure.Unreachable());
    }

    @Test
    void datagrams_beyond_the_queue_limit_are_dropped_and_counted() {
        var host = network.host("192.0.2.77");
        Peer slow = new Peer(
                time,
                host,
                "slow",
                new TransportLimits(
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(1),
                        10,
                        0));
        InetSocketAddress at = slow.listen(SipTransport.UDP, "192.0.2.77", 5060, null);
        Flow flow = phone.connect(SipTransport.UDP, at).flow;

        phone.sendOptions(flow);
        pass(Duration.ofSeconds(1));

        assertThat(slow.arrivals).isEmpty();
        assertThat(slow.counters().overflow()).isEqualTo(1);
        slow.run(slow.layer::close);
    }

    @Test
    void above_1300_bytes_a_request_exceeds_the_datagram_limit() {
        assertThat(TransportLayer.exceedsDatagramLimit(1_300)).isFalse();
        assertThat(TransportLayer.exceedsDatagramLimit(1_301)).isTrue();
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.failure.Failure.TlsProblem;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.stack.sip.message.Rejection;
import com.techpro.callclient.stack.sip.message.Via;
import com.techpro.callclient.testkit.contracts.RandomDraws;
import com.techpro.callclient.testkit.contracts.SimulatedHost;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import com.techpro.callclient.testkit.helpers.Certificates;
import com.techpro.callclient.testkit.helpers.Certificates.Identity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** SIP over WebSockets, between two transport layers and against a peer of bytes alone. */
class WebSocketFlowsTest {
    private static final Identity CA = Certificates.authority("Test Authority");
    private static final Identity GOOD =
            Certificates.named("pbx").dns("pbx.example.com").issuedBy(CA);
    private static final String OPENING = """
        GET /sip HTTP/1.1
        Host: 192.0.2.1
        Upgrade: websocket
        Connection: Upgrade
        Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Protocol: sip

        """;

    private final VirtualTime time = VirtualTime.seeded(4);
    private final SimulatedNetwork network = new SimulatedNetwork(time, 4);
    private final SimulatedHost serverHost = network.host("192.0.2.1");
    private final SimulatedHost rawHost = network.host("192.0.2.30");
    private final Peer phone = new Peer(time, network.host("192.0.2.10"), "phone");
    private final Peer server = new Peer(time, serverHost, "server").answering();

    private void pass(Duration duration) {
        time.advance(duration);
    }

    @AfterEach
    void everything_is_closed_without_a_trace() {
        phone.run(phone.layer::close);
        server.run(server.layer::close);
        rawHost.close();
        pass(Duration.ofSeconds(60));
        assertThat(network.openLinks()).isZero();
        assertThat(time.pendingTimers()).isZero();
    }

    private Flow open(SipTransport transport) {
        InetSocketAddress at =
                server.listen(transport, "192.0.2.1", 8443, transport == SipTransport.WSS ? GOOD.context() : null);
        Peer.Attempt attempt = phone.connect(
                new Hop(transport, at, "pbx.example.com"),
                new ConnectionKey("a", TlsTrust.anchoredAt(CA.certificate()), "/ws?tenant=1"));
        pass(Duration.ofSeconds(2));
        assertThat(attempt.failure).isNull();
        return attempt.flow;
    }

    private Peer.Attempt connect(RawWebSocketPeer peer) {
        InetSocketAddress at = new InetSocketAddress("192.0.2.30", 80);
        try {
            rawHost.listen(at, link -> peer);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Peer.Attempt attempt = phone.connect(
                new Hop(SipTransport.WS, at, "pbx.example.com"),
                new ConnectionKey("a", TlsTrust.PLATFORM, "/ws?tenant=1"));
        pass(Duration.ofSeconds(2));
        return attempt;
    }

    /** A client of the server's. */
    private RawWebSocketPeer rawClient() {
        InetSocketAddress at = server.listen(SipTransport.WS, "192.0.2.1", 8080, null);
        RawWebSocketPeer client = new RawWebSocketPeer(null);
        rawHost.connect(at, client);
        pass(Duration.ofSeconds(1));
        client.send(OPENING.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
        pass(Duration.ofSeconds(1));
        return client;
    }

    /** RFC 7118 §5.2.1: nobody can name somebody else's connection. */
    @Test
    void the_name_of_each_connection_is_random() {
        InetSocketAddress at = server.listen(SipTransport.WS, "192.0.2.1", 8080, null);
        AtomicInteger accounts = new AtomicInteger();
        RandomDraws.assertRandomText(15, () -> {
            Peer.Attempt attempt = phone.connect(
                    new Hop(SipTransport.WS, at, "pbx.example.com"),
                    new ConnectionKey("a" + accounts.incrementAndGet(), TlsTrust.PLATFORM, "/ws"));
            pass(Duration.ofSeconds(1));
            return attempt.flow.localUri("alice").host().substring(0, 12);
        });
    }

    @ParameterizedTest
    @CsvSource({"WS", "WSS"})
    void request_and_answer_share_the_WebSocket(SipTransport transport) {
        Flow flow = open(transport);

        phone.sendOptions(flow);
        pass(Duration.ofSeconds(1));

        Via via = server.arrivals.get(0).message().topVia();
        assertThat(via.transport()).isEqualTo(transport.name());
        assertThat(via.host()).matches("[0-9a-z]{12}\\.invalid");
        assertThat(via.port()).isZero();
        assertThat(phone.arrivals).hasSize(1);
        assertThat(flow.isReliable()).isTrue();
        assertThat(flow.localUri("alice").encode()).isEqualTo("sip:alice@" + via.host() + ";transport=ws");
        assertThat(network.trace().toString().contains("OPTIONS")).isFalse();
    }

    @Test
    void each_connection_has_a_name_of_its_own() {
        Flow first = open(SipTransport.WS);
        phone.run(() -> phone.layer.close(first));
        pass(Duration.ofSeconds(1));
        Peer.Attempt again = phone.connect(
                new Hop(SipTransport.WS, first.remote(), "pbx.example.com"), new ConnectionKey("a", TlsTrust.PLATFORM));
        pass(Duration.ofSeconds(1));

        assertThat(again.flow.sentByHost()).isNotEqualTo(first.sentByHost());
    }

    @Test
    void an_answer_with_another_name_is_not_ours() {
        RawWebSocketPeer peer = RawWebSocketPeer.server();
        Peer.Attempt attempt = connect(peer);
        Via own = phone.ask(() -> phone.layer.prepareVia(attempt.flow, "z9hG4bK1"));
        String answer = "SIP/2.0 200 OK\r\nVia: " + own.encode()
                + "\r\nFrom: <sip:a@b>;tag=1\r\nTo: <sip:a@b>;tag=2\r\nCall-ID: 1\r\nCSeq: 1 OPTIONS\r\n\r\n";

        peer.sendText(answer);
        peer.sendText(answer.replace(own.host(), "abcdefabcdef.invalid"));
        pass(Duration.ofSeconds(1));

        assertThat(phone.arrivals).hasSize(1);
        assertThat(phone.counters().misdirected()).isEqualTo(1);
    }

    @Test
    void the_server_is_verified_as_over_TLS() {
        InetSocketAddress at = server.listen(SipTransport.WSS, "192.0.2.1", 443, GOOD.context());

        Peer.Attempt attempt = phone.connect(
                new Hop(SipTransport.WSS, at, "other.example.com"),
                new ConnectionKey("a", TlsTrust.anchoredAt(CA.certificate())));
        pass(Duration.ofSeconds(2));

        assertThat(attempt.failure).isEqualTo(new Failure.TlsFailed(TlsProblem.HOST_NAME));
        assertThat(server.counters().streams()).isZero();
    }

    @Test
    void the_opening_names_host_and_path_and_no_origin() {
        RawWebSocketPeer peer = RawWebSocketPeer.server();

        assertThat(connect(peer).flow).isNotNull();

        assertThat(peer.text())
                .startsWith("GET /ws?tenant=1 HTTP/1.1\r\nHost: pbx.example.com\r\n")
                .contains("Sec-WebSocket-Protocol: sip\r\n")
                .doesNotContain("Origin")
                .doesNotContain("Sec-WebSocket-Extensions");
    }

    @Test
    void frames_of_a_client_are_masked_each_with_a_key_of_its_own() {
        RawWebSocketPeer peer = RawWebSocketPeer.server();
        Flow flow = connect(peer).flow;

        phone.run(() -> phone.layer.keepAlive(flow));
        phone.run(() -> phone.layer.keepAlive(flow));
        phone.sendOptions(flow);
        pass(Duration.ofSeconds(1));

        String frames = peer.frames();
        assertThat(frames).startsWith("8980").doesNotContain("4f5054494f4e53");
        assertThat(frames.substring(12, 16)).isEqualTo("8980");
        assertThat(frames.substring(4, 12)).isNotEqualTo(frames.substring(16, 24));
        assertThat(frames.substring(24, 28)).isEqualTo("81fe");
        pass(Duration.ofSeconds(20));
    }

    @Test
    void a_server_that_answers_no_ping_is_gone() {
        RawWebSocketPeer peer = RawWebSocketPeer.server();
        Flow flow = connect(peer).flow;

        phone.run(() -> phone.layer.keepAlive(flow));
        pass(Duration.ofSeconds(9));
        assertThat(flow.isOpen()).isTrue();
        pass(Duration.ofSeconds(2));

        assertThat(phone.closings).containsExactly(new Peer.Closing(flow, new Failure.Unreachable()));
        assertThat(peer.closed).isTrue();
    }

    @Test
    void a_ping_is_answered_by_the_peer_and_the_flow_stays() {
        Flow flow = open(SipTransport.WSS);

        phone.run(() -> phone.layer.keepAlive(flow));
        pass(Duration.ofSeconds(20));

        assertThat(phone.pongs).isEqualTo(1);
        assertThat(flow.isOpen()).isTrue();
    }

    @Test
    void only_the_last_of_several_pings_is_answered_with_its_payload() {
        RawWebSocketPeer client = rawClient();
        String pings = "8981000000 0061".repeat(200).replace(" ", "");

        client.send(pings + "8982000000006263");
        pass(Duration.ofSeconds(1));

        assertThat(client.frames()).isEqualTo("8a026263");
    }

    @ParameterizedTest
    @CsvSource({
        "unmasked,        810548656c6c6f, 1002",
        "reserved bit,    c180 00000000, 1002",
        "unknown opcode,  8380 00000000, 1002",
        "too big,         82ff 0000000000010000 00000000, 1009",
        "not UTF-8,       8182 00000000 c328, 1007"
    })
    void a_forbidden_frame_closes_the_flow_with_its_code_and_is_counted(String what, String frame, int code) {
        RawWebSocketPeer client = rawClient();

        client.send(frame);
        pass(Duration.ofSeconds(1));

        assertThat(client.frames()).as(what).isEqualTo("8802" + String.format("%04x", code));
        assertThat(client.closed).isTrue();
        assertThat(server.counters().forbiddenFrames()).isEqualTo(1);
        assertThat(server.counters().streams()).isZero();
        assertThat(server.closings.get(0).why()).isEqualTo(new Failure.ProtocolViolation("websocket frame"));
    }

    @Test
    void a_masked_frame_from_a_server_closes_the_flow() {
        RawWebSocketPeer peer = RawWebSocketPeer.server();
        Flow flow = connect(peer).flow;

        peer.send("818537fa213d7f9f4d5158");
        pass(Duration.ofSeconds(1));

        assertThat(flow.isOpen()).isFalse();
        assertThat(phone.counters().forbiddenFrames()).isEqualTo(1);
    }

    @Test
    void text_that_is_not_SIP_is_dropped_and_counted_and_the_flow_stays() {
        RawWebSocketPeer peer = RawWebSocketPeer.server();
        Flow flow = connect(peer).flow;

        peer.sendText("\u00a1Hola! ".repeat(20));
        pass(Duration.ofSeconds(1));

        assertThat(flow.isOpen()).isTrue();
        assertThat(phone.counters().rejected().get(Rejection.NOT_SIP)).isEqualTo(1);
    }

    @Test
    void a_message_without_content_length_ends_with_its_frame() {
        RawWebSocketPeer peer = RawWebSocketPeer.server();
        connect(peer);

        peer.sendText("MESSAGE sip:a@b SIP/2.0\r\nVia: SIP/2.0/WS 192.0.2.30;branch=z9hG4bK1\r\nMax-Forwards: 70\r\n"
                + "From: <sip:a@b>;tag=1\r\nTo: <sip:a@b>\r\nCall-ID: 1\r\nCSeq: 1 MESSAGE\r\n"
                + "Content-Type: text/plain\r\n\r\nhello");
        pass(Duration.ofSeconds(1));

        assertThat(phone.arrivals.get(0).message().body()).hasSize(5);
    }

    @Test
    void a_browsers_line_breaks_are_answered() {
        RawWebSocketPeer client = rawClient();

        client.send("8184000000000d0a0d0a");
        pass(Duration.ofSeconds(1));

        assertThat(client.frames()).isEqualTo("81020d0a");
    }

    @Test
    void fragments_without_end_are_given_up() {
        RawWebSocketPeer client = rawClient();
        client.send("01810000000041");

        for (int i = 0; i < 31; i++) {
            client.send("00810000000041");
            pass(Duration.ofSeconds(1));
        }

        assertThat(client.closed).isTrue();
        assertThat(client.frames()).isEqualTo("880203ea");
        assertThat(server.counters().unfinished()).isEqualTo(1);
    }

    static List<Object[]> codes() {
        Map<Integer, Failure> failures = Map.of(
                1002, new Failure.ProtocolViolation("websocket close 1002"),
                1003, new Failure.ProtocolViolation("websocket close 1003"),
                1007, new Failure.ProtocolViolation("websocket close 1007"),
                1009, new Failure.ProtocolViolation("websocket close 1009"),
                1011, new Failure.ServerError(500, null));
        return List.of(1000, 1001, 1002, 1003, 1007, 1009, 1011).stream()
                .map(code -> new Object[] {code, failures.get(code)})
                .toList();
    }

    @ParameterizedTest
    @MethodSource("codes")
    void a_close_frame_is_echoed_and_its_code_determines_the_failure(int code, Failure why) {
        RawWebSocketPeer peer = RawWebSocketPeer.server();
        Flow flow = connect(peer).flow;

        peer.send("8802" + String.format("%04x", code));
        pass(Duration.ofSeconds(1));

        assertThat(phone.closings).containsExactly(new Peer.Closing(flow, why));
        assertThat(unmasked(peer.frames())).isEqualTo(String.format("%04x", code));
        assertThat(peer.closed).isTrue();
    }

    @Test
    void a_flow_that_is_closed_says_1000_and_a_side_that_shuts_down_1001() {
        RawWebSocketPeer client = rawClient();
        RawWebSocketPeer peer = RawWebSocketPeer.server();
        Flow flow = connect(peer).flow;

        phone.run(() -> phone.layer.close(flow));
        server.run(server.layer::close);
        pass(Duration.ofSeconds(1));

        assertThat(unmasked(peer.frames())).isEqualTo("03e8");
        assertThat(client.frames()).isEqualTo("880203e9");
    }

    /** The code of a client's Close frame. */
    private static String unmasked(String close) {
        assertThat(close).startsWith("8882").hasSize(16);
        long key = Long.parseLong(close.substring(4, 8), 16);
        return String.format("%04x", key ^ Long.parseLong(close.substring(12), 16));
    }

    @Test
    void a_refused_opening_is_a_failure_and_a_redirection_is_not_followed() {
        RawWebSocketPeer peer =
                new RawWebSocketPeer("HTTP/1.1 302 Found\nLocation: ws://192.0.2.1/\nContent-Length: 0\n\n");
        server.listen(SipTransport.WS, "192.0.2.1", 80, null);

        Peer.Attempt attempt = connect(peer);

        assertThat(attempt.failure).isEqualTo(new Failure.Redirected(302));
        assertThat(attempt.answers).isEqualTo(1);
        assertThat(peer.closed).isTrue();
        assertThat(peer.frames()).isEmpty();
        assertThat(phone.counters().streams()).isZero();
        assertThat(server.counters().streams()).isZero();
    }

    @Test
    void an_answer_with_a_foreign_accept_key_opens_nothing() {
        Peer.Attempt attempt = connect(new RawWebSocketPeer("""
            HTTP/1.1 101 Switching Protocols
            Upgrade: websocket
            Connection: Upgrade
            Sec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=
            Sec-WebSocket-Protocol: sip

            """));

        assertThat(attempt.failure).isEqualTo(new Failure.ProtocolViolation("websocket handshake"));
    }

    @Test
    void an_opening_without_answer_is_given_up_after_ten_seconds() {
        Peer.Attempt attempt = connect(new RawWebSocketPeer(null));
        assertThat(attempt.answers).isZero();

        pass(Duration.ofSeconds(10));

        assertThat(attempt.failure).isEqualTo(new Failure.TimedOut(Failure.Waited.CONNECTION));
        assertThat(phone.counters().streams()).isZero();
    }

    @Test
    void a_client_that_never_opens_is_dropped_by_the_server() {
        InetSocketAddress at = server.listen(SipTransport.WS, "192.0.2.1", 8080, null);
        RawWebSocketPeer mute = new RawWebSocketPeer(null);
        rawHost.connect(at, mute);

        pass(Duration.ofSeconds(12));

        assertThat(mute.closed).isTrue();
        assertThat(server.counters().streams()).isZero();
    }

    @Test
    void frames_behind_the_answer_in_the_same_bytes_are_heard() {
        RawWebSocketPeer peer = new RawWebSocketPeer(RawWebSocketPeer.ACCEPTING + "\u0089\u0000");

        assertThat(connect(peer).flow).isNotNull();

        assertThat(peer.frames()).startsWith("8a80").hasSize(12);
    }
}

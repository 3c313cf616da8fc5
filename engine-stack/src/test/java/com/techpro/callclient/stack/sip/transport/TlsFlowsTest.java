// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.failure.Failure.TlsProblem;
import com.techpro.callclient.ports.net.StreamHandler;
import com.techpro.callclient.ports.net.StreamLink;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.testkit.helpers.Certificates;
import com.techpro.callclient.testkit.helpers.Certificates.Identity;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;

class TlsFlowsTest extends TlsBetweenTwoPeers {
    @Test
    void a_verified_server_gets_the_request_and_its_answer_comes_back() {
        Peer.Attempt attempt = connect(GOOD);
        assertThat(attempt.failure).isNull();

        phone.sendOptions(attempt.flow);
        time.advance(Duration.ofSeconds(1));

        assertThat(attempt.flow.peerNames()).containsExactly("pbx.example.com");
        assertThat(server.arrivals).hasSize(1);
        assertThat(server.arrivals.get(0).message().topVia().transport()).isEqualTo("TLS");
        assertThat(phone.arrivals).hasSize(1);
        assertThat(network.trace().toString()).doesNotContain("OPTIONS");
    }

    @Test
    void a_large_message_spans_records() {
        Peer.Attempt attempt = connect(GOOD);
        byte[] body = new byte[50_000];

        phone.run(() -> phone.layer.send(
                Peer.options()
                        .via(phone.layer.prepareVia(attempt.flow, "z9hG4bK1"))
                        .body("application/octet-stream", body)
                        .build(),
                attempt.flow));
        time.advance(Duration.ofSeconds(5));

        assertThat(server.arrivals.get(0).message().body()).hasSize(50_000);
    }

    @Test
    void pings_and_pongs_travel_inside() {
        Peer.Attempt attempt = connect(GOOD);

        phone.run(() -> phone.layer.keepAlive(attempt.flow, true));
        time.advance(Duration.ofSeconds(20));

        assertThat(phone.pongs).isEqualTo(1);
        assertThat(attempt.flow.isOpen()).isTrue();
    }

    @Test
    void a_client_certificate_is_shown_where_it_is_required() {
        Identity client = Certificates.named("phone")
                .dns("phone.example.com")
                .purpose(KeyPurposeId.id_kp_clientAuth)
                .issuedBy(CA);
        SSLContext demanding = GOOD.context(CA.certificate());
        InetSocketAddress at = server.listen(SipTransport.TLS, "192.0.2.1", 5090, demanding, true);
        TlsTrust trust = new TlsTrust(
                List.of(CA.certificate()), List.of(), new TlsTrust.ClientCertificate(client.chain(), client.key()));

        Peer.Attempt attempt = connect(at, "pbx.example.com", trust);
        phone.sendOptions(attempt.flow);
        time.advance(Duration.ofSeconds(1));

        assertThat(server.arrivals.get(0).flow().peerNames()).containsExactly("phone.example.com");
    }

    @Test
    void without_the_required_client_certificate_nothing_is_heard() {
        SSLContext demanding = GOOD.context(CA.certificate());
        InetSocketAddress at = server.listen(SipTransport.TLS, "192.0.2.1", 5090, demanding, true);

        // In TLS 1.3 the client learns of it only after its own handshake is complete.
        Peer.Attempt attempt = connect(at, "pbx.example.com", TlsTrust.anchoredAt(CA.certificate()));

        assertThat(attempt.flow == null || !attempt.flow.isOpen()).isTrue();
        assertThat(server.arrivals).isEmpty();
    }

    @Test
    void a_server_that_is_not_TLS_is_a_protocol_problem() {
        InetSocketAddress plain = server.listen(SipTransport.TCP, "192.0.2.1", 5060, null);

        assertRefused(connect(plain, "pbx.example.com", TlsTrust.anchoredAt(CA.certificate())), TlsProblem.PROTOCOL);
    }

    @Test
    void old_protocols_are_refused() throws IOException {
        // Given a server that speaks nothing newer than TLS 1.1, made by hand because our own refuses as well
        serverHost.listen(new InetSocketAddress("192.0.2.1", 5099), link -> new OldServer());

        Peer.Attempt attempt = connect(
                new InetSocketAddress("192.0.2.1", 5099), "pbx.example.com", TlsTrust.anchoredAt(CA.certificate()));

        assertThat(attempt.failure).isEqualTo(new Failure.TlsFailed(TlsProblem.PROTOCOL));
        serverHost.close();
        serverHost.reopen();
    }

    /** Answers a ClientHello with what TLS 1.0 would: a fatal protocol_version alert. */
    private static final class OldServer implements StreamHandler {
        @Override
        public void connected(StreamLink link) {}

        @Override
        public void received(StreamLink link, ByteBuffer bytes) {
            link.write(ByteBuffer.wrap(new byte[] {21, 3, 1, 0, 2, 2, 70}));
        }

        @Override
        public void closed(StreamLink link, IOException cause) {}
    }

    @Test
    void a_handshake_that_stands_still_times_out_after_ten_seconds() throws IOException {
        serverHost.listen(new InetSocketAddress("192.0.2.1", 5098), link -> new StreamHandler() {
            @Override
            public void connected(StreamLink opened) {}

            @Override
            public void received(StreamLink from, ByteBuffer bytes) {}

            @Override
            public void closed(StreamLink from, IOException cause) {}
        });

        Peer.Attempt attempt = connect(
                new InetSocketAddress("192.0.2.1", 5098), "pbx.example.com", TlsTrust.anchoredAt(CA.certificate()));
        assertThat(attempt.answers).isZero();
        time.advance(Duration.ofSeconds(6));

        assertThat(attempt.failure).isEqualTo(new Failure.TimedOut(Failure.Waited.TLS));
        serverHost.close();
        serverHost.reopen();
    }

    @Test
    void workers_that_take_nothing_any_more_end_the_handshake() {
        Executor shutDown = task -> {
            throw new RejectedExecutionException();
        };
        InetSocketAddress at = serve(GOOD);
        Peer rejected = new Peer(time, network.host("192.0.2.11"), "rejected", TransportLimits.DEFAULT, shutDown);

        Peer.Attempt attempt = rejected.connect(
                new Hop(SipTransport.TLS, at, "pbx.example.com"),
                new ConnectionKey("a", TlsTrust.anchoredAt(CA.certificate())));
        time.advance(Duration.ofSeconds(1));

        assertThat(attempt.failure).isEqualTo(new Failure.TlsFailed(TlsProblem.PROTOCOL));
        rejected.run(rejected.layer::close);
    }

    @Test
    void a_client_that_never_speaks_is_dropped_by_the_server() {
        InetSocketAddress at = serve(GOOD);
        Peer.Attempt mute = phone.connect(SipTransport.TCP, at);
        time.advance(Duration.ofSeconds(5));
        assertThat(server.counters().streams()).isEqualTo(1);

        time.advance(Duration.ofSeconds(20));

        assertThat(server.counters().streams()).isZero();
        assertThat(mute.flow.isOpen()).isFalse();
    }

    @Test
    void an_orderly_end_by_the_server_has_no_reason() {
        Peer.Attempt attempt = connect(GOOD);
        phone.sendOptions(attempt.flow);
        time.advance(Duration.ofSeconds(1));

        server.run(() -> server.layer.close(server.arrivals.get(0).flow()));
        time.advance(Duration.ofSeconds(10));

        assertThat(phone.closings).containsExactly(new Peer.Closing(attempt.flow, null));
    }

    @Test
    void a_second_connection_resumes_and_is_verified_under_its_own_name() {
        InetSocketAddress at = serve(Certificates.named("x")
                .dns("pbx.example.com")
                .dns("b.example.com")
                .issuedBy(CA));
        TlsTrust trust = TlsTrust.anchoredAt(CA.certificate());
        Peer.Attempt first = connect(at, "pbx.example.com", trust);
        phone.sendOptions(first.flow);
        time.advance(Duration.ofSeconds(1));
        phone.run(() -> phone.layer.close(first.flow));
        time.advance(Duration.ofSeconds(5));

        Peer.Attempt again = connect(at, "pbx.example.com", trust);
        Peer.Attempt otherName = connect(at, "b.example.com", trust);
        Peer.Attempt wrongName = connect(at, "c.example.com", trust);

        assertThat(again.failure).isNull();
        assertThat(otherName.failure).isNull();
        assertThat(wrongName.failure).isEqualTo(new Failure.TlsFailed(TlsProblem.HOST_NAME));
    }
}

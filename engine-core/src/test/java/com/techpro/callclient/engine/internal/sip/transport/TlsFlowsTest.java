// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.Failure;
import com.techpro.callclient.engine.Failure.TlsProblem;
import com.techpro.callclient.engine.internal.sip.transport.Certificates.Identity;
import com.techpro.callclient.ports.net.StreamHandler;
import com.techpro.callclient.ports.net.StreamLink;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.testkit.contracts.SimulatedHost;
import com.techpro.callclient.testkit.contracts.SimulatedNetwork;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TlsFlowsTest {
    private static final Identity CA = Certificates.authority("Test Authority");
    private static final Identity OTHER_CA = Certificates.authority("Another Authority");
    private static final Identity GOOD =
            Certificates.named("pbx").dns("pbx.example.com").issuedBy(CA);

    private final VirtualTime time = VirtualTime.seeded(3);
    private final SimulatedNetwork network = new SimulatedNetwork(time, 3);
    private final SimulatedHost serverHost = network.host("192.0.2.1");
    private final Peer phone = new Peer(time, network.host("192.0.2.10"), "phone");
    private final Peer server = new Peer(time, serverHost, "server").answering();
    private int port = 5061;

    private InetSocketAddress serve(Identity identity) {
        return server.listen(SipTransport.TLS, "192.0.2.1", port++, identity.context());
    }

    private Peer.Attempt connect(InetSocketAddress to, String name, TlsTrust trust) {
        Peer.Attempt attempt = phone.connect(new Hop(SipTransport.TLS, to, name), new ConnectionKey("a", trust));
        time.advance(Duration.ofSeconds(5));
        return attempt;
    }

    private Peer.Attempt connect(Identity identity) {
        return connect(serve(identity), "pbx.example.com", TlsTrust.anchoredAt(CA.certificate()));
    }

    private void assertRefused(Peer.Attempt attempt, TlsProblem problem) {
        assertThat(attempt.failure).isEqualTo(new Failure.TlsFailed(problem));
        assertThat(attempt.flow).isNull();
        assertThat(attempt.answers).isEqualTo(1);
        assertThat(phone.closings).isEmpty();
        time.advance(Duration.ofSeconds(20));
        assertThat(phone.counters().streams()).isZero();
        assertThat(server.counters().streams()).isZero();
    }

    private static TlsTrust pinned(Identity identity) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256")
                .digest(identity.certificate().getPublicKey().getEncoded());
        return new TlsTrust(
                List.of(CA.certificate()), List.of(Base64.getEncoder().encodeToString(hash)), null);
    }

    @AfterEach
    void everything_is_closed_without_a_trace() {
        phone.run(phone.layer::close);
        server.run(server.layer::close);
        time.advance(Duration.ofSeconds(60));
        assertThat(network.openLinks()).isZero();
        assertThat(time.pendingTimers()).isZero();
    }

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
    void an_intermediate_authority_is_followed() {
        Identity middle = Certificates.named("Middle").authority().issuedBy(CA);

        Peer.Attempt attempt =
                connect(Certificates.named("x").dns("pbx.example.com").issuedBy(middle));

        assertThat(attempt.failure).isNull();
    }

    @Test
    void an_unknown_authority_is_untrusted() {
        assertRefused(connect(Certificates.named("x").dns("pbx.example.com").issuedBy(OTHER_CA)), TlsProblem.UNTRUSTED);
    }

    @Test
    void a_self_signed_certificate_is_untrusted_unless_it_is_itself_the_anchor() {
        Identity self = Certificates.named("x").dns("pbx.example.com").issuedBy(null);
        InetSocketAddress at = serve(self);

        Peer.Attempt anchored = connect(at, "pbx.example.com", TlsTrust.anchoredAt(self.certificate()));
        assertThat(anchored.failure).isNull();
        phone.run(() -> phone.layer.close(anchored.flow));
        time.advance(Duration.ofSeconds(20));
        phone.closings.clear();

        assertRefused(connect(at, "pbx.example.com", TlsTrust.anchoredAt(CA.certificate())), TlsProblem.UNTRUSTED);
    }

    @Test
    void the_platform_does_not_know_our_authority() {
        assertRefused(connect(serve(GOOD), "pbx.example.com", TlsTrust.PLATFORM), TlsProblem.UNTRUSTED);
    }

    @Test
    void an_issuer_that_is_no_authority_is_untrusted() {
        Identity notAnAuthority =
                Certificates.named("pbx").dns("pbx.example.com").issuedBy(CA);

        assertRefused(
                connect(Certificates.named("x").dns("pbx.example.com").issuedBy(notAnAuthority)), TlsProblem.UNTRUSTED);
    }

    @Test
    void a_certificate_for_another_purpose_is_untrusted() {
        assertRefused(
                connect(Certificates.named("x")
                        .dns("pbx.example.com")
                        .purpose(KeyPurposeId.id_kp_emailProtection)
                        .issuedBy(CA)),
                TlsProblem.UNTRUSTED);
    }

    @Test
    void a_certificate_for_another_host_is_refused() {
        assertRefused(connect(Certificates.named("x").dns("other.example.com").issuedBy(CA)), TlsProblem.HOST_NAME);
    }

    @Test
    void RFC_5922_section_7_2_a_wildcard_names_nobody() {
        assertRefused(connect(Certificates.named("x").dns("*.example.com").issuedBy(CA)), TlsProblem.HOST_NAME);
    }

    @Test
    void RFC_5922_section_7_1_a_SIP_URI_names_its_domain_but_not_with_a_user_or_another_scheme() {
        assertThat(connect(Certificates.named("x").uri("sip:pbx.example.com").issuedBy(CA)).failure)
                .isNull();
        Peer.Attempt user =
                connect(Certificates.named("x").uri("sip:a@pbx.example.com").issuedBy(CA));
        assertThat(user.failure).isEqualTo(new Failure.TlsFailed(TlsProblem.HOST_NAME));
        Peer.Attempt web =
                connect(Certificates.named("x").uri("https://pbx.example.com").issuedBy(CA));
        assertThat(web.failure).isEqualTo(new Failure.TlsFailed(TlsProblem.HOST_NAME));
    }

    @Test
    void RFC_5922_section_7_1_the_common_name_counts_only_without_alternatives() {
        assertThat(connect(Certificates.named("pbx.example.com").issuedBy(CA)).failure)
                .isNull();
        assertThat(connect(Certificates.named("pbx.example.com")
                                .dns("other.example.com")
                                .issuedBy(CA))
                        .failure)
                .isEqualTo(new Failure.TlsFailed(TlsProblem.HOST_NAME));
    }

    @Test
    void a_literal_address_is_named_by_an_address() {
        InetSocketAddress at = serve(Certificates.named("x").ip("192.0.2.1").issuedBy(CA));

        assertThat(connect(at, "192.0.2.1", TlsTrust.anchoredAt(CA.certificate())).failure)
                .isNull();
        assertRefusedLater(connect(at, "192.0.2.2", TlsTrust.anchoredAt(CA.certificate())));
    }

    private static void assertRefusedLater(Peer.Attempt attempt) {
        assertThat(attempt.failure).isEqualTo(new Failure.TlsFailed(TlsProblem.HOST_NAME));
    }

    @Test
    void an_expired_and_a_future_certificate_are_told_apart_from_untrusted_ones() {
        Identity expired = Certificates.named("x")
                .dns("pbx.example.com")
                .valid(Certificates.NOW.minus(Duration.ofDays(20)), Certificates.NOW.minus(Duration.ofDays(10)))
                .issuedBy(CA);
        assertRefused(connect(expired), TlsProblem.EXPIRED);
        Identity future = Certificates.named("x")
                .dns("pbx.example.com")
                .valid(Certificates.NOW.plus(Duration.ofDays(10)), Certificates.NOW.plus(Duration.ofDays(20)))
                .issuedBy(CA);
        assertRefused(connect(future), TlsProblem.EXPIRED);
        Identity both = Certificates.named("x")
                .dns("pbx.example.com")
                .valid(Certificates.NOW.minus(Duration.ofDays(20)), Certificates.NOW.minus(Duration.ofDays(10)))
                .issuedBy(OTHER_CA);
        assertRefused(connect(both), TlsProblem.UNTRUSTED);
    }

    @Test
    void the_engines_clock_decides_what_is_expired() {
        InetSocketAddress at = serve(Certificates.named("x")
                .dns("pbx.example.com")
                .valid(Certificates.NOW.minus(Duration.ofDays(1)), Certificates.NOW.plus(Duration.ofDays(1)))
                .issuedBy(CA));
        time.jumpWallClock(Duration.ofDays(2));

        assertRefused(connect(at, "pbx.example.com", TlsTrust.anchoredAt(CA.certificate())), TlsProblem.EXPIRED);
    }

    @Test
    void a_pin_on_the_servers_or_the_authoritys_key_is_honoured() throws Exception {
        InetSocketAddress at = serve(GOOD);

        assertThat(connect(at, "pbx.example.com", pinned(GOOD)).failure).isNull();
        assertThat(connect(at, "pbx.example.com", pinned(CA)).failure).isNull();
    }

    @Test
    void a_pin_on_another_key_refuses_the_server() throws Exception {
        assertRefused(connect(serve(GOOD), "pbx.example.com", pinned(OTHER_CA)), TlsProblem.PIN);
    }

    @Test
    void a_pinned_certificate_that_is_sent_along_but_vouches_for_nothing_does_not_count() throws Exception {
        Identity decoy =
                new Identity(GOOD.certificate(), GOOD.key(), List.of(CA.certificate(), OTHER_CA.certificate()));

        assertRefused(connect(serve(decoy), "pbx.example.com", pinned(OTHER_CA)), TlsProblem.PIN);
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
    void RFC_5922_nothing_that_an_unverified_server_sends_is_ever_heard() {
        // Given a server that talks as soon as its own side of the handshake is done
        InetSocketAddress at =
                serve(Certificates.named("x").dns("evil.example.com").issuedBy(CA));
        Peer.Attempt attempt = connect(at, "pbx.example.com", TlsTrust.anchoredAt(CA.certificate()));

        // Then there was no flow, and no message
        assertRefused(attempt, TlsProblem.HOST_NAME);
        assertThat(phone.arrivals).isEmpty();
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

    @Test
    void no_failure_and_no_description_tells_whose_certificate_it_was() {
        Peer.Attempt attempt = connect(
                Certificates.named("Private Person").dns("private.example.com").issuedBy(CA));

        assertThat(attempt.failure.toString()).doesNotContainIgnoringCase("private");
        X509Certificate certificate = GOOD.certificate();
        assertThat(new ConnectionKey("alice", TlsTrust.anchoredAt(certificate)).toString())
                .doesNotContain("alice")
                .doesNotContain("pbx");
    }
}

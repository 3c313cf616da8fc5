// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.failure.Failure;
import com.techpro.callclient.engine.failure.Failure.TlsProblem;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.testkit.helpers.Certificates;
import com.techpro.callclient.testkit.helpers.Certificates.Identity;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whom the client takes for the server it looked for (RFC 5922, RFC 3261 §26.3). */
class TlsVerificationTest extends TlsBetweenTwoPeers {
    private static TlsTrust pinned(Identity identity) throws Exception {
        byte[] hash = MessageDigest.getInstance("SHA-256")
                .digest(identity.certificate().getPublicKey().getEncoded());
        return new TlsTrust(
                List.of(CA.certificate()), List.of(Base64.getEncoder().encodeToString(hash)), null);
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

    @ParameterizedTest
    @ValueSource(strings = {"com", "example.com", "bx.example.com"})
    void a_certificate_for_a_suffix_of_the_host_name_is_refused(String name) {
        assertRefused(connect(Certificates.named("x").dns(name).issuedBy(CA)), TlsProblem.HOST_NAME);
    }

    @Test
    void RFC_5922_section_7_2_a_wildcard_names_nobody() {
        assertRefused(connect(Certificates.named("x").dns("*.example.com").issuedBy(CA)), TlsProblem.HOST_NAME);
    }

    @Test
    void RFC_5922_section_7_1_only_a_SIP_URI_without_a_user_identifies_its_domain() {
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

    @ParameterizedTest
    @ValueSource(strings = {"pbx_1.example.com", "pbx.example.com.", "-pbx.example.com", "fe80::1%eth99", "a b", ""})
    void a_name_that_SNI_does_not_have_is_a_failure_and_no_exception(String name) {
        assertRefused(connect(serve(GOOD), name, TlsTrust.anchoredAt(CA.certificate())), TlsProblem.HOST_NAME);
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
    void a_certificate_that_is_itself_the_anchor_expires_too() {
        Identity self = Certificates.named("x")
                .dns("pbx.example.com")
                .valid(Certificates.NOW.minus(Duration.ofDays(20)), Certificates.NOW.minus(Duration.ofDays(10)))
                .issuedBy(null);
        assertRefused(
                connect(serve(self), "pbx.example.com", TlsTrust.anchoredAt(self.certificate())), TlsProblem.EXPIRED);
    }

    @Test
    void a_wrong_host_name_is_reported_before_expiry() {
        assertRefused(
                connect(Certificates.named("x")
                        .dns("other.example.com")
                        .valid(Certificates.NOW.minus(Duration.ofDays(20)), Certificates.NOW.minus(Duration.ofDays(10)))
                        .issuedBy(CA)),
                TlsProblem.HOST_NAME);
    }

    @Test
    void a_key_too_short_or_a_signature_too_weak_is_refused_under_an_anchor_of_ones_own() {
        assertRefused(
                connect(Certificates.named("x")
                        .dns("pbx.example.com")
                        .rsa(1_024)
                        .issuedBy(CA)),
                TlsProblem.WEAK);
        assertRefused(
                connect(Certificates.named("x")
                        .dns("pbx.example.com")
                        .hash("SHA1")
                        .issuedBy(CA)),
                TlsProblem.WEAK);
        assertThat(connect(Certificates.named("x")
                                .dns("pbx.example.com")
                                .rsa(2_048)
                                .issuedBy(CA))
                        .failure)
                .isNull();
    }

    @Test
    void the_platforms_authorities_give_the_same_reasons(@TempDir Path directory) throws Exception {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        trusted.setCertificateEntry("ours", CA.certificate());
        Path file = directory.resolve("platform.p12");
        try (OutputStream out = Files.newOutputStream(file)) {
            trusted.store(out, "changeit".toCharArray());
        }
        System.setProperty("javax.net.ssl.trustStore", file.toString());
        System.setProperty("javax.net.ssl.trustStorePassword", "changeit");
        try {
            assertThat(connect(serve(GOOD), "pbx.example.com", TlsTrust.PLATFORM).failure)
                    .isNull();
            Identity expired = Certificates.named("x")
                    .dns("pbx.example.com")
                    .valid(Certificates.NOW.minus(Duration.ofDays(20)), Certificates.NOW.minus(Duration.ofDays(10)))
                    .issuedBy(CA);
            assertThat(connect(serve(expired), "pbx.example.com", TlsTrust.PLATFORM).failure)
                    .isEqualTo(new Failure.TlsFailed(TlsProblem.EXPIRED));
            Identity weak =
                    Certificates.named("x").dns("pbx.example.com").rsa(1_024).issuedBy(CA);
            assertThat(connect(serve(weak), "pbx.example.com", TlsTrust.PLATFORM).failure)
                    .isEqualTo(new Failure.TlsFailed(TlsProblem.WEAK));
            Identity unknown = Certificates.named("x").dns("pbx.example.com").issuedBy(OTHER_CA);
            assertThat(connect(serve(unknown), "pbx.example.com", TlsTrust.PLATFORM).failure)
                    .isEqualTo(new Failure.TlsFailed(TlsProblem.UNTRUSTED));
        } finally {
            System.clearProperty("javax.net.ssl.trustStorePassword");
            System.clearProperty("javax.net.ssl.trustStore");
        }
    }

    @Test
    void the_engines_clock_decides_certificate_expiry() {
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
    void no_failure_and_no_description_reveals_the_identity_in_a_certificate() {
        Peer.Attempt attempt = connect(
                Certificates.named("Private Person").dns("private.example.com").issuedBy(CA));

        assertThat(attempt.failure.toString()).doesNotContainIgnoringCase("private");
        X509Certificate certificate = GOOD.certificate();
        assertThat(new ConnectionKey("alice", TlsTrust.anchoredAt(certificate)).toString())
                .doesNotContain("alice")
                .doesNotContain("pbx");
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.failure.Failure.TlsProblem;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.testkit.helpers.Certificates;
import com.techpro.callclient.testkit.helpers.Certificates.Identity;
import com.techpro.callclient.testkit.helpers.Certificates.Request;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a certificate must be made of, for SIP as for the web, whoever vouches for it. */
class CertificateStrengthTest {
    private static final String HOST = "pbx.example.com";
    private static final Identity CA = Certificates.authority("Elliptic Authority");
    private static final Identity RSA_CA = issued(request -> request.authority().rsa(2_048), null);

    private static Identity issued(UnaryOperator<Request> as, @Nullable Identity issuer) {
        return as.apply(Certificates.named("x" + System.nanoTime())).issuedBy(issuer);
    }

    private static Identity server(UnaryOperator<Request> as, Identity issuer) {
        return issued(request -> as.apply(request.dns(HOST)), issuer);
    }

    private static Identity server(Identity issuer) {
        return server(request -> request, issuer);
    }

    private static Arguments chain(String what, Identity server, Identity anchor, @Nullable TlsProblem problem) {
        return Arguments.of(what, server, anchor, problem);
    }

    static Stream<Arguments> chains() {
        Identity weakAnchor = issued(request -> request.authority().rsa(1_024), null);
        Identity sha1Anchor = issued(request -> request.authority().hash("SHA1"), null);
        Identity weakMiddle = issued(request -> request.authority().rsa(1_024), CA);
        Identity sha1Middle = issued(request -> request.authority().hash("SHA1"), CA);
        Identity itself = server(request -> request, null);
        Identity weakItself = server(request -> request.rsa(1_024), null);
        return Stream.of(
                chain("RSA 2048", server(request -> request.rsa(2_048), CA), CA, null),
                chain("RSA 2047", server(request -> request.rsa(2_047), CA), CA, TlsProblem.WEAK),
                chain("RSA 1024", server(request -> request.rsa(1_024), CA), CA, TlsProblem.WEAK),
                chain("RSA 512", server(request -> request.rsa(512), CA), CA, TlsProblem.WEAK),
                chain("P-256", server(CA), CA, null),
                chain("P-224", server(request -> request.curve("secp224r1"), CA), CA, null),
                chain("P-192", server(request -> request.curve("secp192r1"), CA), CA, TlsProblem.WEAK),
                chain("SHA-384", server(request -> request.hash("SHA384"), CA), CA, null),
                chain("ECDSA with SHA-1", server(request -> request.hash("SHA1"), CA), CA, TlsProblem.WEAK),
                chain("RSA with SHA-1", server(request -> request.hash("SHA1"), RSA_CA), RSA_CA, TlsProblem.WEAK),
                chain("RSA with MD5", server(request -> request.hash("MD5"), RSA_CA), RSA_CA, TlsProblem.WEAK),
                chain("PSS with SHA-256", server(request -> request.hash("SHA256andMGF1"), RSA_CA), RSA_CA, null),
                chain("PSS, SHA-1", server(request -> request.hash("SHA1andMGF1"), RSA_CA), RSA_CA, TlsProblem.WEAK),
                chain("RSA 1024 in the middle", server(weakMiddle), CA, TlsProblem.WEAK),
                chain("SHA-1 in the middle", server(sha1Middle), CA, TlsProblem.WEAK),
                chain("an anchor with RSA 1024", server(weakAnchor), weakAnchor, TlsProblem.WEAK),
                chain("an anchor with SHA-1", server(sha1Anchor), sha1Anchor, null),
                chain("its own anchor", itself, itself, null),
                chain("its own anchor with RSA 1024", weakItself, weakItself, TlsProblem.WEAK),
                chain("for signing", server(request -> request.uses(KeyUsage.digitalSignature), CA), CA, null),
                chain(
                        "for key exchange alone",
                        server(request -> request.uses(KeyUsage.keyEncipherment | KeyUsage.keyAgreement), CA),
                        CA,
                        TlsProblem.UNTRUSTED),
                chain("another authority", server(RSA_CA), CA, TlsProblem.UNTRUSTED),
                chain(
                        "weak and another's",
                        issued(request -> request.dns("other.example.com").rsa(1_024), CA),
                        CA,
                        TlsProblem.HOST_NAME),
                chain(
                        "expired and another's",
                        issued(
                                request -> request.dns("other.example.com")
                                        .valid(
                                                Certificates.NOW.minus(Duration.ofDays(20)),
                                                Certificates.NOW.minus(Duration.ofDays(10))),
                                CA),
                        CA,
                        TlsProblem.HOST_NAME));
    }

    @ParameterizedTest(name = "{0}: {3}")
    @MethodSource("chains")
    void a_certificate_is_as_strong_as_the_weakest_of_its_path(
            String what, Identity server, Identity anchor, @Nullable TlsProblem problem) throws Exception {
        for (PeerVerifier.Service service : PeerVerifier.Service.values()) {
            assertThat(problem(service, TlsTrust.anchoredAt(anchor.certificate()), server, HOST))
                    .as("%s for %s", what, service)
                    .isEqualTo(problem);
        }
    }

    static Stream<Arguments> names() {
        return Stream.of(
                Arguments.of(issued(request -> request.ip("192.0.2.1"), CA), "192.0.2.1", null),
                Arguments.of(issued(request -> request.ip("2001:db8::1"), CA), "2001:db8::1", null),
                Arguments.of(issued(request -> request.dns("192.0.2.1"), CA), "192.0.2.1", TlsProblem.HOST_NAME),
                Arguments.of(issued(request -> request.dns("2001:db8::1"), CA), "2001:db8::1", TlsProblem.HOST_NAME),
                Arguments.of(issued(request -> request.dns("*.0.2.1"), CA), "192.0.2.1", TlsProblem.HOST_NAME),
                Arguments.of(Certificates.named("192.0.2.1").issuedBy(CA), "192.0.2.1", TlsProblem.HOST_NAME),
                Arguments.of(issued(request -> request.ip("192.0.2.1"), CA), "192.0.2.2", TlsProblem.HOST_NAME));
    }

    @ParameterizedTest
    @MethodSource("names")
    void only_an_address_speaks_for_an_address(Identity server, String host, @Nullable TlsProblem problem)
            throws Exception {
        for (PeerVerifier.Service service : PeerVerifier.Service.values()) {
            assertThat(problem(service, TlsTrust.anchoredAt(CA.certificate()), server, host))
                    .as("%s for %s", host, service)
                    .isEqualTo(problem);
        }
    }

    /** RFC 5924: it says that its owner is a SIP domain, and nothing of web servers. */
    @Test
    void the_purpose_of_SIP_serves_SIP_alone() throws Exception {
        KeyPurposeId sip = KeyPurposeId.getInstance(new ASN1ObjectIdentifier("1.3.6.1.5.5.7.3.20"));
        Identity server = server(request -> request.purpose(sip), CA);
        TlsTrust trust = TlsTrust.anchoredAt(CA.certificate());
        assertThat(problem(PeerVerifier.Service.SIP, trust, server, HOST)).isNull();
        assertThat(problem(PeerVerifier.Service.HTTP, trust, server, HOST)).isEqualTo(TlsProblem.UNTRUSTED);
    }

    private static @Nullable TlsProblem problem(
            PeerVerifier.Service service, TlsTrust trust, Identity server, String host) throws Exception {
        PeerVerifier verifier = new PeerVerifier(trust, () -> Certificates.NOW, service);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, null, null);
        SSLEngine engine = context.createSSLEngine(host, 5061);
        List<X509Certificate> chain = server.chain();
        try {
            verifier.checkServerTrusted(chain.toArray(new X509Certificate[0]), "UNKNOWN", engine);
            return null;
        } catch (java.security.cert.CertificateException e) {
            return PeerRejectedException.problemBehind(e);
        }
    }
}

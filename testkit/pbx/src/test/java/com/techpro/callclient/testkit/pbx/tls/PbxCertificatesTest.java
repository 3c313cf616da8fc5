// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.security.KeyStore;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;
import org.junit.jupiter.api.Test;

/** The JDK's own certificate checks are the judge. */
class PbxCertificatesTest {
    private final PbxCertificates certificates =
            new PbxCertificates("pbx.test", List.of("localhost"), List.of("127.0.0.1"));

    @Test
    void the_valid_one_is_trusted_and_names_the_domain_as_host_and_as_sip_uri() throws Exception {
        List<X509Certificate> chain = certificates.chain(ServerCertificate.VALID);

        assertThatCode(() -> check(chain)).doesNotThrowAnyException();
        assertThat(chain.get(0).getSubjectAlternativeNames())
                .contains(List.of(2, "pbx.test"), List.of(6, "sip:pbx.test"), List.of(2, "localhost"));
    }

    @Test
    void the_expired_one_fails_for_its_dates() {
        assertThatThrownBy(() -> check(certificates.chain(ServerCertificate.EXPIRED)))
                .hasRootCauseInstanceOf(CertificateExpiredException.class);
    }

    @Test
    void the_untrusted_one_fails_although_its_authority_has_the_same_name() {
        List<X509Certificate> chain = certificates.chain(ServerCertificate.UNTRUSTED);

        assertThat(chain.get(0).getIssuerX500Principal())
                .isEqualTo(certificates.authority().getSubjectX500Principal());
        assertThatThrownBy(() -> check(chain)).isInstanceOf(CertificateException.class);
    }

    @Test
    void the_wrong_host_certificate_is_trusted_but_names_another_host() throws Exception {
        List<X509Certificate> chain = certificates.chain(ServerCertificate.WRONG_HOST);

        assertThatCode(() -> check(chain)).doesNotThrowAnyException();
        assertThat(chain.get(0).getSubjectAlternativeNames()).containsExactly(List.of(2, "elsewhere.invalid"));
    }

    @Test
    void the_authority_can_be_read_back_from_pem() throws Exception {
        byte[] pem = certificates.authorityPem().getBytes(StandardCharsets.US_ASCII);

        assertThat(CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(pem)))
                .isEqualTo(certificates.authority());
    }

    private void check(List<X509Certificate> chain) throws Exception {
        KeyStore anchors = KeyStore.getInstance(KeyStore.getDefaultType());
        anchors.load(null, null);
        anchors.setCertificateEntry("authority", certificates.authority());
        TrustManagerFactory factory = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        factory.init(anchors);
        ((X509TrustManager) factory.getTrustManagers()[0])
                .checkServerTrusted(chain.toArray(new X509Certificate[0]), "ECDHE_ECDSA");
    }
}

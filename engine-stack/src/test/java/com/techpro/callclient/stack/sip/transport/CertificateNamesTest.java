// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.helpers.Certificates;
import com.techpro.callclient.testkit.helpers.Certificates.Identity;
import java.security.cert.X509Certificate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * For which hosts a certificate speaks: whole names (RFC 5922 §7.2), for the web with a wildcard for the first label (RFC 9525 §6.3). An
 * authority that gives somebody a certificate for one name gives none for those below it, nor for those that end alike.
 */
class CertificateNamesTest {
    private static final Identity CA = Certificates.authority("Test Authority");

    @ParameterizedTest(name = "{0} for {1}: SIP {2}, web {3}")
    @CsvSource({
        "pbx.example.com, pbx.example.com, true, true",
        "PBX.Example.Com, pbx.example.COM, true, true",
        // Above it, or only its end.
        "com, pbx.example.com, false, false",
        "example.com, pbx.example.com, false, false",
        ".example.com, pbx.example.com, false, false",
        "bx.example.com, pbx.example.com, false, false",
        // Below it, or only its beginning.
        "a.pbx.example.com, pbx.example.com, false, false",
        "pbx.example.com.evil.net, pbx.example.com, false, false",
        "pbx.example.co, pbx.example.com, false, false",
        // Wildcards.
        "*.example.com, pbx.example.com, false, true",
        "*.example.com, example.com, false, false",
        "*.example.com, a.pbx.example.com, false, false",
        "*.com, example.com, false, false",
        "*, localhost, false, false",
        "p*.example.com, pbx.example.com, false, false",
    })
    void a_DNS_name_speaks_for_the_host_that_it_names(String name, String host, boolean sip, boolean web) {
        X509Certificate certificate =
                Certificates.named("x").dns(name).issuedBy(CA).certificate();

        assertThat(CertificateNames.speaksFor(certificate, host)).as("SIP").isEqualTo(sip);
        assertThat(CertificateNames.speaksForWeb(certificate, host)).as("web").isEqualTo(web);
    }

    @ParameterizedTest(name = "{0} for {1}: {2}")
    @CsvSource({
        "sip:pbx.example.com, pbx.example.com, true",
        "sip:com, pbx.example.com, false",
        "sip:example.com, pbx.example.com, false",
    })
    void a_SIP_URI_speaks_for_its_domain_and_for_no_web_server(String uri, String host, boolean sip) {
        X509Certificate certificate =
                Certificates.named("x").uri(uri).issuedBy(CA).certificate();

        assertThat(CertificateNames.speaksFor(certificate, host)).as("SIP").isEqualTo(sip);
        assertThat(CertificateNames.speaksForWeb(certificate, host)).as("web").isFalse();
    }

    @ParameterizedTest(name = "{0} for {1}: SIP {2}")
    @CsvSource({"pbx.example.com, pbx.example.com, true", "com, pbx.example.com, false"})
    void a_common_name_speaks_for_a_SIP_domain_and_for_no_web_server(String name, String host, boolean sip) {
        X509Certificate certificate = Certificates.named(name).issuedBy(CA).certificate();

        assertThat(CertificateNames.speaksFor(certificate, host)).as("SIP").isEqualTo(sip);
        assertThat(CertificateNames.speaksForWeb(certificate, host)).as("web").isFalse();
    }

    @ParameterizedTest(name = "{0} for {1}: {2}")
    @CsvSource({"192.0.2.1, 192.0.2.1, true", "192.0.2.1, 192.0.2.11, false", "2.0.2.1, 192.0.2.1, false"})
    void an_address_speaks_for_itself(String address, String host, boolean same) {
        X509Certificate certificate =
                Certificates.named("x").ip(address).issuedBy(CA).certificate();

        assertThat(CertificateNames.speaksFor(certificate, host)).as("SIP").isEqualTo(same);
        assertThat(CertificateNames.speaksForWeb(certificate, host)).as("web").isEqualTo(same);
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.testkit.helpers.Certificates;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AnchorFileTest {
    private static final X509Certificate ONE = Certificates.authority("One").certificate();
    private static final X509Certificate OTHER = Certificates.authority("Other").certificate();

    @TempDir
    private Path folder;

    private static String pem(X509Certificate certificate) throws CertificateEncodingException {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("anchors.pem"), text, StandardCharsets.US_ASCII);
    }

    @Test
    void all_certificates_of_a_PEM_file_are_anchors() throws Exception {
        assertThat(TlsTrust.anchoredAt(file(pem(ONE) + pem(OTHER))).anchors()).containsExactly(ONE, OTHER);
    }

    @Test
    void a_DER_file_is_read_too() throws Exception {
        Path der = Files.write(folder.resolve("anchor.der"), ONE.getEncoded());

        assertThat(TlsTrust.anchoredAt(der).anchors()).containsExactly(ONE);
    }

    @Test
    void a_file_without_a_certificate_or_with_half_of_one_is_refused() throws Exception {
        Path empty = file("");
        assertThatThrownBy(() -> TlsTrust.anchoredAt(empty)).isInstanceOf(CertificateException.class);
        Path half = file(pem(ONE).substring(0, 200));
        assertThatThrownBy(() -> TlsTrust.anchoredAt(half)).isInstanceOf(CertificateException.class);
        assertThatThrownBy(() -> TlsTrust.anchoredAt(folder.resolve("none"))).isInstanceOf(NoSuchFileException.class);
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.phonesystem;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The certificates that TLS trusts, and the client's own certificate.
 *
 * <p>The certificate of a SIP server must contain the name that the user asked for, never a name
 * that DNS led to (RFC 5922 §4, §7.3):
 *
 * <ul>
 *   <li>an account without an outbound proxy: its domain, whichever server SRV or an address record
 *       selected;
 *   <li>an account with an outbound proxy: its domain or the proxy's host; either is accepted. SNI
 *       sends the proxy's name, or the domain if the proxy is an address;
 *   <li>any other server within a call (a route, or the other side's contact): the host of that
 *       URI.
 * </ul>
 *
 * A name matches if it equals a DNS name of the subjectAltName, or the host of a SIP URI without a
 * user part there. Wildcards do not match (§7.2). An address matches if it equals an IP address of
 * the subjectAltName. The common name is used only if there is no subjectAltName at all. Web and
 * mail servers follow the rules of the web (RFC 9525), for the host that was connected to.
 *
 * @param anchors certificate authorities to trust instead of the platform's; empty means the
 *     platform's
 * @param pins SHA-256 hashes of SubjectPublicKeyInfo, in base64. If not empty, the verified chain
 *     must contain one of them, in addition to all other checks
 * @param client the client certificate, or null
 */
public record TlsTrust(
        List<X509Certificate> anchors,
        List<String> pins,
        @Nullable ClientCertificate client) {
    /** The platform's certificate authorities, no pins, no client certificate. */
    public static final TlsTrust PLATFORM = new TlsTrust(List.of(), List.of(), null);

    public TlsTrust {
        anchors = List.copyOf(Objects.requireNonNull(anchors, "anchors"));
        pins = List.copyOf(Objects.requireNonNull(pins, "pins"));
    }

    public static TlsTrust anchoredAt(X509Certificate... anchors) {
        Objects.requireNonNull(anchors, "anchors");
        return new TlsTrust(List.of(anchors), List.of(), null);
    }

    /**
     * Trusts the certificates in a file, and no others.
     *
     * @param pem one certificate or several, in PEM or DER
     * @throws IOException if the file cannot be read
     * @throws CertificateException if there is no certificate in it, or a damaged one
     */
    public static TlsTrust anchoredAt(Path pem) throws IOException, CertificateException {
        try (InputStream in = Files.newInputStream(Objects.requireNonNull(pem, "pem"))) {
            X509Certificate[] anchors = CertificateFactory.getInstance("X.509").generateCertificates(in).stream()
                    .map(X509Certificate.class::cast)
                    .toArray(X509Certificate[]::new);
            if (anchors.length == 0) {
                throw new CertificateException("there is no certificate in the file");
            }
            return anchoredAt(anchors);
        }
    }

    /** Prints only counts, because certificates name people and hosts. */
    @Override
    public String toString() {
        return "TlsTrust[anchors=" + anchors.size() + ", pins=" + pins.size() + ", client=" + (client != null) + "]";
    }

    /** A certificate chain, the user's own first, and its key. */
    public record ClientCertificate(List<X509Certificate> chain, PrivateKey key) {
        public ClientCertificate {
            chain = List.copyOf(Objects.requireNonNull(chain, "chain"));
            Objects.requireNonNull(key, "key");
            if (chain.isEmpty()) {
                throw new IllegalArgumentException("a client certificate chain has at least one certificate");
            }
        }

        @Override
        public String toString() {
            return "ClientCertificate[redacted]";
        }
    }
}

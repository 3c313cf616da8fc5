// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.phonesystem;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Whom TLS trusts, and who the client is to the server.
 *
 * <p>A SIP server's certificate names whom the user asked for, never a name that DNS led to (RFC 5922 §4, §7.3):
 *
 * <ul>
 *   <li>an account without an outbound proxy: its domain, whichever server SRV or an address record chose;
 *   <li>an account with an outbound proxy: its domain or the proxy's host, either will do. SNI asks for the proxy's name, for the domain
 *       where the proxy is an address;
 *   <li>a server within a call that is neither (a route, or the other side's contact): the host of that URI.
 * </ul>
 *
 * A name counts if a DNS name of the subjectAltName, or a SIP URI without a user part there, equals it whole: a wildcard stands for nothing
 * (§7.2). An address counts if an IP address of the subjectAltName is it. Only where there is no subjectAltName at all, the common name
 * counts. Web and mail servers are held to the rules of the web (RFC 9525), under the host that was connected to.
 *
 * @param anchors certificate authorities to trust instead of the platform's; empty means the platform's
 * @param pins SHA-256 hashes of SubjectPublicKeyInfo, in base64; if not empty, the verified chain must hold one of them, in
 *     addition to all other checks
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

    /** Shows counts only: certificates name people and hosts. */
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

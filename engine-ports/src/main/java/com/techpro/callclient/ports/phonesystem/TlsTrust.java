// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.ports.phonesystem;

import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whom TLS trusts, and who the client is to the server.
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
        anchors = List.copyOf(anchors);
        pins = List.copyOf(pins);
    }

    public static TlsTrust anchoredAt(X509Certificate... anchors) {
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
            chain = List.copyOf(chain);
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

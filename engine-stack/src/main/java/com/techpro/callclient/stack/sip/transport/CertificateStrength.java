// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.transport;

import java.io.IOException;
import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.security.interfaces.DSAKey;
import java.security.interfaces.ECKey;
import java.security.interfaces.RSAKey;
import java.security.spec.PSSParameterSpec;
import java.util.List;
import java.util.Locale;

/**
 * Whether a certificate's keys and signatures withstand an attacker with money: at least 112 bits
 * of security (RFC 9325 §4.2, §4.5). The rules are the same for every anchor and platform, whose
 * own limits differ.
 */
final class CertificateStrength {
    private static final int RSA_BITS = 2_048;
    private static final int EC_BITS = 224;
    /** RFC 4055 §3.1. */
    private static final String RSASSA_PSS = "1.2.840.113549.1.1.10";

    private CertificateStrength() {}

    /**
     * @param path from the server's certificate to the anchor; the anchor's own signature proves
     *     nothing and is not checked
     */
    static boolean suffices(List<X509Certificate> path) {
        for (int i = 0; i < path.size(); i++) {
            X509Certificate certificate = path.get(i);
            boolean anchor = i == path.size() - 1;
            if (isWeak(certificate.getPublicKey()) || (!anchor && hasWeakSignature(certificate))) {
                return false;
            }
        }
        return true;
    }

    static boolean isWeak(PublicKey key) {
        if (key instanceof RSAKey rsa) {
            return rsa.getModulus().bitLength() < RSA_BITS;
        }
        if (key instanceof ECKey ec) {
            return ec.getParams().getOrder().bitLength() < EC_BITS;
        }
        // DSA exists in RFC 5280 §4.1.2.7 but not in TLS 1.3; an authority's DSA key must be as
        // long as an RSA key.
        return key instanceof DSAKey dsa
                && (dsa.getParams() == null || dsa.getParams().getP().bitLength() < RSA_BITS);
    }

    static boolean hasWeakSignature(X509Certificate certificate) {
        String hash = certificate.getSigAlgName();
        if (certificate.getSigAlgOID().equals(RSASSA_PSS)) {
            try {
                AlgorithmParameters parameters = AlgorithmParameters.getInstance(RSASSA_PSS);
                parameters.init(certificate.getSigAlgParams());
                hash = parameters.getParameterSpec(PSSParameterSpec.class).getDigestAlgorithm();
            } catch (GeneralSecurityException | IOException | RuntimeException e) {
                return true; // unreadable parameters prove nothing
            }
        }
        String name = hash.toUpperCase(Locale.ROOT).replace("-", "");
        return name.contains("SHA1") || name.contains("MD2") || name.contains("MD4") || name.contains("MD5");
    }
}

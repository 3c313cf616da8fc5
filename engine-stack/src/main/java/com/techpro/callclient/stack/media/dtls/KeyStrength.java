// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.dtls;

import java.io.IOException;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.util.PublicKeyFactory;

/**
 * Checks that a certificate's key withstands an attacker with money: at least 112 bits of security
 * (RFC 9325 §4.2), as for the phone system's certificate. A fingerprint identifies the key; it does
 * not prove that nobody else has it.
 */
final class KeyStrength {
    private static final int RSA_BITS = 2_048;
    private static final int EC_BITS = 224;

    private KeyStrength() {}

    /** An unreadable key does not suffice: the handshake could not complete with it. */
    static boolean suffices(byte[] certificate) {
        try {
            AsymmetricKeyParameter key = PublicKeyFactory.createKey(
                    Certificate.getInstance(certificate).getSubjectPublicKeyInfo());
            if (key instanceof RSAKeyParameters rsa) {
                return rsa.getModulus().bitLength() >= RSA_BITS;
            }
            return !(key instanceof ECKeyParameters curve)
                    || curve.getParameters().getN().bitLength() >= EC_BITS;
        } catch (IOException | RuntimeException e) {
            return false;
        }
    }
}

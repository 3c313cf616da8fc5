// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media.dtls;

import java.io.IOException;
import org.bouncycastle.asn1.x509.Certificate;
import org.bouncycastle.crypto.params.AsymmetricKeyParameter;
import org.bouncycastle.crypto.params.ECKeyParameters;
import org.bouncycastle.crypto.params.RSAKeyParameters;
import org.bouncycastle.crypto.util.PublicKeyFactory;

/**
 * Whether a certificate's key holds against somebody who can pay: at least 112 bits of security (RFC 9325 §4.2), as of the phone system's certificate. A fingerprint says whose the key
 * is; it does not say that nobody else has it.
 */
final class KeyStrength {
    private static final int RSA_BITS = 2_048;
    private static final int EC_BITS = 224;

    private KeyStrength() {}

    /** One that cannot be read holds nothing: the handshake would not come to its end with it. */
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

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.dtls;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.media.srtp.SrtpKeys;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.tls.SRTPProtectionProfile;
import org.jspecify.annotations.Nullable;

/**
 * The numbers of suites in the use_srtp extension (RFC 5764 §4.1.2, RFC 7714 §14.2), and the layout
 * of keys in the exported material (RFC 5764 §4.2).
 */
final class SrtpProfiles {
    /** The label of the exporter. */
    static final String LABEL = "EXTRACTOR-dtls_srtp";

    private SrtpProfiles() {}

    static int number(SrtpSuite suite) {
        return switch (suite) {
            case AEAD_AES_256_GCM -> SRTPProtectionProfile.SRTP_AEAD_AES_256_GCM;
            case AEAD_AES_128_GCM -> SRTPProtectionProfile.SRTP_AEAD_AES_128_GCM;
            case AES_CM_128_HMAC_SHA1_80 -> SRTPProtectionProfile.SRTP_AES128_CM_HMAC_SHA1_80;
            case AES_CM_128_HMAC_SHA1_32 -> SRTPProtectionProfile.SRTP_AES128_CM_HMAC_SHA1_32;
        };
    }

    static int[] numbers(List<SrtpSuite> suites) {
        return suites.stream().mapToInt(SrtpProfiles::number).toArray();
    }

    /** Returns the first of ours that is among theirs. */
    static @Nullable SrtpSuite choose(List<SrtpSuite> ours, int[] theirs) {
        for (SrtpSuite suite : ours) {
            if (Arrays.stream(theirs).anyMatch(number -> number == number(suite))) {
                return suite;
            }
        }
        return null;
    }

    /** Returns the length of the exported material: key and salt of both ends. */
    static int length(SrtpSuite suite) {
        return 2 * (suite.keyLength() + suite.saltLength());
    }

    /**
     * @param end the end whose media the keys protect
     */
    static SrtpKeys keys(SrtpSuite suite, byte[] exported, DtlsRole end) {
        int which = end == DtlsRole.CLIENT ? 0 : 1;
        byte[] keySalt = new byte[suite.keyLength() + suite.saltLength()];
        System.arraycopy(exported, which * suite.keyLength(), keySalt, 0, suite.keyLength());
        System.arraycopy(
                exported,
                2 * suite.keyLength() + which * suite.saltLength(),
                keySalt,
                suite.keyLength(),
                suite.saltLength());
        SrtpKeys keys = new SrtpKeys(suite, keySalt, SrtpKeys.MAX_LIFETIME);
        Arrays.fill(keySalt, (byte) 0);
        return keys;
    }
}

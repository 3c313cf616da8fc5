// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import org.junit.jupiter.api.Test;

class SrtpKeysTest {
    private static SrtpKeys keys(SrtpSuite suite, int lastByte, long lifetime) {
        byte[] keySalt = new byte[suite.keyLength() + suite.saltLength()];
        keySalt[keySalt.length - 1] = (byte) lastByte;
        return new SrtpKeys(suite, keySalt, lifetime);
    }

    /** The same keys keep their context, and others must not. */
    @Test
    void keys_are_equal_in_all_parts_or_not_at_all() {
        SrtpKeys keys = keys(SrtpSuite.AES_CM_128_HMAC_SHA1_80, 1, 1000);
        assertThat(keys)
                .isEqualTo(keys(SrtpSuite.AES_CM_128_HMAC_SHA1_80, 1, 1000))
                .hasSameHashCodeAs(keys(SrtpSuite.AES_CM_128_HMAC_SHA1_80, 1, 1000))
                .isNotEqualTo(keys(SrtpSuite.AES_CM_128_HMAC_SHA1_80, 2, 1000))
                .isNotEqualTo(keys(SrtpSuite.AES_CM_128_HMAC_SHA1_80, 1, 1001))
                .isNotEqualTo(keys(SrtpSuite.AES_CM_128_HMAC_SHA1_32, 1, 1000))
                .isNotEqualTo("keys");
        assertThat(keys.hashCode())
                .isNotEqualTo(keys(SrtpSuite.AES_CM_128_HMAC_SHA1_80, 2, 1000).hashCode());
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import com.techpro.callclient.stack.media.srtp.CryptoAttribute.Problem;
import com.techpro.callclient.stack.media.srtp.CryptoAttribute.Unusable;
import com.techpro.callclient.stack.media.srtp.CryptoAttribute.Usable;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class CryptoAttributeTest {
    private static final String KEY = "WVNfX19zZW1jdGwgKCkgewkyMjA7fQp9CnVubGVz";

    @ParameterizedTest
    @EnumSource
    void a_written_attribute_is_parsed_back(SrtpSuite suite) {
        SrtpKeys keys = SrtpKeys.generate(suite, Seeds.random(4568));
        assertThat(SrtpKeys.parse(keys.toCryptoAttribute(3))).isEqualTo(new Usable(3, keys));
        SrtpKeys shortLived = new SrtpKeys(suite, keys.masterKeySalt(), 1000);
        assertThat(SrtpKeys.parse(shortLived.toCryptoAttribute(4))).isEqualTo(new Usable(4, shortLived));
    }

    /** rtpengine writes none; RFC 4568 §9.2 wants it, and nothing is ambiguous without. */
    @ParameterizedTest
    @EnumSource
    void keys_are_read_without_the_padding_of_base64(SrtpSuite suite) {
        SrtpKeys keys = SrtpKeys.generate(suite, Seeds.random(4568));
        assertThat(SrtpKeys.parse(keys.toCryptoAttribute(3).replace("=", ""))).isEqualTo(new Usable(3, keys));
    }

    @Test
    void the_example_of_rfc_4568_section_10_2_is_read() {
        // Its example names no key identifier; that of section 9.2 does
        var read = (Usable) SrtpKeys.parse("1 AES_CM_128_HMAC_SHA1_80 inline:" + KEY + "|2^20");
        assertThat(read.tag()).isEqualTo(1);
        assertThat(read.keys().suite()).isEqualTo(SrtpSuite.AES_CM_128_HMAC_SHA1_80);
        assertThat(read.keys().masterKeySalt()).isEqualTo(Base64.getDecoder().decode(KEY));
        assertThat(read.keys().lifetime()).isEqualTo(1L << 20);
    }

    @ParameterizedTest
    @CsvSource({
        "inline:KEY, 281474976710656",
        "inline:KEY|2^48, 281474976710656",
        "inline:KEY|4096, 4096",
        "INLINE:KEY|2^0, 1",
        "inline:KEY WSH=128, 281474976710656",
        "inline:KEY KDR=0 -novelty, 281474976710656",
    })
    void legal_forms_are_read(String rest, long lifetime) {
        var read = (Usable) SrtpKeys.parse("7 aes_cm_128_hmac_sha1_32 " + rest.replace("KEY", KEY));
        assertThat(read.keys().lifetime()).isEqualTo(lifetime);
    }

    @ParameterizedTest
    @CsvSource({
        "AES_CM_128_HMAC_SHA1_80 inline:KEY|2^20|1:4, MKI",
        "AES_CM_128_HMAC_SHA1_80 inline:KEY|1:4, MKI",
        "AES_CM_128_HMAC_SHA1_80 inline:KEY;inline:KEY, MKI",
        "AES_CM_128_HMAC_SHA1_80 inline:KEY|2^49, LIFETIME",
        "AES_CM_128_HMAC_SHA1_80 inline:KEY|0, LIFETIME",
        "AES_CM_128_HMAC_SHA1_80 inline:KEY|, LIFETIME",
        "AES_CM_128_HMAC_SHA1_80 inline:KEY|99999999999999999999, LIFETIME",
        "AES_CM_128_HMAC_SHA1_80 inline:KEY|2^20|2^20, MALFORMED",
        "AES_CM_128_HMAC_SHA1_80 inline:KE!Y, MALFORMED",
        "AES_CM_128_HMAC_SHA1_80 uri:KEY, MALFORMED",
        "AES_CM_128_HMAC_SHA1_80, MALFORMED",
        "AES_CM_128_HMAC_SHA1_80 inline:AAAA, KEY_LENGTH",
        "AEAD_AES_256_GCM inline:KEY, KEY_LENGTH",
        "F8_128_HMAC_SHA1_80 inline:KEY, UNKNOWN_SUITE",
        "AES_CM_128_HMAC_SHA1_80 inline:KEY UNENCRYPTED_SRTCP, WEAKENED",
        "AES_CM_128_HMAC_SHA1_80 inline:KEY UNENCRYPTED_SRTP, WEAKENED",
        "AES_CM_128_HMAC_SHA1_80 inline:KEY UNAUTHENTICATED_SRTP, WEAKENED",
        "AES_CM_128_HMAC_SHA1_80 inline:KEY KDR=1, UNKNOWN_PARAMETER",
        "AES_CM_128_HMAC_SHA1_80 inline:KEY FEC_ORDER=FEC_SRTP, UNKNOWN_PARAMETER",
    })
    void unusable_forms_say_why(String rest, Problem problem) {
        assertThat(SrtpKeys.parse("2 " + rest.replace("KEY", KEY))).isEqualTo(new Unusable(2, problem));
    }

    @ParameterizedTest
    @CsvSource({"''", "' '", "x", "-1 A B", "9999999999 A B", "1234567890123 A B"})
    void without_a_tag_it_is_malformed(String value) {
        assertThat(SrtpKeys.parse(value)).isEqualTo(new Unusable(-1, Problem.MALFORMED));
    }

    @Test
    void keys_are_never_printed() {
        SrtpKeys keys = SrtpKeys.generate(SrtpSuite.AEAD_AES_128_GCM, Seeds.random(1));
        assertThat(new Usable(1, keys).toString())
                .isEqualTo("Usable[tag=1, keys=SrtpKeys[AEAD_AES_128_GCM, redacted]]");
    }
}

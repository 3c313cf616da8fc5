// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Expected values are from {@code printf abc | sha256sum} and its like. */
class FingerprintTest {
    private static final byte[] ABC = "abc".getBytes(StandardCharsets.US_ASCII);
    private static final String SHA_256 =
            "BA:78:16:BF:8F:01:CF:EA:41:41:40:DE:5D:AE:22:23:B0:03:61:A3:96:17:7A:9C:B4:10:FF:61:F2:00:15:AD";
    private static final String SHA_384 =
            "CB:00:75:3F:45:A3:5E:8B:B5:A0:3D:69:9A:C6:50:07:27:2C:32:AB:0E:DE:D1:63:1A:8B:60:5A:43:FF:5B:ED:"
                    + "80:86:07:2B:A1:E7:CC:23:58:BA:EC:A1:34:C8:25:A7";

    @Test
    void it_is_the_hash_of_the_certificate() {
        assertThat(Fingerprint.of(ABC).toAttribute()).isEqualTo("sha-256 " + SHA_256);
        assertThat(Fingerprint.of(ABC).matches(ABC)).isTrue();
        assertThat(Fingerprint.of(ABC).matches(new byte[3])).isFalse();
    }

    /** With patience anybody makes a certificate whose hash begins or ends alike: every octet counts. */
    @Test
    void a_hash_that_differs_in_one_octet_is_of_another_certificate() {
        for (String whole : List.of("sha-256 " + SHA_256, "sha-384 " + SHA_384)) {
            assertThat(read(whole).matches(ABC)).isTrue();
            for (int at = whole.indexOf(' ') + 1; at < whole.length(); at += 3) {
                String other = whole.startsWith("00", at) ? "01" : "00";
                String changed = whole.substring(0, at) + other + whole.substring(at + 2);
                assertThat(read(changed).matches(ABC)).as(changed).isFalse();
            }
        }
    }

    @Test
    void theirs_may_be_of_another_hash_and_in_small_letters() {
        assertThat(read("sha-384 " + SHA_384).matches(ABC)).isTrue();
        assertThat(read("SHA-256 " + SHA_256.toLowerCase(Locale.ROOT))).isEqualTo(Fingerprint.of(ABC));
    }

    private static Fingerprint read(String attribute) {
        return Objects.requireNonNull(Fingerprint.parse(attribute));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "sha-256",
                "sha-256 ",
                "sha-256 BA:78",
                "sha-1 A9:99:3E:36:47:06:81:6A:BA:3E:25:71:78:50:C2:6C:9C:D0:D8:9D",
                "md5 90:01:50:98:3C:D2:4F:B0:D6:96:3F:7D:28:E1:7F:72",
                "sha-999 " + SHA_256,
                "sha-384 " + SHA_256,
                "sha-256 " + SHA_256 + ":00",
                "sha-256 " + "ZZ"
                        + ":78:16:BF:8F:01:CF:EA:41:41:40:DE:5D:AE:22:23:B0:03:61:A3:96:17:7A:9C:B4:10:FF:61:F2:00:15:AD",
                "sha-256 BA-78:16:BF:8F:01:CF:EA:41:41:40:DE:5D:AE:22:23:B0:03:61:A3:96:17:7A:9C:B4:10:FF:61:F2:00:15:AD"
            })
    void a_malformed_or_weak_fingerprint_is_rejected(String attribute) {
        assertThat(Fingerprint.parse(attribute)).isNull();
    }

    @Test
    void it_does_not_print_itself() {
        assertThat(Fingerprint.of(ABC).toString()).isEqualTo("Fingerprint[sha-256]");
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.dtls;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SrtpProfilesTest {
    @ParameterizedTest
    @CsvSource({
        "AES_CM_128_HMAC_SHA1_80, 1, 60",
        "AES_CM_128_HMAC_SHA1_32, 2, 60",
        "AEAD_AES_128_GCM, 7, 56",
        "AEAD_AES_256_GCM, 8, 88"
    })
    void numbers_and_lengths_are_those_of_the_registry(SrtpSuite suite, int number, int length) {
        assertThat(SrtpProfiles.number(suite)).isEqualTo(number);
        assertThat(SrtpProfiles.length(suite)).isEqualTo(length);
    }

    /** RFC 5764 §4.2: client_write_key, server_write_key, client_write_salt, server_write_salt. */
    @Test
    void keys_lie_before_salts_and_the_clients_before_the_servers() {
        byte[] exported = new byte[56];
        for (int i = 0; i < exported.length; i++) {
            exported[i] = (byte) i;
        }
        byte[] client = SrtpProfiles.keys(SrtpSuite.AEAD_AES_128_GCM, exported, DtlsRole.CLIENT)
                .masterKeySalt();
        byte[] server = SrtpProfiles.keys(SrtpSuite.AEAD_AES_128_GCM, exported, DtlsRole.SERVER)
                .masterKeySalt();
        assertThat(client).startsWith(0, 1).endsWith(42, 43).hasSize(28);
        assertThat(client[16]).isEqualTo((byte) 32);
        assertThat(server).startsWith(16, 17).endsWith(54, 55);
        assertThat(server[16]).isEqualTo((byte) 44);
    }

    @Test
    void ours_come_first() {
        List<SrtpSuite> ours = List.of(SrtpSuite.AEAD_AES_256_GCM, SrtpSuite.AES_CM_128_HMAC_SHA1_80);
        assertThat(SrtpProfiles.choose(ours, new int[] {1, 7, 8})).isEqualTo(SrtpSuite.AEAD_AES_256_GCM);
        assertThat(SrtpProfiles.choose(ours, new int[] {2, 1, 99})).isEqualTo(SrtpSuite.AES_CM_128_HMAC_SHA1_80);
        assertThat(SrtpProfiles.choose(ours, new int[] {2, 5, 6})).isNull();
    }
}

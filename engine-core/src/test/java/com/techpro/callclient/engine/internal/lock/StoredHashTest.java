// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.lock;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.RandomDraws;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.security.GeneralSecurityException;
import java.util.Random;
import javax.crypto.SecretKeyFactory;
import javax.crypto.spec.PBEKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The hash of the password against the platform's own PBKDF2, which made those that users have
 * stored.
 */
class StoredHashTest {
    @ParameterizedTest
    @CsvSource({
        "secret, 1",
        "secret, 2",
        "secret, 1000",
        "Größe und Länge, 7",
        "'\uD83D\uDD11 with a key', 3",
        // Longer than a block of the hash.
        "0123456789012345678901234567890123456789012345678901234567890123456789, 5"
    })
    void RFC8018_it_is_the_PBKDF2_of_the_platform(String password, int iterations) throws Exception {
        Random random = Seeds.random(1, password);
        StoredHash hash = StoredHash.of(Secret.of(password), iterations, random);

        assertThat(hash).isNotNull();
        assertThat(hash.key()).isEqualTo(platforms(password, hash.salt(), iterations));
        assertThat(StoredHash.stored(hash.salt(), iterations, platforms(password, hash.salt(), iterations))
                        .matches(Secret.of(password)))
                .isTrue();
        assertThat(hash.matches(Secret.of(password + "x"))).isFalse();
    }

    @Test
    void every_hash_has_a_random_salt() {
        Random random = Seeds.random(1);
        RandomDraws.assertRandomOctets(
                () -> StoredHash.of(Secret.of("always the same"), 1, random).salt());
    }

    private static byte[] platforms(String password, byte[] salt, int iterations) throws GeneralSecurityException {
        return SecretKeyFactory.getInstance("PBKDF2WithHmacSHA256")
                .generateSecret(new PBEKeySpec(password.toCharArray(), salt, iterations, 256))
                .getEncoded();
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of the lock is there after a restart, and what wrong passwords cost. */
class LockRecordTest {
    private static final Instant NOW = Instant.parse("2026-03-02T12:00:00Z");

    @Test
    void all_of_it_survives_a_restart() throws Exception {
        LockRecord record = LockRecord.EMPTY
                .with(new AppLock.Settings(
                        AppLock.Mode.BIOMETRIC_OR_PASSWORD, Duration.ofMinutes(5), Duration.ofSeconds(30)))
                .with(hash())
                .with(Attempts.NONE.another(NOW).another(NOW.plusSeconds(9)))
                .trusting(true);

        LockRecord restored = LockRecord.decode(record.encode());

        assertThat(restored.settings()).isEqualTo(record.settings());
        assertThat(restored.attempts()).isEqualTo(new Attempts(2, NOW.plusSeconds(9)));
        assertThat(restored.enrolmentTrusted()).isTrue();
        assertThat(restored.password().key()).isEqualTo(record.password().key());
        assertThat(restored.password().salt()).isEqualTo(record.password().salt());
        assertThat(restored.password().iterations()).isEqualTo(record.password().iterations());
    }

    @Test
    void time_outs_that_are_not_set_stay_so() throws Exception {
        AppLock.Settings never = new AppLock.Settings(AppLock.Mode.PASSWORD, null, null);

        assertThat(LockRecord.decode(LockRecord.EMPTY.with(never).encode()).settings())
                .isEqualTo(never);
        assertThat(LockRecord.decode(null)).isEqualTo(LockRecord.EMPTY);
    }

    @ParameterizedTest
    @CsvSource({"0, 0", "1, 0", "2, 0", "3, 5", "4, 10", "5, 20", "12, 2560", "13, 3600", "1000, 3600"})
    void R4_the_third_wrong_password_costs_five_seconds_and_each_further_one_twice_as_much(int failures, long seconds) {
        assertThat(new Attempts(failures, NOW).cost()).isEqualTo(Duration.ofSeconds(seconds));
    }

    @ParameterizedTest
    @CsvSource({
        // failures, seconds since the last, seconds left
        "2, 0, 0",
        "3, 0, 5",
        "3, 100, 5",
        "5, 5, 20",
        "8, 60, 100",
        "8, 140, 30",
        "8, 1000, 30",
        "8, -1, 160"
    })
    void after_a_restart_what_is_left_is_waited_for_and_setting_the_clock_is_no_way_round(
            int failures, long passed, long left) {
        assertThat(new Attempts(failures, NOW).leftAfterRestart(NOW.plusSeconds(passed)))
                .isEqualTo(Duration.ofSeconds(left));
    }

    /** The key is what {@code openssl kdf -kdfopt digest:SHA256 ... PBKDF2} prints. */
    @Test
    void the_password_is_kept_as_PBKDF2_with_HMAC_SHA_256_and_a_salt_of_its_own() {
        byte[] salt = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");
        byte[] key = HexFormat.of().parseHex("1e620fa14902472b0496528c251035e630a47458b80a9b7202ffb967d3abdf02");

        assertThat(PasswordHash.stored(salt, 1_000, key).matches(Secret.of("the secret")))
                .isTrue();
        assertThat(PasswordHash.stored(salt, 1_001, key).matches(Secret.of("the secret")))
                .isFalse();
        assertThat(PasswordHash.stored(salt, 1_000, key).matches(Secret.of("the Secret")))
                .isFalse();
        assertThat(PasswordHash.of(Secret.of("the secret"), 1_000, Seeds.random(2))
                        .salt())
                .isNotEqualTo(hash().salt());
    }

    private static PasswordHash hash() {
        return PasswordHash.of(Secret.of("the secret"), 1_000, Seeds.random(1));
    }

    @ParameterizedTest
    @CsvSource({
        "16, 32, 1, true",
        "16, 32, 10000000, true",
        "16, 32, 0, false",
        "16, 32, 10000001, false",
        "15, 32, 1, false",
        "16, 31, 1, false"
    })
    void a_stored_hash_is_within_bounds(int salt, int key, int iterations, boolean accepted) {
        assertThatCode(() -> PasswordHash.stored(new byte[salt], iterations, new byte[key]))
                .matches(failure -> accepted == (failure == null));
    }
}

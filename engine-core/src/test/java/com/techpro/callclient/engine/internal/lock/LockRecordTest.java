// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.engine.internal.store.StoredDocument.UnreadableException;
import com.techpro.callclient.engine.lock.AppLock;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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
    void a_pin_survives_a_restart_with_its_failed_attempts() throws Exception {
        AppLock.Settings settings = new AppLock.Settings(AppLock.Mode.BIOMETRIC_OR_PIN, null, Duration.ZERO);
        LockRecord record = LockRecord.EMPTY
                .withPin(hash(), settings)
                .counting(new LockInput.Attempted(NOW, true))
                .counting(new LockInput.Attempted(NOW, false))
                .counting(new LockInput.Attempted(NOW, true));

        LockRecord restored = LockRecord.decode(record.encode());

        assertThat(restored.settings()).isEqualTo(settings);
        assertThat(restored.password()).isNull();
        assertThat(restored.pin().failures()).isEqualTo(2);
        assertThat(restored.pin().hash().matches(Secret.of("the secret"))).isTrue();
        assertThat(restored.attempts().failures()).isEqualTo(3);
    }

    /** As the engine wrote it before there were PINs; the key is what openssl prints, see below. */
    @Test
    void a_lock_stored_before_there_were_pins_opens_as_it_did() throws Exception {
        String stored = "{\"version\":1,\"mode\":\"BIOMETRIC_OR_PASSWORD\",\"idle\":300000,\"failures\":2,"
                + "\"lastFailure\":1772452800000,\"enrolmentTrusted\":true,\"salt\":\"AAECAwQFBgcICQoLDA0ODw==\","
                + "\"iterations\":1000,\"hash\":\"HmIPoUkCRysEllKMJRA15jCkdFi4CptyAv+5Z9Or3wI=\"}";

        LockRecord record = LockRecord.decode(stored.getBytes(StandardCharsets.UTF_8));

        assertThat(record.password().matches(Secret.of("the secret"))).isTrue();
        assertThat(record.pin()).isNull();
        assertThat(record.attempts()).isEqualTo(new Attempts(2, NOW));
        assertThat(new String(record.encode(), StandardCharsets.UTF_8))
                .as("without a PIN an older engine still reads it")
                .isEqualTo(stored);
    }

    @Test
    void an_engine_that_knows_no_pins_finds_it_too_new_and_stays_locked() {
        LockRecord record = LockRecord.EMPTY.withPin(hash(), new AppLock.Settings(AppLock.Mode.PIN, null, null));

        assertThat(new String(record.encode(), StandardCharsets.UTF_8)).startsWith("{\"version\":2,");
    }

    @ParameterizedTest
    @ValueSource(strings = {"pinHash", "pinSalt", "pinIterations", "pinFailures"})
    void a_mode_without_its_pin_is_damage(String missing) {
        LockRecord record = LockRecord.EMPTY.withPin(hash(), new AppLock.Settings(AppLock.Mode.PIN, null, null));
        String damaged = new String(record.encode(), StandardCharsets.UTF_8).replace(missing, "x" + missing);

        assertThatThrownBy(() -> LockRecord.decode(damaged.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOfSatisfying(
                        UnreadableException.class,
                        failure -> assertThat(failure.reason()).isEqualTo(Reason.CORRUPT));
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
    void R4_the_third_wrong_password_delays_by_five_seconds_and_each_further_doubles_it(int failures, long seconds) {
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
    void after_a_restart_the_remaining_delay_applies_and_a_clock_change_cannot_evade_it(
            int failures, long passed, long left) {
        assertThat(new Attempts(failures, NOW).leftAfterRestart(NOW.plusSeconds(passed)))
                .isEqualTo(Duration.ofSeconds(left));
    }

    /** The key is what {@code openssl kdf -kdfopt digest:SHA256 ... PBKDF2} prints. */
    @Test
    void the_password_is_kept_as_PBKDF2_with_HMAC_SHA_256_and_a_salt_of_its_own() {
        byte[] salt = HexFormat.of().parseHex("000102030405060708090a0b0c0d0e0f");
        byte[] key = HexFormat.of().parseHex("1e620fa14902472b0496528c251035e630a47458b80a9b7202ffb967d3abdf02");

        assertThat(StoredHash.stored(salt, 1_000, key).matches(Secret.of("the secret")))
                .isTrue();
        assertThat(StoredHash.stored(salt, 1_001, key).matches(Secret.of("the secret")))
                .isFalse();
        assertThat(StoredHash.stored(salt, 1_000, key).matches(Secret.of("the Secret")))
                .isFalse();
        assertThat(StoredHash.of(Secret.of("the secret"), 1_000, Seeds.random(2))
                        .salt())
                .isNotEqualTo(hash().salt());
    }

    /** RFC 7914 §11, and what {@code openssl kdf} prints for a password that is longer than a block and not ASCII. */
    @ParameterizedTest
    @CsvSource({
        "passwd, 1, 73616c74, 1, 55ac046e56e3089fec1691c22544b605f94185216dde0465e68b9d57c20dacbc",
        "Password, 1, 4e61436c, 80000, 4ddcd8f60b98be21830cee5ef22701f9641a4418d04c0414aeff08876b34ab56",
        "'Käse ', 20, 000102030405060708090a0b0c0d0e0f, 1000,"
                + " 1b2537320e0e596cac2730a148d5cb8ae71231cc7afe7a454794d1fd16102dd2"
    })
    void the_derivation_is_PBKDF2(String password, int times, String salt, int iterations, String key) {
        byte[] text = password.repeat(times).getBytes(StandardCharsets.UTF_8);

        assertThat(HexFormat.of().formatHex(Pbkdf2.sha256(text, HexFormat.of().parseHex(salt), iterations)))
                .isEqualTo(key);
    }

    private static StoredHash hash() {
        return StoredHash.of(Secret.of("the secret"), 1_000, Seeds.random(1));
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
        assertThatCode(() -> StoredHash.stored(new byte[salt], iterations, new byte[key]))
                .matches(failure -> accepted == (failure == null));
    }
}

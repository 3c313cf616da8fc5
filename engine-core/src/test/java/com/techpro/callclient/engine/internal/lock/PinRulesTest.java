// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.lock;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.techpro.callclient.engine.lock.LockOutcome.Result;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.secret.SecretAccess;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which PINs are refused, and what two keyboards type. */
class PinRulesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                // The ten commonest of six digits (Markert et al. 2020, table 5).
                "123456",
                "654321",
                "111111",
                "000000",
                "123123",
                "666666",
                "121212",
                "112233",
                "789456",
                "159753",
                "999999",
                "234567",
                "987654",
                "890123",
                "210987",
                "135791",
                "864208",
                "1111111111",
                "4747474",
                "abcdef",
                "fedcba",
                "aaaaaaa",
                "abcabc",
                "abababa",
                "111112",
                "277777",
                "122222",
                "212221",
                "password",
                "PassWort",
                "qwerty",
                "1q2w3e"
            })
    void commonly_guessed_pins_are_refused(String pin) {
        assertThat(refusal(pin)).isEqualTo(Result.PIN_TOO_SIMPLE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "274913",
                "010290",
                "112358",
                "123465",
                "135790",
                "correct horse",
                "passwords are bad",
                "aabbcc",
                "Käse und Brot",
                "١٤٧٣٩٠"
            })
    void pins_that_are_not_commonly_guessed_are_accepted(String pin) {
        assertThat(refusal(pin)).isNull();
    }

    @ParameterizedTest
    @CsvSource({"0, PIN_TOO_SHORT", "5, PIN_TOO_SHORT", "6,", "128,", "129, PIN_TOO_LONG"})
    void it_has_six_to_128_characters(int length, Result refusal) {
        StringBuilder pin = new StringBuilder();
        Random random = Seeds.random(3);
        for (int i = 0; i < length; i++) {
            pin.append((char) ('0' + random.nextInt(10)));
        }

        assertThat(refusal(pin.toString())).isEqualTo(refusal);
    }

    @Test
    void digits_and_letters_are_the_same_from_every_keyboard() {
        assertThat(prepared("٢٧٤٩١٣")).isEqualTo("274913");
        assertThat(prepared("२७४९१३")).isEqualTo("274913");
        assertThat(prepared("Ka\u0308se")).isEqualTo("K\u00e4se");
        assertThat(prepared("K\u00e4se")).isEqualTo("K\u00e4se");
        assertThat(prepared("Case Matters")).isEqualTo("Case Matters");
    }

    @Test
    void the_given_pin_is_wiped() {
        Secret given = Secret.of("274913");

        PinRules.prepared(given);

        assertThatThrownBy(() -> given.use(SecretAccess.forAuthenticators(), char[]::clone))
                .isInstanceOf(IllegalStateException.class);
    }

    private static Result refusal(String pin) {
        return PinRules.refusal(PinRules.prepared(Secret.of(pin)));
    }

    private static String prepared(String pin) {
        return PinRules.prepared(Secret.of(pin)).use(SecretAccess.forAuthenticators(), String::new);
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.lock;

import com.techpro.callclient.engine.lock.LockOutcome.Result;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.secret.SecretAccess;
import java.nio.CharBuffer;
import java.text.Normalizer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rules for PINs, and how PINs are compared. With few attempts, a PIN is guessed by trying the
 * most common ones: one digit repeated, sequences, repetitions, and a few more (Markert et al.,
 * "This PIN Can Be Easily Guessed", 2020, §4). Those are refused. Birthdays are not, because half
 * of all numbers are one.
 */
final class PinRules {
    /** The minimum length of activation secrets (NIST SP 800-63B-4 §3.2.10). */
    static final int SHORTEST = 6;

    static final int LONGEST = 128;

    /** Below U+0300 every text is in NFC (Unicode Standard Annex 15, §9). */
    private static final char FIRST_TO_COMPOSE = 0x300;

    /** The most common PINs that no rule below finds. */
    private static final String[] COMMONEST = {
        "112233",
        "789456",
        "159753",
        "147258",
        "258456",
        "142536",
        "520131",
        "147852",
        "qwerty",
        "qwertz",
        "azerty",
        "password",
        "passwort",
        "iloveyou",
        "letmein",
        "qwertyuiop",
        "1q2w3e",
        "1q2w3e4r"
    };

    private PinRules() {}

    /**
     * Returns the PIN in the form for comparison: in NFC (RFC 8265 §4.2.2), with the digits of all
     * scripts mapped to ASCII, because keyboards differ. The given PIN is wiped.
     */
    static Secret prepared(Secret given) {
        try {
            return given.use(SecretAccess.forAuthenticators(), PinRules::prepared);
        } finally {
            given.wipe();
        }
    }

    private static Secret prepared(char[] characters) {
        boolean composes = false;
        for (char character : characters) {
            composes |= character >= FIRST_TO_COMPOSE;
        }
        if (!composes) {
            return Secret.of(characters);
        }
        // The normaliser creates a string, which cannot be wiped, so it is used only if needed.
        char[] composed = Normalizer.normalize(CharBuffer.wrap(characters), Normalizer.Form.NFC)
                .toCharArray();
        for (int i = 0; i < composed.length; i++) {
            int digit = Character.digit(composed[i], 10);
            composed[i] = digit < 0 ? composed[i] : (char) ('0' + digit);
        }
        Secret secret = Secret.of(composed);
        Arrays.fill(composed, '\0');
        return secret;
    }

    /** Returns why this cannot be a PIN, or null. */
    static @Nullable Result refusal(Secret pin) {
        int length = pin.use(SecretAccess.forAuthenticators(), characters -> characters.length);
        if (length < SHORTEST) {
            return Result.PIN_TOO_SHORT;
        }
        if (length > LONGEST) {
            return Result.PIN_TOO_LONG;
        }
        return pin.use(SecretAccess.forAuthenticators(), PinRules::isSimple) ? Result.PIN_TOO_SIMPLE : null;
    }

    private static boolean isSimple(char[] pin) {
        return isRow(pin) || isRepetition(pin) || hasTwoCharacters(pin) || isCommon(pin);
    }

    /**
     * Whether it is a sequence with one step throughout, including zero; 9 and 0 are neighbours.
     * Examples: 111111, 234567, 890123, 864208.
     */
    private static boolean isRow(char[] pin) {
        for (int step = -2; step <= 2; step++) {
            boolean row = true;
            for (int i = 1; i < pin.length && row; i++) {
                int by = pin[i] - pin[i - 1];
                boolean digits = isDigit(pin[i]) && isDigit(pin[i - 1]);
                row = by == step || (digits && Math.floorMod(by, 10) == Math.floorMod(step, 10));
            }
            if (row) {
                return true;
            }
        }
        return false;
    }

    /** Whether a part of at most half the length repeats: 123123, 4747474. */
    private static boolean isRepetition(char[] pin) {
        for (int period = 1; period <= pin.length / 2; period++) {
            boolean same = true;
            for (int i = period; i < pin.length && same; i++) {
                same = pin[i] == pin[i - period];
            }
            if (same) {
                return true;
            }
        }
        return false;
    }

    private static boolean hasTwoCharacters(char[] pin) {
        char other = pin[0];
        for (char character : pin) {
            if (character != pin[0] && other == pin[0]) {
                other = character;
            } else if (character != pin[0] && character != other) {
                return false;
            }
        }
        return true;
    }

    private static boolean isCommon(char[] pin) {
        for (String common : COMMONEST) {
            boolean same = common.length() == pin.length;
            for (int i = 0; i < pin.length && same; i++) {
                same = Character.toLowerCase(pin[i]) == common.charAt(i);
            }
            if (same) {
                return true;
            }
        }
        return false;
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }
}

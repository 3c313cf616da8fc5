// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.directory;

/** Which key of a telephone a letter is on (ITU-T E.161). */
final class PhoneKeys {
    private static final String KEYS = "22233344455566677778889999";

    private PhoneKeys() {}

    /** 0 if it is on none. */
    static char of(char letter) {
        char upper = Character.toUpperCase(letter);
        return upper >= 'A' && upper <= 'Z' ? KEYS.charAt(upper - 'A') : 0;
    }
}

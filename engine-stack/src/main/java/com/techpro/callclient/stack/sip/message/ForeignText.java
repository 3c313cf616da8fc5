// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.sip.message;

/**
 * Text from an untrusted peer that a person will read: limited in length, on one line, and without
 * characters that could make it read as something else.
 */
public final class ForeignText {
    private ForeignText() {}

    /**
     * @param longest in characters as people count them, not in chars
     */
    public static String clean(String given, int longest) {
        StringBuilder text = new StringBuilder(Math.min(given.length(), longest));
        given.codePoints().filter(ForeignText::isHarmless).limit(longest).forEach(text::appendCodePoint);
        return text.toString().trim();
    }

    /**
     * Whether the character is no control, no bidirectional override (Unicode TR 36 §2.9), and no
     * half of a surrogate pair.
     */
    private static boolean isHarmless(int c) {
        boolean turns = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x2028 || c == 0x2029;
        return !turns && !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE;
    }
}

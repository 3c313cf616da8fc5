// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.sip.message;

/** Text of a stranger's that a person will read: bounded, on one line, and without signs that could make it read as something else. */
public final class ForeignText {
    private ForeignText() {}

    /** @param longest in characters as people count them, not in chars */
    public static String clean(String given, int longest) {
        StringBuilder text = new StringBuilder(Math.min(given.length(), longest));
        given.codePoints().filter(ForeignText::isHarmless).limit(longest).forEach(text::appendCodePoint);
        return text.toString().trim();
    }

    /** Neither a control, nor one that turns the direction of the text (Unicode TR 36 §2.9), nor half a character. */
    private static boolean isHarmless(int c) {
        boolean turns = (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x2028 || c == 0x2029;
        return !turns && !Character.isISOControl(c) && Character.getType(c) != Character.SURROGATE;
    }
}

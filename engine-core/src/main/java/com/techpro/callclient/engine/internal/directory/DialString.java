// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.directory;

import org.jspecify.annotations.Nullable;

/**
 * A number in the forms it can be compared by. Prints without personal data.
 *
 * @param literal what is dialled, without separators; for what is no number, the text
 * @param digits of a telephone number, national or international; empty for extensions, feature codes and names
 * @param global the E.164 number, or null if that cannot be told
 * @param extension behind the number, or empty
 */
public record DialString(
        String literal, String digits, @Nullable String global, String extension) {
    /** Below this, two numbers that end alike say nothing. */
    static final int SHORTEST_SUFFIX = 7;

    /** Whether only its text counts: an extension, a feature code, or a name. */
    public boolean isLocal() {
        return digits.isEmpty();
    }

    /**
     * Whether two numbers reach the same. Telephone numbers that are both complete must be equal; where one is not, it must be the end of the
     * other.
     */
    public boolean sameAs(DialString other) {
        if (isLocal() || other.isLocal()) {
            return literal.equals(other.literal);
        }
        if (global != null && other.global != null) {
            return global.equals(other.global);
        }
        return digits.equals(other.digits) || endsAlike(other);
    }

    /** Whether the significant digits of one are the end of the other's, and enough to say something. */
    boolean endsAlike(DialString other) {
        String mine = significant();
        String their = other.significant();
        return Math.min(mine.length(), their.length()) >= SHORTEST_SUFFIX
                && (mine.endsWith(their) || their.endsWith(mine));
    }

    /** The digits that matter wherever it is dialled from: complete, or without trunk and international prefixes. */
    String significant() {
        if (global != null) {
            return global.substring(1);
        }
        int from = 0;
        while (from < digits.length() && digits.charAt(from) == '0') {
            from++;
        }
        return digits.substring(from);
    }

    @Override
    public String toString() {
        return "DialString[redacted]";
    }
}

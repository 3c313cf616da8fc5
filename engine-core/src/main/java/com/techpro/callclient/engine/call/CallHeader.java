// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

/**
 * A header of the host's own in an INVITE, such as {@code X-Queue: sales}. Prints without its value.
 *
 * @param name a token of RFC 3261 §25.1, compared without regard to case
 * @param value at most 512 characters on one line; in an incoming call the other side wrote it, so do not trust it
 */
public record CallHeader(String name, String value) {
    private static final int MAX_NAME = 64;
    private static final int MAX_VALUE = 512;

    /**
     * Checks name and value.
     *
     * @throws IllegalArgumentException for a name that is no token, or a value that is too long or has a control
     *     character
     */
    public CallHeader {
        if (name.isEmpty() || name.length() > MAX_NAME || !name.chars().allMatch(CallHeader::isToken)) {
            throw new IllegalArgumentException("a header's name is a token of at most " + MAX_NAME + " characters");
        }
        // Without the value, which may name somebody.
        if (value.length() > MAX_VALUE || !value.chars().noneMatch(c -> (c < ' ' && c != '\t') || c == 0x7f)) {
            throw new IllegalArgumentException(
                    "a header's value has at most " + MAX_VALUE + " characters and no line breaks or other controls");
        }
    }

    private static boolean isToken(int c) {
        return (c >= 'a' && c <= 'z')
                || (c >= 'A' && c <= 'Z')
                || (c >= '0' && c <= '9')
                || "-.!%*_+`'~".indexOf(c) >= 0;
    }

    @Override
    public String toString() {
        return "CallHeader[" + name + ": redacted]";
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.call.sdp;

/** Bounded decimal numbers: no sign, no overflow, no other digits than ASCII's. */
final class Digits {
    private Digits() {}

    /** The number, or -1 if the text is none or it is greater than the maximum. */
    static int parse(String text, int maximum) {
        if (text.isEmpty() || text.length() > 9) {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            number = number * 10 + (c - '0');
        }
        return number > maximum ? -1 : number;
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.dtmf;

/** The payload of RFC 4733 §2.3: event, end bit and volume, duration. Four octets. */
final class TelephoneEvent {
    static final int LENGTH = 4;
    static final int LONGEST_SEGMENT = 0xFFFF;

    private static final String DIGITS = "0123456789*#ABCD";

    private TelephoneEvent() {}

    /** Returns the event of a key, or -1. */
    static int of(char digit) {
        return DIGITS.indexOf(Character.toUpperCase(digit));
    }

    /** Returns the key of an event; only for events below {@link #keys}. */
    static char digit(int event) {
        return DIGITS.charAt(event);
    }

    /** Returns how many events are keys of the dial pad (RFC 4733 §3.2). */
    static int keys() {
        return DIGITS.length();
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.ear;

import java.time.Duration;
import java.util.Locale;

/**
 * A fault at one place.
 *
 * @param at since the begin of the heard recording
 * @param length its duration
 */
public record Finding(Kind kind, Duration at, Duration length) {
    /** The fault in a listener's terms. */
    public enum Kind {
        /** Silence instead of speech. */
        MISSING("missing"),
        /** A repetition of earlier sound instead of the speech. */
        REPEATED("repeated"),
        /** Another sound instead of the speech. */
        REPLACED("replaced"),
        /** The beginning of the first word is missing. */
        BEGINNING_CUT("missing from the first word"),
        /** The end of the last word is missing. */
        END_CUT("missing from the last word"),
        /** A short, sharp added sound. */
        CLICK("of a click"),
        /** A sound in pauses that comes and goes: an echo, or another voice. */
        VOICE("of another voice, or an echo"),
        /** A steady sound in pauses. */
        NOISE("of noise"),
        /** A steady, low sound in pauses. */
        HUM("of hum");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /** Returns a sentence with kind, length and time. */
    public String words() {
        return String.format(Locale.ROOT, "%d ms %s at %.2f s", length.toMillis(), kind.words, at.toMillis() / 1e3);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "at %6.2f s  %4d ms %s", at.toMillis() / 1e3, length.toMillis(), kind.words);
    }
}

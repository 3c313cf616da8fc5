// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.ear;

import java.time.Duration;
import java.util.Locale;

/**
 * Something that is wrong at one place.
 *
 * @param at since the beginning of what was heard
 * @param length how long it goes on
 */
public record Finding(Kind kind, Duration at, Duration length) {
    /** In the listener's terms. */
    public enum Kind {
        /** Silence, where speech should be. */
        MISSING("missing"),
        /** The same sound once more, in the place of what was said. */
        REPEATED("repeated"),
        /** Another sound in the place of what was said. */
        REPLACED("replaced"),
        /** The beginning of all is not there. */
        BEGINNING_CUT("missing from the first word"),
        /** The end of all is not there. */
        END_CUT("missing from the last word"),
        /** Something short and sharp that nobody said. */
        CLICK("of a click"),
        /** Something in the pauses that comes and goes: an echo, or somebody else. */
        VOICE("of another voice, or an echo"),
        /** Something steady in the pauses. */
        NOISE("of noise"),
        /** Something steady and low in the pauses. */
        HUM("of hum");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /** In a sentence: what, how long, and when. */
    public String words() {
        return String.format(Locale.ROOT, "%d ms %s at %.2f s", length.toMillis(), kind.words, at.toMillis() / 1e3);
    }

    @Override
    public String toString() {
        return String.format(Locale.ROOT, "at %6.2f s  %4d ms %s", at.toMillis() / 1e3, length.toMillis(), kind.words);
    }
}

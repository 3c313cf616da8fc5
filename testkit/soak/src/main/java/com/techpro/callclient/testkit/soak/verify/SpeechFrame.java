// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.verify;

/**
 * One frame of what was heard.
 *
 * @param at its first sample
 * @param delay in samples, between what was said and this
 * @param distance in decibels, if it was heard
 * @param followed whether it was clearly there at that delay, so that the delay is right
 */
record SpeechFrame(Kind kind, int at, int delay, double distance, boolean followed) {
    enum Kind {
        /** Nothing was said here that could be missed. */
        PAUSE,
        HEARD,
        SILENT,
        /** Something is heard, but not this. */
        OTHER,
        /** Missing, but the test's own sound card was held up at the time. */
        EXCUSED;

        boolean isGap() {
            return this == SILENT || this == OTHER;
        }
    }

    SpeechFrame as(Kind other) {
        return new SpeechFrame(other, at, delay, distance, followed);
    }
}

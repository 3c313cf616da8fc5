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
        /** Nothing was said here, but something is heard. */
        NOISY_PAUSE,
        HEARD,
        SILENT,
        /** Something is heard, but not this. */
        OTHER,
        /** Missing, but as a stall of the machine explains. */
        EXCUSED_SILENT,
        EXCUSED_OTHER;

        boolean isPause() {
            return this == PAUSE || this == NOISY_PAUSE;
        }

        boolean isGap() {
            return this == SILENT || this == OTHER;
        }
    }

    SpeechFrame as(Kind other) {
        return new SpeechFrame(other, at, delay, distance, followed);
    }

    /** Missing, guessed, or heard where nothing was said. */
    boolean isFault() {
        return kind.isGap() || kind == Kind.NOISY_PAUSE || (kind == Kind.HEARD && !followed);
    }

    /** The same with a stall's excuse. */
    SpeechFrame excused() {
        return switch (kind) {
            case SILENT -> as(Kind.EXCUSED_SILENT);
            case OTHER -> as(Kind.EXCUSED_OTHER);
            case NOISY_PAUSE -> as(Kind.PAUSE);
            default -> new SpeechFrame(kind, at, delay, distance, true);
        };
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.verify;

import java.time.Duration;
import java.util.List;

/**
 * What the comparison of one direction of a call found.
 *
 * @param compared how much actual speech (pauses left out) was due and compared
 * @param gapPercent the share of it that was not heard: silent, or something else
 * @param excusedPercent the share of what was due that was not heard either, but while the test's own sound cards were held up
 * @param beginningLost how much of the first word after an answer, a resume or a retrieved hold was not heard, at its worst
 * @param guessedPercent the share of it of which something like it was heard, as where a frame was repeated in place of one that was lost
 * @param noisyPausePercent the share of the pauses in which something was heard
 * @param spectralDistance mean log-spectral distance of what was heard from what was said, in decibels
 * @param delay one way, median
 * @param stretches how often that delay changed, as a jitter buffer changes it
 * @param inserted by how much that delay grew in all: what was put in between
 * @param gaps where, in samples since the first one heard
 */
public record SpeechVerdict(
        Outcome outcome,
        Duration compared,
        double gapPercent,
        double excusedPercent,
        Duration beginningLost,
        double guessedPercent,
        double noisyPausePercent,
        double spectralDistance,
        Duration delay,
        int stretches,
        Duration inserted,
        List<Span> gaps) {
    public boolean verified() {
        return outcome == Outcome.VERIFIED;
    }

    SpeechVerdict as(Outcome other) {
        return new SpeechVerdict(
                other,
                compared,
                gapPercent,
                excusedPercent,
                beginningLost,
                guessedPercent,
                noisyPausePercent,
                spectralDistance,
                delay,
                stretches,
                inserted,
                gaps);
    }

    /** In one word. */
    public enum Outcome {
        VERIFIED("verified"),
        /** Too little speech fell into the time that was judged. */
        TOO_SHORT("too-short"),
        NOTHING_HEARD("nothing-heard"),
        /** Something was heard, but nowhere what was said. */
        OTHER_SOUND("other-sound"),
        GAPS("gaps"),
        /** The first word was not there from its beginning. */
        CLIPPED_BEGINNING("clipped-beginning"),
        /** Too much of it was only like what was said: repeated, or made up. */
        GUESSED("guessed"),
        /** Something was heard while nothing was said: an echo, another call, noise. */
        NOISE("noise"),
        DISTORTED("distorted"),
        /** So much was missing while the test's own sound cards were held up that nothing can be said about the engine. */
        MACHINE_STALLED("machine-stalled");

        private final String code;

        Outcome(String code) {
            this.code = code;
        }

        /** A stable word for reports. */
        public String code() {
            return code;
        }
    }
}

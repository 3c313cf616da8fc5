// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.verify;

import com.techpro.callclient.testkit.judge.ear.Finding;
import java.time.Duration;
import java.util.List;

/**
 * The result of the comparison of one direction of a call.
 *
 * @param compared how much speech, without pauses, was due and compared
 * @param gapPercent the share of it that was not heard: silent, or left out
 * @param excusedPercent the share of the due speech that was missing while the test's own sound
 *     cards were held up
 * @param beginningLost the most that was lost of a first word after an answer, a resume or a
 *     retrieved hold
 * @param guessedPercent the share that another sound replaced, or a repetition, as concealment does
 * @param noisyPausePercent the share of the pauses in which sound was heard
 * @param spectralDistance the mean distance of the heard sound from the speech in decibels, without
 *     level and filter
 * @param score their similarity, 1 to 5; no MOS
 * @param levelDb how much louder it was heard, in decibels; negative if quieter
 * @param bandHertz the upper end of the band that arrived; {@link SpeechLimits#WIDEST_BAND} if
 *     nothing is missing
 * @param delay one way, median
 * @param stretches how often that delay changed, as by a jitter buffer
 * @param inserted by how much that delay grew in all
 * @param findings the faults with their places, from the first to the last
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
        double score,
        double levelDb,
        int bandHertz,
        Duration delay,
        int stretches,
        Duration inserted,
        List<Finding> findings) {
    public SpeechVerdict {
        findings = List.copyOf(findings);
    }

    public boolean verified() {
        return outcome == Outcome.VERIFIED;
    }

    /** The verdict in one word. */
    public enum Outcome {
        VERIFIED("verified"),
        /** The judged time had too little speech. */
        TOO_SHORT("too-short"),
        NOTHING_HEARD("nothing-heard"),
        /** Sound was heard, but none of the speech. */
        OTHER_SOUND("other-sound"),
        GAPS("gaps"),
        /** The beginning of the first word was missing. */
        CLIPPED_BEGINNING("clipped-beginning"),
        /** Another sound replaced too much of it: a repetition, a guess, or another voice. */
        GUESSED("guessed"),
        /** Sound was heard in pauses: an echo, another call, noise. */
        NOISE("noise"),
        DISTORTED("distorted"),
        WRONG_SPEED("wrong-speed"),
        TOO_QUIET("too-quiet"),
        TOO_LOUD("too-loud"),
        /** Frequencies that were requested, or that the codec carries, did not arrive. */
        NARROW("narrow"),
        /** The delay is too long for a conversation (ITU-T G.114). */
        TOO_LATE("too-late"),
        /**
         * Too much was missing while the test's own sound cards were held up, so the engine cannot
         * be judged.
         */
        MACHINE_STALLED("machine-stalled");

        private final String code;

        Outcome(String code) {
            this.code = code;
        }

        /** Returns a stable word for reports. */
        public String code() {
            return code;
        }
    }
}

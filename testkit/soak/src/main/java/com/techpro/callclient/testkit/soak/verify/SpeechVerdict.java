// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.verify;

import com.techpro.callclient.testkit.soak.ear.Finding;
import java.time.Duration;
import java.util.List;

/**
 * What the comparison of one direction of a call found.
 *
 * @param compared how much actual speech (pauses left out) was due and compared
 * @param gapPercent the share of it that was not heard: silent, or left out
 * @param excusedPercent the share of what was due that was not heard either, but while the test's own sound cards were held up
 * @param beginningLost how much of the first word after an answer, a resume or a retrieved hold was not heard, at its worst
 * @param guessedPercent the share of it in whose place another sound was heard, or the same once more, as where a lost packet is bridged
 * @param noisyPausePercent the share of the pauses in which something was heard
 * @param spectralDistance how far what was heard is from what was said, in decibels, mean, level and filter taken out
 * @param score how similar the two are, 1 to 5; no MOS
 * @param levelDb how much louder it is than it was said, in decibels; negative if it is quieter
 * @param bandHertz up to where all arrived that was said; {@link SpeechLimits#WIDEST_BAND} if nothing is missing
 * @param delay one way, median
 * @param stretches how often that delay changed, as a jitter buffer changes it
 * @param inserted by how much that delay grew in all: what was put in between
 * @param findings where, from the first to the last, and what is wrong there
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
        /** In place of too much of it there was another sound: repeated, made up, or somebody else. */
        GUESSED("guessed"),
        /** Something was heard while nothing was said: an echo, another call, noise. */
        NOISE("noise"),
        DISTORTED("distorted"),
        WRONG_SPEED("wrong-speed"),
        TOO_QUIET("too-quiet"),
        TOO_LOUD("too-loud"),
        /** Of the frequencies that were asked for, or that the codec carries, some did not arrive. */
        NARROW("narrow"),
        /** Nobody can talk like that (ITU-T G.114). */
        TOO_LATE("too-late"),
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

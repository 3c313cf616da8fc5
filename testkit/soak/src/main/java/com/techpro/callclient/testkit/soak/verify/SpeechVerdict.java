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
 * @param spectralDistance mean log-spectral distance of what was heard from what was said, in decibels
 * @param delay one way, median
 * @param stretches how often that delay changed, as a jitter buffer changes it
 * @param gaps where, in samples since the first one heard
 */
public record SpeechVerdict(
        Outcome outcome,
        Duration compared,
        double gapPercent,
        double excusedPercent,
        double spectralDistance,
        Duration delay,
        int stretches,
        List<Span> gaps) {
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

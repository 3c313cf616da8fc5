// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.ear;

import java.time.Duration;
import java.util.List;
import java.util.Locale;

/**
 * The result of a comparison of two recordings.
 *
 * @param verdict the worst fault, in one word
 * @param score how similar the two are, from 1 to 5 (identical); no MOS
 * @param speech how much was said, without pauses
 * @param missingPercent the share of it that is silent, or that a jump of time left out
 * @param otherPercent the share of it that another sound or a repetition replaced
 * @param delay one way, median; negative if the heard recording began later
 * @param levelDb how much louder it was heard, in the bands that arrived
 * @param lowestHertz the lower end of the band that arrived
 * @param highestHertz its upper end
 * @param upsideDown whether the waveform is inverted
 * @param offset mean of the samples, of 32,768
 * @param fasterPercent by how much it is faster; negative if slower
 * @param pauseDb how much quieter added sound in pauses is than speech
 * @param findings the faults with their places, from the first to the last
 */
public record Hearing(
        Verdict verdict,
        double score,
        Duration speech,
        double missingPercent,
        double otherPercent,
        Duration delay,
        double levelDb,
        int lowestHertz,
        int highestHertz,
        boolean upsideDown,
        double offset,
        double fasterPercent,
        double pauseDb,
        List<Finding> findings) {
    public Hearing {
        findings = List.copyOf(findings);
    }

    public boolean verified() {
        return verdict == Verdict.VERIFIED;
    }

    /** The verdict in one word. */
    public enum Verdict {
        VERIFIED("verified"),
        TOO_SHORT("too short: at least a second of speech is needed"),
        NOTHING_HEARD("nothing heard"),
        OTHER_SOUND("another sound: what was said is not in it"),
        CUT("the first or the last word is cut"),
        GAPS("parts of words are missing"),
        DISTORTED("parts of words are distorted"),
        WRONG_SPEED("wrong speed"),
        NOISE("something is heard that was not said"),
        LATE("too late for a conversation");

        private final String words;

        Verdict(String words) {
            this.words = words;
        }

        /** Returns the verdict for people. */
        public String words() {
            return words;
        }
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%s: similarity %.1f of 5, %.1f s of speech, %.1f %% missing, %.1f %% another sound, delay %d ms,"
                        + " level %+.1f dB, band %d to %d Hz, %s, offset %.0f, speed %+.1f %%, pauses %.0f dB below"
                        + " speech",
                verdict.words(),
                score,
                speech.toMillis() / 1e3,
                missingPercent,
                otherPercent,
                delay.toMillis(),
                Math.round(10 * levelDb) / 10.0,
                lowestHertz,
                highestHertz,
                upsideDown ? "inverted" : "not inverted",
                offset,
                Math.round(10 * fasterPercent) / 10.0,
                pauseDb);
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.verify;

import java.time.Duration;

/**
 * What still counts as having been heard.
 *
 * @param gapPercent most of the speech that may be missing
 * @param beginningLost most of the first word that may be missing
 * @param guessedPercent most of the speech that may only resemble what was said
 * @param noisyPausePercent most of the pauses that need not be silent
 * @param spectralDistance in decibels; G.711 itself makes about 1, a band or level that is wrong some 10
 * @param excusedPercent most of the speech that may be missing because the machine held up the test itself; more, and nothing can be said
 * @param leastCompared less speech than this proves nothing
 */
public record SpeechLimits(
        double gapPercent,
        Duration beginningLost,
        double guessedPercent,
        double noisyPausePercent,
        double spectralDistance,
        double excusedPercent,
        Duration leastCompared) {
    /** For a network that loses nothing. Over all calls the soak allows far less. */
    public static final SpeechLimits CLEAN =
            new SpeechLimits(2.0, Duration.ofMillis(20), 6.0, 10.0, 4.0, 10.0, Duration.ofSeconds(1));

    /** For two who were just brought together: a jitter buffer learns the delay of another far end, and each splice of it is two frames that only resemble. */
    SpeechLimits afterMove() {
        return new SpeechLimits(
                gapPercent,
                beginningLost,
                2 * guessedPercent,
                noisyPausePercent,
                spectralDistance,
                excusedPercent,
                leastCompared);
    }

    /**
     * For a network that is known to be bad: the far end can bridge what it loses only by guessing, and its jitter buffer has to
     * learn how late packets come.
     *
     * @param lossPercent of the whole path, one way
     * @param jitter by how much packets differ in their delay
     */
    public static SpeechLimits forImpairment(double lossPercent, Duration jitter) {
        double hurt = lossPercent + jitter.toMillis() / 20.0;
        return new SpeechLimits(
                CLEAN.gapPercent + 1.5 * hurt,
                CLEAN.beginningLost.plusMillis(60).plus(jitter),
                CLEAN.guessedPercent + 5 * hurt,
                CLEAN.noisyPausePercent + 5 * hurt,
                CLEAN.spectralDistance + 0.1 * hurt,
                CLEAN.excusedPercent,
                CLEAN.leastCompared);
    }
}

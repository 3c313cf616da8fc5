// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.verify;

import com.techpro.callclient.testkit.soak.ear.Impression;
import com.techpro.callclient.testkit.soak.verify.SpeechVerdict.Outcome;
import java.time.Duration;

/**
 * What still counts as having been heard.
 *
 * @param gapPercent most of the speech that may be missing
 * @param longestGap most of it that may be missing at once
 * @param beginningLost most of the first word that may be missing
 * @param guessedPercent most of the speech in whose place there may be another sound
 * @param longestGuess most of it at once
 * @param noisyPausePercent most of the pauses in which something may be heard
 * @param spectralDistance in decibels
 * @param levelDb most that it may be louder or quieter
 * @param latest the longest delay, one way
 * @param excusedPercent most of the speech that may be missing because the machine held up the test itself; more, and nothing can be said
 * @param leastCompared less speech than this proves nothing
 */
public record SpeechLimits(
        double gapPercent,
        Duration longestGap,
        Duration beginningLost,
        double guessedPercent,
        Duration longestGuess,
        double noisyPausePercent,
        double spectralDistance,
        double levelDb,
        Duration latest,
        double excusedPercent,
        Duration leastCompared) {
    /** For a network that loses nothing, and a phone system that changes no level. Over all calls the soak allows far less. */
    public static final SpeechLimits CLEAN = new SpeechLimits(
            2.0,
            Duration.ofMillis(60),
            Duration.ofMillis(25),
            4.0,
            Duration.ofMillis(80),
            10.0,
            4.0,
            5.0,
            Duration.ofMillis(400),
            10.0,
            Duration.ofSeconds(1));

    /** Without them what was heard has nothing to do with what was said. */
    private static final double LEAST_HEARD_PERCENT = 50;
    /** With so much missing it is not this speech with gaps, but no speech or another. */
    private static final double LOST_PERCENT = 30;

    /** In percent. */
    private static final double MOST_FASTER = 0.5;
    /** Where the telephone's band ends. */
    private static final int TELEPHONE_HERTZ = 3_300;

    /** Beyond what a telephone carries. */
    private static final int WIDEBAND_HERTZ = 4_900;

    /** The same, but for what may be missing. */
    public SpeechLimits withGaps(double mostPercent, Duration longest) {
        return with(mostPercent, longest, guessedPercent, levelDb, latest);
    }

    /** The same, but for how much louder or quieter it may be. */
    public SpeechLimits withLevel(double mostDb) {
        return with(gapPercent, longestGap, guessedPercent, mostDb, latest);
    }

    /** The same at a phone system of which nobody knows what its gateways do to the level. */
    public SpeechLimits atAnyLevel() {
        return withLevel(Double.MAX_VALUE);
    }

    /** The same for a recording, which is heard at any time. */
    SpeechLimits atAnyTime() {
        return with(gapPercent, longestGap, guessedPercent, levelDb, Duration.ofDays(1));
    }

    /** For two who were just brought together: a jitter buffer learns the delay of another far end. */
    SpeechLimits afterMove() {
        return with(gapPercent, longestGap, 2 * guessedPercent, levelDb, latest);
    }

    private SpeechLimits with(
            double mostMissing, Duration longestMissing, double mostGuessed, double mostDb, Duration longestDelay) {
        return new SpeechLimits(
                mostMissing,
                longestMissing,
                beginningLost,
                mostGuessed,
                longestGuess,
                noisyPausePercent,
                spectralDistance,
                mostDb,
                longestDelay,
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
                CLEAN.longestGap.plusMillis(Math.round(20 * hurt)),
                CLEAN.beginningLost.plusMillis(60).plus(jitter),
                CLEAN.guessedPercent + 3 * hurt,
                CLEAN.longestGuess.plusMillis(Math.round(20 * hurt)),
                CLEAN.noisyPausePercent + 5 * hurt,
                CLEAN.spectralDistance + 0.1 * hurt,
                CLEAN.levelDb,
                CLEAN.latest.plus(jitter.multipliedBy(4)),
                CLEAN.excusedPercent,
                CLEAN.leastCompared);
    }

    SpeechVerdict judge(Impression heard, Fidelity fidelity) {
        return new SpeechVerdict(
                outcome(heard, fidelity),
                heard.due(),
                heard.missingPercent(),
                heard.excusedPercent(),
                heard.beginningLost(),
                heard.otherPercent(),
                heard.noisyPausePercent(),
                heard.distance(),
                heard.score(),
                heard.delay(),
                heard.delayChanges(),
                heard.inserted(),
                heard.findings());
    }

    /** What a stall cannot explain is judged before what it can. */
    private Outcome outcome(Impression heard, Fidelity fidelity) {
        Duration due = heard.due().plus(heard.excused());
        boolean enough = due.compareTo(leastCompared) >= 0;
        double goneOfAll = percent(heard.missing().plus(heard.excused()), due);
        if (enough && goneOfAll > LEAST_HEARD_PERCENT) {
            return Outcome.NOTHING_HEARD;
        }
        if (enough && (heard.anotherSound() || percent(heard.other(), due) > LEAST_HEARD_PERCENT)) {
            return Outcome.OTHER_SOUND;
        }
        if (Math.abs(heard.fasterPercent()) > MOST_FASTER) {
            return Outcome.WRONG_SPEED;
        }
        // Of a moment's speech one step is a large share.
        Duration whole = heard.due().compareTo(leastCompared) < 0 ? leastCompared : heard.due();
        double missing = percent(heard.missing(), whole);
        if (missing > gapPercent) {
            return missing > Math.max(LOST_PERCENT, gapPercent) ? Outcome.NOTHING_HEARD : Outcome.GAPS;
        }
        if (heard.beginningLost().compareTo(beginningLost) > 0) {
            return Outcome.CLIPPED_BEGINNING;
        }
        if (heard.longestMissing().compareTo(longestGap) > 0) {
            return Outcome.GAPS;
        }
        if (heard.due().compareTo(leastCompared) < 0) {
            return enough ? Outcome.MACHINE_STALLED : Outcome.TOO_SHORT;
        }
        if (Math.abs(heard.levelDb()) > levelDb) {
            return heard.levelDb() < 0 ? Outcome.TOO_QUIET : Outcome.TOO_LOUD;
        }
        int carried = fidelity.highestHertz() > WIDEBAND_HERTZ ? WIDEBAND_HERTZ : TELEPHONE_HERTZ;
        if (heard.highestHertz() < Math.min(carried, heard.saidHighestHertz())) {
            return Outcome.NARROW;
        }
        if (heard.noisyPausePercent() > noisyPausePercent) {
            return Outcome.NOISE;
        }
        if (heard.distance() > spectralDistance) {
            return Outcome.DISTORTED;
        }
        if (percent(heard.other(), whole) > guessedPercent
                || heard.longestOther().compareTo(longestGuess) > 0) {
            return Outcome.GUESSED;
        }
        if (heard.clicks()) {
            return Outcome.NOISE;
        }
        if (heard.delay().compareTo(latest) > 0) {
            return Outcome.TOO_LATE;
        }
        return heard.excusedPercent() > excusedPercent ? Outcome.MACHINE_STALLED : Outcome.VERIFIED;
    }

    private static double percent(Duration part, Duration whole) {
        return whole.isZero() ? 0 : 100.0 * part.toNanos() / whole.toNanos();
    }
}

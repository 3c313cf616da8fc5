// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.verify;

import com.techpro.callclient.testkit.soak.ear.Ear;
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
 * @param noiseDbov up to this level, in dBov, what is heard in a pause does not count
 * @param spectralDistance in decibels
 * @param quietestDb how loud it must be at least, against what was said, in decibels: negative if it may be quieter
 * @param loudestDb how loud it may be at most
 * @param bandHertz up to where what was said must arrive, {@link #ANY_BAND}, or {@link #BAND_OF_CODEC}
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
        double noiseDbov,
        double spectralDistance,
        double quietestDb,
        double loudestDb,
        int bandHertz,
        Duration latest,
        double excusedPercent,
        Duration leastCompared) {
    /** What a filter leaves is no fault. */
    public static final int ANY_BAND = 0;

    /** All that the codec carries must arrive. */
    public static final int BAND_OF_CODEC = -1;

    /** Up to here an ear compares, in hertz. */
    public static final int WIDEST_BAND = 7_000;

    /** For a network that loses nothing, and a phone system that changes no level. Over all calls the soak allows far less. */
    public static final SpeechLimits CLEAN = new SpeechLimits(
            2.0,
            Duration.ofMillis(60),
            Duration.ofMillis(25),
            4.0,
            Duration.ofMillis(80),
            10.0,
            Ear.USUAL_NOISE,
            4.0,
            -5.0,
            5.0,
            BAND_OF_CODEC,
            Duration.ofMillis(400),
            10.0,
            Duration.ofSeconds(1));

    /** Without them what was heard has nothing to do with what was said. */
    private static final double LEAST_HEARD_PERCENT = 50;
    /** With so much missing it is not this speech with gaps, but no speech or another. */
    private static final double LOST_PERCENT = 30;

    /** In percent. */
    private static final double MOST_FASTER = 0.5;
    /** A jump amid a talk looks like one and a half times its share of speed. */
    private static final double STALL_TO_SPEED = 1.5;
    /** Where the telephone's band ends. */
    private static final int TELEPHONE_HERTZ = 3_300;

    /** Beyond what a telephone carries. */
    private static final int WIDEBAND_HERTZ = 4_900;

    /** An ear tells the end of a band by steps: that of the telephone's 3,400 Hz by its step at 3,300. */
    private static final double BAND_TOLERANCE = 0.05;

    /** The same, but for what may be missing. */
    public SpeechLimits withGaps(double mostPercent, Duration longest) {
        return with(mostPercent, longest, guessedPercent, latest);
    }

    /**
     * The same, but for how loud it must be.
     *
     * @param leastDb against what was said: negative if it may be quieter
     */
    public SpeechLimits withLeastLevel(double leastDb) {
        return with(leastDb, loudestDb, bandHertz);
    }

    /** The same, but for how loud, in dBov, what is heard in a pause may be. */
    public SpeechLimits withNoise(double mostDbov) {
        return with(gapPercent, longestGap, guessedPercent, mostDbov, latest, quietestDb, loudestDb, bandHertz);
    }

    /** The same, but for how much louder or quieter it may be. */
    public SpeechLimits withLevel(double mostDb) {
        return with(-mostDb, mostDb, bandHertz);
    }

    /** The same, but for how far up what was said must arrive: in hertz, {@link #ANY_BAND} or {@link #BAND_OF_CODEC}. */
    public SpeechLimits withBand(int hertz) {
        return with(quietestDb, loudestDb, hertz);
    }

    /** The same at a phone system of which nobody knows what its gateways do to level and band. */
    public SpeechLimits atAnyLevelAndBand() {
        return with(-Double.MAX_VALUE, Double.MAX_VALUE, ANY_BAND);
    }

    /** The same for a recording, which is heard at any time. */
    SpeechLimits atAnyTime() {
        return with(gapPercent, longestGap, guessedPercent, Duration.ofDays(1));
    }

    /** For two who were just brought together: a jitter buffer learns the delay of another far end. */
    SpeechLimits afterMove() {
        return with(gapPercent, longestGap, 2 * guessedPercent, latest);
    }

    private SpeechLimits with(double mostMissing, Duration longestMissing, double mostGuessed, Duration longestDelay) {
        return with(
                mostMissing, longestMissing, mostGuessed, noiseDbov, longestDelay, quietestDb, loudestDb, bandHertz);
    }

    private SpeechLimits with(double leastDb, double mostDb, int hertz) {
        return with(gapPercent, longestGap, guessedPercent, noiseDbov, latest, leastDb, mostDb, hertz);
    }

    private SpeechLimits with(
            double mostMissing,
            Duration longestMissing,
            double mostGuessed,
            double mostNoise,
            Duration longestDelay,
            double leastDb,
            double mostDb,
            int hertz) {
        return new SpeechLimits(
                mostMissing,
                longestMissing,
                beginningLost,
                mostGuessed,
                longestGuess,
                noisyPausePercent,
                mostNoise,
                spectralDistance,
                leastDb,
                mostDb,
                hertz,
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
                CLEAN.noiseDbov,
                CLEAN.spectralDistance + 0.1 * hurt,
                CLEAN.quietestDb,
                CLEAN.loudestDb,
                CLEAN.bandHertz,
                CLEAN.latest.plus(jitter.multipliedBy(4)),
                CLEAN.excusedPercent,
                CLEAN.leastCompared);
    }

    /** @param stalledPercent for how much of the time speech was due stalls held up the test itself */
    SpeechVerdict judge(Impression heard, Fidelity fidelity, double stalledPercent) {
        return new SpeechVerdict(
                outcome(heard, fidelity, stalledPercent),
                heard.due(),
                heard.missingPercent(),
                heard.excusedPercent(),
                heard.beginningLost(),
                heard.otherPercent(),
                heard.noisyPausePercent(),
                heard.distance(),
                heard.score(),
                heard.levelDb(),
                band(heard),
                heard.delay(),
                heard.delayChanges(),
                heard.inserted(),
                heard.findings());
    }

    /** What a stall cannot explain is judged before what it can. */
    private Outcome outcome(Impression heard, Fidelity fidelity, double stalledPercent) {
        Duration due = heard.due().plus(heard.excused());
        boolean enough = due.compareTo(leastCompared) >= 0;
        double goneOfAll = percent(heard.missing().plus(heard.excused()), due);
        if (enough && goneOfAll > LEAST_HEARD_PERCENT) {
            return Outcome.NOTHING_HEARD;
        }
        if (enough && (heard.anotherSound() || percent(heard.other(), due) > LEAST_HEARD_PERCENT)) {
            return Outcome.OTHER_SOUND;
        }
        double faster = Math.abs(heard.fasterPercent()) - MOST_FASTER;
        if (faster > STALL_TO_SPEED * stalledPercent) {
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
        if (heard.levelDb() < quietestDb) {
            return Outcome.TOO_QUIET;
        }
        if (heard.levelDb() > loudestDb) {
            return Outcome.TOO_LOUD;
        }
        if (!reaches(band(heard), bandHertz == BAND_OF_CODEC ? carriedBy(fidelity) : bandHertz)) {
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
        boolean excused = faster > 0
                || heard.excusedPausePercent() > noisyPausePercent
                || heard.excusedPercent() > excusedPercent;
        return excused ? Outcome.MACHINE_STALLED : Outcome.VERIFIED;
    }

    /**
     * Whether a band that was heard is the one that was asked for, as far as an ear can tell.
     *
     * @param heard as of a {@link SpeechVerdict}
     */
    public static boolean reaches(int heard, int asked) {
        return heard >= asked * (1 - BAND_TOLERANCE);
    }

    private static int carriedBy(Fidelity fidelity) {
        return fidelity.highestHertz() > WIDEBAND_HERTZ ? WIDEBAND_HERTZ : TELEPHONE_HERTZ;
    }

    private static int band(Impression heard) {
        boolean isWhole = heard.highestHertz() > 0 && heard.highestHertz() >= heard.saidHighestHertz();
        return isWhole ? WIDEST_BAND : heard.highestHertz();
    }

    private static double percent(Duration part, Duration whole) {
        return whole.isZero() ? 0 : 100.0 * part.toNanos() / whole.toNanos();
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.verify;

import com.techpro.callclient.testkit.judge.ear.Ear;
import com.techpro.callclient.testkit.judge.ear.Impression;
import com.techpro.callclient.testkit.judge.verify.SpeechVerdict.Outcome;
import java.time.Duration;

/**
 * The limits within which speech counts as heard.
 *
 * @param gapPercent most of the speech that may be missing
 * @param longestGap most of it that may be missing at once
 * @param beginningLost most of the first word that may be missing
 * @param guessedPercent most of the speech that another sound may replace
 * @param longestGuess most of it at once
 * @param noisyPausePercent most of the pauses in which sound may be heard
 * @param noiseDbov sound in a pause up to this level, in dBov, does not count
 * @param spectralDistance in decibels
 * @param quietestDb the least level against the speech, in decibels; negative if quieter is allowed
 * @param loudestDb the largest level
 * @param bandHertz up to where the speech must arrive, {@link #ANY_BAND}, or {@link #BAND_OF_CODEC}
 * @param latest the longest one-way delay
 * @param excusedPercent most of the speech that may be missing because the machine held up the test
 *     itself; with more, the direction is not judged
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
    /** A filter's losses are no fault. */
    public static final int ANY_BAND = 0;

    /** The codec's whole band must arrive. */
    public static final int BAND_OF_CODEC = -1;

    /** The upper end of the band that an ear compares, in hertz. */
    public static final int WIDEST_BAND = 7_000;

    /**
     * For a network without loss and a phone system that keeps the level. Over all calls together
     * the soak allows far less.
     */
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

    /** With more than this missing, or replaced, the speech counts as not heard. */
    private static final double LEAST_HEARD_PERCENT = 50;
    /** With so much missing it is silence or another sound, not speech with gaps. */
    private static final double LOST_PERCENT = 30;

    /** The largest change of speed in percent. */
    private static final double MOST_FASTER = 0.5;
    /** A jump within speech looks like a change of speed of 1.5 times its share. */
    private static final double STALL_TO_SPEED = 1.5;
    /** The upper end of the telephone's band. */
    private static final int TELEPHONE_HERTZ = 3_300;

    /** A band above the telephone's. */
    private static final int WIDEBAND_HERTZ = 4_900;

    /** An ear finds the end of a band in steps: 3,400 Hz counts as 3,300. */
    private static final double BAND_TOLERANCE = 0.05;

    /** Returns a copy with other limits of missing speech. */
    public SpeechLimits withGaps(double mostPercent, Duration longest) {
        return with(mostPercent, longest, guessedPercent, latest);
    }

    /**
     * Returns a copy with another least level.
     *
     * @param leastDb against the speech: negative if quieter is allowed
     */
    public SpeechLimits withLeastLevel(double leastDb) {
        return with(leastDb, loudestDb, bandHertz);
    }

    /** Returns a copy with another level, in dBov, that sound in a pause may have. */
    public SpeechLimits withNoise(double mostDbov) {
        return with(gapPercent, longestGap, guessedPercent, mostDbov, latest, quietestDb, loudestDb, bandHertz);
    }

    /** Returns a copy with another largest change of level. */
    public SpeechLimits withLevel(double mostDb) {
        return with(-mostDb, mostDb, bandHertz);
    }

    /** Returns a copy with another band: in hertz, {@link #ANY_BAND} or {@link #BAND_OF_CODEC}. */
    public SpeechLimits withBand(int hertz) {
        return with(quietestDb, loudestDb, hertz);
    }

    /** Returns a copy for a phone system whose gateways may change level and band. */
    public SpeechLimits atAnyLevelAndBand() {
        return with(-Double.MAX_VALUE, Double.MAX_VALUE, ANY_BAND);
    }

    /** Returns a copy for a recording, whose delay does not count. */
    SpeechLimits atAnyTime() {
        return with(gapPercent, longestGap, guessedPercent, Duration.ofDays(1));
    }

    /**
     * Returns a copy for two ends that were just connected, whose jitter buffers must learn the new
     * delay.
     */
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
     * Returns limits for a bad network. The far end must guess lost sound, and its jitter buffer
     * must learn the delays.
     *
     * @param lossPercent of the whole path, one way
     * @param jitter the range of packets' delays
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

    /** @param stalledPercent the share of the due time in which stalls held up the test itself */
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

    /** Judges what a stall cannot explain before what it can. */
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
        // In a very short speech, one step is a large share.
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
     * Whether a heard band reaches the requested one, as far as an ear can tell.
     *
     * @param heard as in a {@link SpeechVerdict}
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

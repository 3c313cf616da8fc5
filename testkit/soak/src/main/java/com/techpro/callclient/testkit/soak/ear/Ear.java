// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.ear;

import com.techpro.callclient.testkit.soak.ear.Hearing.Verdict;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Compares what was heard with what was said, as somebody would who has both: neither level, polarity, filter nor delay decides, nor where packets begin; what is
 * missing, repeated, replaced or added does. Two recordings, from clocks of the same speed, are enough.
 *
 * <p>Both are cut into steps of 5 ms. {@link Track} and {@link FineTrack} tell when each step of what was heard was said, {@link Comparison} what should have been heard
 * then, {@link StepFindings} what is wrong with it, {@link PauseFindings} what is heard though nothing was said, and {@link Similarity} what people would think of it.
 * What was said after the end of what was heard is not judged.
 */
public final class Ear {
    /** Of both recordings, in samples a second. */
    public static final int SAMPLE_RATE = Bands.RATE;

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    /** Loud sounds below it are no sounds. */
    private static final double NOTHING = 20;
    /** Of {@link Track#meanCost}. */
    private static final double ANOTHER_SOUND = 0.2;

    private static final double MOST_MISSING = 2;
    private static final Duration LONGEST_MISSING = Duration.ofMillis(60);
    private static final double MOST_OTHER = 4;
    private static final Duration LONGEST_OTHER = Duration.ofMillis(80);
    private static final Duration MOST_CUT = Duration.ofMillis(40);
    private static final double MOST_FASTER = 0.5;
    private static final double LEAST_PAUSE = 30;
    /** ITU-T G.114: the limit for planning networks. */
    private static final Duration LATEST = Duration.ofMillis(400);

    private Ear() {}

    /**
     * Compares.
     *
     * @param said 16 kHz
     * @param heard likewise; it began at the same time, or up to 0.2 s later
     * @throws IllegalArgumentException if one is longer than ten minutes
     */
    public static Hearing compare(short[] said, short[] heard) {
        if (Math.max(said.length, heard.length) > LONGEST.toSeconds() * SAMPLE_RATE) {
            throw new IllegalArgumentException("a recording is longer than " + LONGEST.toMinutes() + " minutes");
        }
        double offset = mean(heard);
        double[] saidSamples = centred(said);
        double[] heardSamples = centred(heard);
        double[][] levels = levels(saidSamples, heardSamples);
        SaidSpeech speech = new SaidSpeech(levels[0]);
        if (speech.length().compareTo(SHORTEST) < 0) {
            return nothing(Verdict.TOO_SHORT, speech, offset);
        }
        if (SaidSpeech.loud(levels[1]) < NOTHING) {
            return nothing(Verdict.NOTHING_HEARD, speech, offset);
        }
        Picture saidPicture = new Picture(levels[0]);
        Picture heardPicture = new Picture(levels[1]);
        Track track = Track.between(saidPicture, heardPicture);
        if (track.meanCost() > ANOTHER_SOUND) {
            return nothing(Verdict.OTHER_SOUND, speech, offset);
        }
        FineTrack fine = new FineTrack(saidSamples, heardSamples, track, heardPicture.steps);
        Comparison pair = new Comparison(saidSamples, heardSamples, fine, saidPicture, heardPicture.steps);
        StepFindings steps = new StepFindings(pair, track, speech, heardSamples);
        PauseFindings pauses = new PauseFindings(pair, saidSamples, heardSamples, fine);
        steps.findings().addAll(pauses.findings());
        steps.findings().sort((one, other) -> one.at().compareTo(other.at()));
        double faster = 100 * fine.faster();
        Duration delay = Duration.ofMillis(Math.round(fine.medianDelay() * 1_000.0 / SAMPLE_RATE));
        return new Hearing(
                verdict(steps, pauses, faster, delay),
                Similarity.opinion(Similarity.nsim(pair)),
                speech.length(),
                steps.missingPercent(),
                steps.otherPercent(),
                delay,
                pair.level(),
                pair.lowestHertz(),
                pair.highestHertz(),
                fine.upsideDown(),
                offset,
                faster,
                pauses.belowSpeech(),
                steps.findings());
    }

    private static Verdict verdict(StepFindings steps, PauseFindings pauses, double faster, Duration delay) {
        if (Math.abs(faster) > MOST_FASTER) {
            return Verdict.WRONG_SPEED;
        }
        if (steps.cut().compareTo(MOST_CUT) > 0) {
            return Verdict.CUT;
        }
        if (steps.missingPercent() > MOST_MISSING || steps.longestMissing().compareTo(LONGEST_MISSING) >= 0) {
            return Verdict.GAPS;
        }
        // Before other sounds, which noise makes of words as well.
        if (pauses.belowSpeech() < LEAST_PAUSE) {
            return Verdict.NOISE;
        }
        if (steps.otherPercent() > MOST_OTHER || steps.longestOther().compareTo(LONGEST_OTHER) >= 0) {
            return Verdict.DISTORTED;
        }
        if (steps.clicks()) {
            return Verdict.NOISE;
        }
        return delay.compareTo(LATEST) > 0 ? Verdict.LATE : Verdict.VERIFIED;
    }

    private static Hearing nothing(Verdict verdict, SaidSpeech speech, double offset) {
        return new Hearing(verdict, 1, speech.length(), 100, 0, Duration.ZERO, 0, 0, 0, false, offset, 0, 0, List.of());
    }

    /** Of each step, and as many steps as a signal has. */
    private static double[][] levels(double[] said, double[] heard) {
        int saidLength = said.length / Bands.STEP * Bands.COUNT;
        int heardLength = heard.length / Bands.STEP * Bands.COUNT;
        double[] saidLevels = new double[Math.max(saidLength, heardLength)];
        double[] heardLevels = new double[saidLevels.length];
        Bands bands = new Bands();
        for (int at = 0; at < saidLevels.length; at += Bands.COUNT) {
            int sample = at / Bands.COUNT * Bands.STEP;
            bands.levels(said, sample, saidLevels, heard, sample, heardLevels, at);
        }
        return new double[][] {Arrays.copyOf(saidLevels, saidLength), Arrays.copyOf(heardLevels, heardLength)};
    }

    private static double mean(short[] samples) {
        double sum = 0;
        for (short sample : samples) {
            sum += sample;
        }
        return samples.length == 0 ? 0 : sum / samples.length;
    }

    /** Without offset, wherever one begins or ends: a high-pass filter of first order, at 30 Hz. */
    private static double[] centred(short[] samples) {
        double[] centred = new double[samples.length];
        double keeps = Math.exp(-2 * Math.PI * 30 / SAMPLE_RATE);
        for (int i = 1; i < centred.length; i++) {
            centred[i] = samples[i] - samples[i - 1] + keeps * centred[i - 1];
        }
        return centred;
    }
}

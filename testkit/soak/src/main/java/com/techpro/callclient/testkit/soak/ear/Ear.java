// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.ear;

import com.techpro.callclient.testkit.soak.ear.Hearing.Verdict;
import java.time.Duration;
import java.util.List;

/**
 * Compares what was heard with what was said, as somebody would who has both: neither level, polarity, filter nor delay decides, nor where packets begin; what is
 * missing, repeated, replaced or added does. Two recordings, from clocks of the same speed, are enough.
 *
 * <p>Both are cut into steps of 5 ms. {@link Track} and {@link FineTrack} tell when each step of what was heard was said, {@link Comparison} what should have been heard
 * then, {@link StepKinds} and {@link StepFindings} what is wrong with it, {@link PauseFindings} what is heard though nothing was said, and {@link Similarity} how similar the two are.
 *
 * <p>One ear listens to one thing after the other, and keeps the arrays that it needs for up to a minute: it is for one thread at a time.
 */
public final class Ear {
    /** Of both recordings, in samples a second. */
    public static final int SAMPLE_RATE = Bands.RATE;

    /** The smallest part of speech that is told apart. */
    public static final Duration STEP = SaidSpeech.duration(1);

    /**
     * In dBov: up to this level, sound in a pause does not count by default. It is the noise of a
     * channel on which nobody speaks, -65 dBm0 (ITU-T G.712).
     */
    public static final double USUAL_NOISE = -70.3;

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    /** In steps: a recording of what was said may begin a little before that of what was heard, and end a little after it. */
    private static final int EARLIEST = -40;

    /** In steps: tried where nothing of what was said is found, since the second recorder may have begun late. */
    private static final int LATE_RECORDER = -400;

    /** What a longer recording needed is let go: it is a megabyte for two to three seconds. */
    private static final int KEPT_SECONDS = 60;

    private static final double MOST_MISSING = 2;
    private static final Duration LONGEST_MISSING = Duration.ofMillis(60);
    private static final double MOST_OTHER = 4;
    private static final Duration LONGEST_OTHER = Duration.ofMillis(80);
    private static final Duration MOST_CUT = Duration.ofMillis(40);
    private static final double MOST_FASTER = 0.5;
    private static final double LEAST_PAUSE = 30;
    /** ITU-T G.114: the limit for planning networks. */
    private static final Duration LATEST = Duration.ofMillis(400);

    private final Bands bands = new Bands();
    private final double noise;
    private Scratch scratch = new Scratch();

    public Ear() {
        this(USUAL_NOISE);
    }

    /**
     * Creates one for a way that adds noise of its own, such as comfort noise (RFC 3389).
     *
     * @param noise in dBov: up to this level, sound in a pause does not count in {@link #compare}
     *     and {@link #comparePart}
     */
    public Ear(double noise) {
        this.noise = noise;
    }

    /**
     * Compares.
     *
     * @param said 16 kHz
     * @param heard likewise; it began at the same time, or up to 0.2 s later. What was said after its
     *     end is missing, if it ended more than 0.2 s earlier
     * @throws IllegalArgumentException if one is longer than ten minutes
     */
    public Hearing compare(short[] said, short[] heard) {
        boolean endsEarly = said.length - heard.length > -EARLIEST * Bands.STEP;
        return compare(said, heard, endsEarly ? said.length : heard.length);
    }

    /**
     * Compares as {@link #compare} does, but what was said after the end of what was heard does not
     * count.
     *
     * @param said 16 kHz
     * @param heard likewise; it began at the same time, or up to 0.2 s later, and may end early
     * @throws IllegalArgumentException if one is longer than ten minutes
     */
    public Hearing comparePart(short[] said, short[] heard) {
        return compare(said, heard, heard.length);
    }

    private Hearing compare(short[] said, short[] heard, int end) {
        if (Math.max(said.length, heard.length) > LONGEST.toSeconds() * SAMPLE_RATE) {
            throw new IllegalArgumentException("a recording is longer than " + LONGEST.toMinutes() + " minutes");
        }
        Stretch all = new Stretch(-said.length, end, Duration.ZERO);
        Impression heardOf = listen(said, 0, EARLIEST, heard, List.of(all), Excuses.NONE, noise);
        if (heardOf.anotherSound()) {
            Impression later = listen(said, 0, LATE_RECORDER, heard, List.of(all), Excuses.NONE, noise);
            heardOf = later.anotherSound() ? heardOf : later;
        }
        return new Hearing(
                verdict(heardOf),
                heardOf.score(),
                heardOf.due(),
                heardOf.missingPercent(),
                heardOf.otherPercent(),
                Duration.ofMillis(Math.round(heardOf.delay().toNanos() / 1e6)),
                heardOf.levelDb(),
                heardOf.lowestHertz(),
                heardOf.highestHertz(),
                heardOf.upsideDown(),
                heardOf.offset(),
                heardOf.fasterPercent(),
                heardOf.pauseDb(),
                heardOf.findings());
    }

    /**
     * Compares while it is known when speech is due.
     *
     * @param said 16 kHz
     * @param lead by how many milliseconds it begins earlier than what was heard
     * @param heard 16 kHz
     * @param due when what is said has to be heard, in order, and apart
     * @param excuses what of a fault was not the line's doing
     * @param noise in dBov: up to this level, sound in a pause does not count
     */
    public Impression listen(short[] said, int lead, short[] heard, List<Stretch> due, Excuses excuses, double noise) {
        return listen(said, lead * SAMPLE_RATE / 1_000 / Bands.STEP, 0, heard, due, excuses, noise);
    }

    private Impression listen(
            short[] said, int lead, int earliest, short[] heard, List<Stretch> due, Excuses excuses, double noise) {
        scratch.reset();
        Impression impression =
                new Listening(said, lead, earliest, heard, due, scratch).impression(bands, excuses, noise);
        if (Math.max(said.length, heard.length) > KEPT_SECONDS * SAMPLE_RATE) {
            scratch = new Scratch();
        }
        return impression;
    }

    private static Verdict verdict(Impression heard) {
        if (heard.due().compareTo(SHORTEST) < 0) {
            return Verdict.TOO_SHORT;
        }
        if (heard.missing().equals(heard.due())) {
            return Verdict.NOTHING_HEARD;
        }
        if (heard.anotherSound()) {
            return Verdict.OTHER_SOUND;
        }
        if (Math.abs(heard.fasterPercent()) > MOST_FASTER) {
            return Verdict.WRONG_SPEED;
        }
        if (heard.beginningLost().compareTo(MOST_CUT) > 0 || heard.endLost().compareTo(MOST_CUT) > 0) {
            return Verdict.CUT;
        }
        if (heard.missingPercent() > MOST_MISSING || heard.longestMissing().compareTo(LONGEST_MISSING) >= 0) {
            return Verdict.GAPS;
        }
        // Before other sounds, which noise makes of words as well.
        if (heard.pauseDb() < LEAST_PAUSE && heard.noisyPausePercent() > 0) {
            return Verdict.NOISE;
        }
        if (heard.otherPercent() > MOST_OTHER || heard.longestOther().compareTo(LONGEST_OTHER) >= 0) {
            return Verdict.DISTORTED;
        }
        if (heard.clicks()) {
            return Verdict.NOISE;
        }
        return heard.delay().compareTo(LATEST) > 0 ? Verdict.LATE : Verdict.VERIFIED;
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.ear;

import com.techpro.callclient.testkit.judge.ear.Hearing.Verdict;
import java.time.Duration;
import java.util.List;

/**
 * Compares a recording of heard sound with the speech, like a listener who has both. Level,
 * polarity, filter, delay and packet boundaries do not count. Missing, repeated, replaced and added
 * sound does. It needs only the two recordings, from clocks of the same speed.
 *
 * <p>It cuts both into steps of 5 ms. {@link Track} and {@link FineTrack} find when the sound of
 * each heard step was said. {@link Comparison} calculates the expected sound. {@link StepKinds} and
 * {@link StepFindings} find what is wrong with a step, and {@link PauseFindings} finds sound in
 * pauses. {@link Similarity} says how similar the two are.
 *
 * <p>An ear keeps the arrays of recordings up to a minute for the next comparison. For one thread
 * at a time.
 */
public final class Ear {
    /** The rate of both recordings, in samples a second. */
    public static final int SAMPLE_RATE = Bands.RATE;

    /** The shortest part of speech that it judges. */
    public static final Duration STEP = SaidSpeech.duration(1);

    /**
     * In dBov. By default, sound in a pause up to this level does not count. It is the noise of an
     * idle channel, -65 dBm0 (ITU-T G.712).
     */
    public static final double USUAL_NOISE = -70.3;

    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final Duration LONGEST = Duration.ofMinutes(10);
    /**
     * In steps: the speech's recording may begin slightly before the heard one, and end slightly
     * after it.
     */
    private static final int EARLIEST = -40;

    /**
     * In steps. It is tried if none of the speech is found, because the second recorder may have
     * begun late.
     */
    private static final int LATE_RECORDER = -400;

    /** Arrays of longer recordings are released: two to three seconds need a megabyte. */
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
     * Creates an ear for a path that adds noise of its own, such as comfort noise (RFC 3389).
     *
     * @param noise in dBov: up to this level, sound in a pause does not count in {@link #compare}
     *     and {@link #comparePart}
     */
    public Ear(double noise) {
        this.noise = noise;
    }

    /**
     * Compares two recordings.
     *
     * @param said the speech, 16 kHz
     * @param heard the heard sound, 16 kHz; it began at the same time, or up to 0.2 s later. If it
     *     ends more than 0.2 s early, the later speech counts as missing
     * @throws IllegalArgumentException if one is longer than ten minutes
     */
    public Hearing compare(short[] said, short[] heard) {
        boolean endsEarly = said.length - heard.length > -EARLIEST * Bands.STEP;
        return compare(said, heard, endsEarly ? said.length : heard.length);
    }

    /**
     * Compares as {@link #compare} does, but ignores speech after the end of the heard recording.
     *
     * @param said the speech, 16 kHz
     * @param heard the heard sound, 16 kHz; it began at the same time, or up to 0.2 s later, and
     *     may end early
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
     * Compares, given the times at which speech is due.
     *
     * @param said 16 kHz
     * @param lead by how many milliseconds {@code said} begins earlier than {@code heard}
     * @param heard 16 kHz
     * @param due when the speech must be heard, in order and without overlaps
     * @param excuses the faults that the line did not cause
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
        // Before other sounds, because noise makes words sound different too.
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

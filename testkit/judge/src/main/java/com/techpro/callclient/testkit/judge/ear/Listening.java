// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.ear;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** A comparison, stage by stage. */
final class Listening {
    /** 1.2 s, in steps. Nobody could converse beyond that. */
    static final int LATEST = 240;

    /** With quieter loud sounds, a recording counts as silent. */
    private static final double NOTHING = 20;
    /** The limit of {@link Track#meanCost}. */
    private static final double ANOTHER_SOUND = 0.19;

    private final Signal said;
    private final Signal heard;
    private final int lead;
    private final int earliest;
    private final List<Stretch> due;
    private final Scratch scratch;
    private final double offset;
    private final int heardSteps;

    /**
     * Prepares a comparison.
     *
     * @param lead by how many steps {@code said} begins earlier than {@code heard}
     * @param earliest the smallest delay that is tried, in steps
     * @param scratch used until the comparison ends
     */
    Listening(short[] said, int lead, int earliest, short[] heard, List<Stretch> due, Scratch scratch) {
        this.said = new Signal(said, scratch);
        this.heard = new Signal(heard, scratch);
        this.lead = lead;
        this.earliest = earliest;
        this.due = due;
        this.scratch = scratch;
        this.offset = mean(heard);
        this.heardSteps = heard.length / Bands.STEP;
    }

    /** @param noise as in {@link Ear#listen} */
    Impression impression(Bands bands, Excuses excuses, double noise) {
        Levels saidLevels = new Levels(said.length / Bands.STEP, scratch);
        Levels heardLevels = new Levels(heardSteps, scratch);
        bands.listen(said, saidLevels);
        bands.listen(heard, heardLevels);
        SaidSpeech speech = new SaidSpeech(saidLevels, scratch);
        Duration spoken = speech.length(due, lead);
        if (spoken.isZero() || SaidSpeech.loud(heardLevels, scratch) < NOTHING) {
            return nothing(spoken);
        }
        Picture saidPicture = new Picture(saidLevels, scratch);
        boolean[] inDue = inDue();
        Picture heardPicture = new Picture(heardLevels, inDue, scratch);
        Track track = Track.between(saidPicture, heardPicture, inDue, earliest - lead, LATEST - lead, scratch);
        boolean[] judged = judged(track);
        FineTrack fine = new FineTrack(said, heard, track, judged, heardSteps, scratch);
        Comparison pair = new Comparison(bands, said, heardLevels, fine, saidPicture, judged, scratch);
        Waveform waveform = new Waveform(pair, said, heard, fine, scratch);
        StepKinds kinds = new StepKinds(pair, waveform, fine, heard, scratch);
        StepFindings steps = new StepFindings(pair, kinds, track, speech, due, lead, excuses, scratch);
        PauseFindings pauses = new PauseFindings(pair, said, heard, fine, excuses, noise, scratch);
        steps.findings().addAll(pauses.findings());
        steps.findings().sort((one, other) -> one.at().compareTo(other.at()));
        return new Impression(
                steps.due(),
                steps.missing(),
                steps.other(),
                steps.excused(),
                steps.longestMissing(),
                steps.longestOther(),
                steps.beginningLost(),
                steps.endLost(),
                steps.clicks(),
                track.meanCost() > ANOTHER_SOUND,
                kinds.distance(),
                Similarity.nsim(pair, scratch) * (1 - steps.leftOut()),
                pauses.noisyPercent(),
                pauses.excusedPercent(),
                pauses.belowSpeech(),
                time(fine.medianDelay() + (long) lead * Bands.STEP),
                fine.changes(),
                time(fine.grown()),
                pair.level(),
                pair.lowestHertz(),
                pair.highestHertz(),
                saidPicture.highestHertz(),
                fine.upsideDown(),
                offset,
                100 * fine.faster(),
                steps.findings());
    }

    private boolean[] inDue() {
        boolean[] inDue = scratch.booleans(heardSteps);
        for (Stretch stretch : due) {
            int from = Math.max(0, stretch.firstStep());
            int to = Math.min(heardSteps, stretch.endStep());
            if (from < to) {
                Arrays.fill(inDue, from, to, true);
            }
        }
        return inDue;
    }

    /** Returns which heard steps have due speech. It arrives one delay after a stretch's begin. */
    private boolean[] judged(Track track) {
        boolean[] judged = scratch.booleans(heardSteps);
        for (Stretch stretch : due) {
            int end = Math.min(heardSteps, stretch.endStep());
            for (int step = Math.max(0, stretch.firstStep()); step < end; step++) {
                judged[step] = step - track.delay(step) - lead >= stretch.firstStep();
            }
        }
        return judged;
    }

    private Impression nothing(Duration spoken) {
        return new Impression(
                spoken,
                spoken,
                Duration.ZERO,
                Duration.ZERO,
                spoken,
                Duration.ZERO,
                spoken,
                spoken,
                false,
                false,
                0,
                0,
                0,
                0,
                0,
                Duration.ZERO,
                0,
                Duration.ZERO,
                0,
                0,
                0,
                0,
                false,
                offset,
                0,
                List.of());
    }

    private static Duration time(long samples) {
        return Duration.ofNanos(samples * 1_000_000_000L / Bands.RATE);
    }

    private static double mean(short[] samples) {
        // Whole numbers: their additions need not wait for each other.
        long sum = 0;
        for (short sample : samples) {
            sum += sample;
        }
        return samples.length == 0 ? 0 : sum / (double) samples.length;
    }
}

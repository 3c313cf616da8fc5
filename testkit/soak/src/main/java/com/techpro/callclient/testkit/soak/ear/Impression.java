// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.ear;

import java.time.Duration;
import java.util.List;

/**
 * What an {@link Ear} noticed, before anybody says what is still good enough.
 *
 * @param due speech that had to be heard, pauses and what is excused left out
 * @param missing of it, silent or left out by a jump of time
 * @param other of it, another sound, or the same once more
 * @param excused neither missing nor another sound, since {@link Excuses} say so
 * @param longestMissing without a break
 * @param longestOther without a break
 * @param beginningLost of the first word of a stretch, at its worst
 * @param endLost of the last word of a stretch, at its worst
 * @param clicks whether something short and sharp was heard more than once that nobody said
 * @param anotherSound whether something was heard, and nowhere what was said
 * @param distance of what was heard from what was said, in decibels, mean over speech, level and filter taken out
 * @param similarity 1 if it is the same, 0 if nothing is
 * @param noisyPausePercent the share of pauses in which something disturbs
 * @param excusedPausePercent the share of pauses in which something disturbs that {@link Excuses} excuse
 * @param pauseDb how much quieter pauses are than speech
 * @param delay one way, median
 * @param delayChanges how often it changed
 * @param inserted by how much it grew in all
 * @param levelDb how much louder speech is heard than it was said, in the bands that arrived
 * @param lowestHertz where the band begins that arrived
 * @param highestHertz where it ends
 * @param saidHighestHertz where the band ends that was said
 * @param upsideDown whether the waveform is inverted
 * @param offset mean of the samples, of 32,768
 * @param fasterPercent by how much speech is faster; negative if slower
 * @param findings where, from the first to the last
 */
public record Impression(
        Duration due,
        Duration missing,
        Duration other,
        Duration excused,
        Duration longestMissing,
        Duration longestOther,
        Duration beginningLost,
        Duration endLost,
        boolean clicks,
        boolean anotherSound,
        double distance,
        double similarity,
        double noisyPausePercent,
        double excusedPausePercent,
        double pauseDb,
        Duration delay,
        int delayChanges,
        Duration inserted,
        double levelDb,
        int lowestHertz,
        int highestHertz,
        int saidHighestHertz,
        boolean upsideDown,
        double offset,
        double fasterPercent,
        List<Finding> findings) {
    public Impression {
        findings = List.copyOf(findings);
    }

    /** {@link #missing} of {@link #due}. */
    public double missingPercent() {
        return percent(missing, due);
    }

    /** {@link #other} of {@link #due}. */
    public double otherPercent() {
        return percent(other, due);
    }

    /** {@link #excused} of all that would be due without excuses. */
    public double excusedPercent() {
        return percent(excused, due.plus(excused));
    }

    /** {@link #similarity} on a scale from 1 to 5. It is no MOS. */
    public double score() {
        return Similarity.opinion(similarity);
    }

    /** Returns the same of other speech in which there was nothing to find either. */
    public Impression ofAnother(Duration speech, Duration oneWay) {
        return new Impression(
                speech,
                missing,
                other,
                excused,
                longestMissing,
                longestOther,
                beginningLost,
                endLost,
                clicks,
                anotherSound,
                distance,
                similarity,
                noisyPausePercent,
                excusedPausePercent,
                pauseDb,
                oneWay,
                delayChanges,
                inserted,
                levelDb,
                lowestHertz,
                highestHertz,
                saidHighestHertz,
                upsideDown,
                offset,
                fasterPercent,
                findings);
    }

    private static double percent(Duration part, Duration whole) {
        return whole.isZero() ? 0 : 100.0 * part.toMillis() / whole.toMillis();
    }
}

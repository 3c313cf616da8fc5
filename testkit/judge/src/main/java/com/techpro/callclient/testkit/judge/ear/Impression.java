// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.ear;

import java.time.Duration;
import java.util.List;

/**
 * What an {@link Ear} noticed, without any limits applied.
 *
 * @param due speech that had to be heard, without pauses and excused speech
 * @param missing the part of it that is silent, or that a jump of time left out
 * @param other the part of it that another sound or a repetition replaced
 * @param excused speech that is neither missing nor replaced because of {@link Excuses}
 * @param longestMissing the longest missing part
 * @param longestOther the longest replaced part
 * @param beginningLost the most that is missing of a stretch's first word
 * @param endLost the most that is missing of a stretch's last word
 * @param clicks whether more than one short, sharp sound was added
 * @param anotherSound whether sound was heard, but none of the speech
 * @param distance the mean distance of the heard sound from the speech in decibels, without level
 *     and filter
 * @param similarity 1 if it is the same, 0 if nothing is
 * @param noisyPausePercent the share of pauses with disturbing sound
 * @param excusedPausePercent the share of pauses with disturbing sound that {@link Excuses} excuse
 * @param pauseDb how much quieter added sound in pauses is than speech
 * @param delay one way, median
 * @param delayChanges how often it changed
 * @param inserted by how much it grew in all
 * @param levelDb how much louder speech was heard, in the bands that arrived
 * @param lowestHertz the lower end of the band that arrived
 * @param highestHertz its upper end
 * @param saidHighestHertz the upper end of the speech's band
 * @param upsideDown whether the waveform is inverted
 * @param offset mean of the samples, of 32,768
 * @param fasterPercent by how much speech is faster; negative if slower
 * @param findings the faults with their places, from the first to the last
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

    /** Returns the share of {@link #missing} in {@link #due}. */
    public double missingPercent() {
        return percent(missing, due);
    }

    /** Returns the share of {@link #other} in {@link #due}. */
    public double otherPercent() {
        return percent(other, due);
    }

    /** Returns the share of {@link #excused} in all speech that would be due without excuses. */
    public double excusedPercent() {
        return percent(excused, due.plus(excused));
    }

    /** Returns the {@link #similarity} on a scale from 1 to 5. It is no MOS. */
    public double score() {
        return Similarity.opinion(similarity);
    }

    /** Returns a copy for other speech without faults. */
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

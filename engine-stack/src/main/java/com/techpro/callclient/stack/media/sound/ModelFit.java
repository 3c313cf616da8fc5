// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.sound;

/**
 * How well the model of an echo fits what the microphone hears: what it takes away of the smoothed power, and whether
 * the echo is where the model expects it. For one thread at a time.
 */
final class ModelFit {
    /** The model is good if it leaves less than this part of the power. */
    private static final float GOOD = 0.25f;
    /** Of the smoothed powers, a block. */
    static final float PACE = 0.25f;
    /** A model fits if the microphone has this part of the expected echo... */
    private static final float LEAST_COMMON = 0.6f;
    /** ...unless that is less than this part of all the rest. */
    private static final float LEAST_EXPECTED = 0.3f;
    /** What is left of a misfit in the next block. */
    private static final float MISFIT_KEPT = 0.9f;
    /** For how many blocks a model that made things worse is suspect. */
    private static final int LOST = 60;
    /** The echo comes at another delay if the model adds to the power like this: the sum of two echoes, about. */
    private static final float MISPLACED = 1.8f;

    private float micPower;
    private float errorPower;
    private float misfit;
    private int lost;
    private int misplaced;

    /** Begins a block, of which nothing is known yet. */
    void next() {
        lost = errorPower > 1.05f * micPower ? LOST : Math.max(0, lost - 1);
        misplaced = errorPower > MISPLACED * micPower ? LOST : Math.max(0, misplaced - 1);
    }

    /**
     * Takes the mean squares of a block.
     *
     * @param ofError of what the model leaves of the microphone's
     */
    void add(float ofMic, float ofError, float ofEcho) {
        misfit = isMisfit(ofMic, ofError, ofEcho) ? 1 : MISFIT_KEPT * misfit;
        addPowers(ofMic, ofError);
    }

    /** Takes the microphone's mean square of a block in which no echo is expected. */
    void addAlone(float ofMic) {
        addPowers(ofMic, ofMic);
    }

    private void addPowers(float ofMic, float ofError) {
        micPower += PACE * (ofMic - micPower);
        errorPower += PACE * (ofError - errorPower);
    }

    /**
     * Whether the echo is not where the model expects it. The user's speech does not resemble the expected echo, so that
     * it neither adds to nor takes from what the microphone has in common with it.
     */
    private static boolean isMisfit(float ofMic, float ofError, float ofEcho) {
        float common = 0.5f * (ofMic + ofEcho - ofError);
        return common < LEAST_COMMON * ofEcho && ofEcho > LEAST_EXPECTED * ofError;
    }

    /** Another model has taken the place of this one, which leaves so much. */
    void replaced(float left) {
        errorPower = left;
    }

    /** The microphone's smoothed mean square. */
    float micPower() {
        return micPower;
    }

    /** That of what the model leaves. */
    float errorPower() {
        return errorPower;
    }

    /** Whether the model leaves less than this part of the power. */
    boolean leavesLessThan(float share) {
        return errorPower < share * micPower;
    }

    boolean isGood() {
        return leavesLessThan(GOOD);
    }

    /** Whether the model makes things worse, so that it is not used. */
    boolean isHarmful() {
        return errorPower > 1.2f * micPower + 1;
    }

    /** Whether it made things worse lately. */
    boolean isLost() {
        return lost > 0;
    }

    /** Whether the echo has lately come at another delay. */
    boolean isMisplaced() {
        return misplaced > 0;
    }

    /** From 0 to 1: how much of the modelled echo's power may be left because it is not where it is expected. */
    float misfit() {
        return misfit;
    }
}

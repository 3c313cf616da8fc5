// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.scene;

/** What a scene asks of a voice processor. */
public enum Measure {
    /**
     * By how much the loudspeaker's sound is quieter in the output, without the user's speech. Time begins with its first
     * sound in the microphone. At most 45 dB, and no more than leaves only the room's noise.
     */
    REMOVED_FROM_0("removed 0-0.3 s", "dB", true, 2),
    REMOVED_FROM_0_3("removed 0.3-1 s", "dB", true, 2),
    REMOVED_FROM_1("removed 1-2 s", "dB", true, 2),
    REMOVED_FROM_3("removed 3-4.5 s", "dB", true, 2),
    REMOVED_FROM_9("removed 9-11 s", "dB", true, 2),
    /** The same from the user's first word on, in the pauses. */
    REMOVED_BETWEEN("removed between words", "dB", true, 2),
    /**
     * Frames of 10 ms in the echo's first ten seconds, without the user's speech, in which the output is louder than -50
     * dBFS, more than 3 dB louder than the room's noise, and has lost less than 20 dB of the echo. Not asked if the echo
     * itself is never so loud.
     */
    AUDIBLE("audible echo in 10 s", "ms", false, 50),
    /** Frames of 20 ms of the user's clear speech that lose more than 12 dB. */
    LOST("lost frames", "%", false, 2),
    /** The longest run of these. */
    LONGEST_LOSS("longest loss", "ms", false, 40),
    /** Log-spectral, between the user's speech in the output and alone. */
    DISTANCE("distance", "dB", false, 0.5),
    /** C. H. Taal et al., 2011: 0 to 1. */
    INTELLIGIBILITY("STOI", "", true, 0.03),
    /** The distance of the user's first half a second of speech, with a headset. */
    FIRST_WORD("first word", "dB", false, 0.5),
    /** By how much the user's speech is quieter. */
    ATTENUATION("attenuated", "dB", false, 2),
    /** By how much noise is quieter, in pauses. */
    QUIETER("noise reduced", "dB", true, 2);

    private final String title;
    private final String unit;
    private final boolean more;
    private final double same;

    Measure(String title, String unit, boolean more, double same) {
        this.title = title;
        this.unit = unit;
        this.more = more;
        this.same = same;
    }

    public String title() {
        return title;
    }

    public String unit() {
        return unit;
    }

    /** Whether more is better. */
    public boolean isMoreBetter() {
        return more;
    }

    /** Whether it is how much of an echo is removed at some time. */
    public boolean isEchoWindow() {
        return compareTo(REMOVED_BETWEEN) <= 0;
    }

    /** Returns whether a value is worse than another, by more than anybody would hear; never if one is NaN. */
    public boolean isWorse(double value, double other) {
        return (more ? other - value : value - other) > same;
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.degrade;

import java.time.Duration;
import java.util.Random;

/**
 * Sounds added to the speech. Levels say by how many decibels the speech is louder. Both levels are
 * root mean squares over the whole recording.
 */
public final class AddedSound {
    /** The upper limit of a buzz. */
    private static final double HIGHEST_HERTZ = 3_000;

    private AddedSound() {}

    /** Adds white noise. */
    public static Degradation noise(double decibelsBelow, long seed) {
        return (speech, sampleRate) -> {
            Random random = new Random(seed);
            double rms = Samples.rms(speech) / Samples.ratio(decibelsBelow);
            return Samples.each(speech, (at, sample) -> sample + rms * random.nextGaussian());
        };
    }

    /** Adds a tone, such as mains hum. */
    public static Degradation hum(double decibelsBelow, double hertz) {
        return (speech, sampleRate) -> {
            double amplitude = Math.sqrt(2) * Samples.rms(speech) / Samples.ratio(decibelsBelow);
            return Samples.each(
                    speech,
                    (at, sample) -> sample + amplitude * Math.sin(2 * Math.PI * hertz * at / (double) sampleRate));
        };
    }

    /**
     * Adds a tone with its harmonics up to 3 kHz at equal levels, as from a charger or a phone
     * beside a cable.
     */
    public static Degradation buzz(double decibelsBelow, double hertz) {
        int harmonics = Math.max(1, (int) (HIGHEST_HERTZ / hertz));
        return (speech, sampleRate) -> {
            double amplitude = Math.sqrt(2.0 / harmonics) * Samples.rms(speech) / Samples.ratio(decibelsBelow);
            return Samples.each(speech, (at, sample) -> {
                double sum = 0;
                for (int k = 1; k <= harmonics; k++) {
                    // Phases by the square of the number keep the peaks low (M. R. Schroeder,
                    // 1970).
                    sum += Math.sin(2 * Math.PI * k * hertz * at / sampleRate + Math.PI * k * k / harmonics);
                }
                return sample + amplitude * sum;
            });
        };
    }

    /**
     * Adds clicks of one sample.
     *
     * @param apart the time between clicks
     * @param height in steps of 32,768
     */
    public static Degradation clicks(Duration apart, double height) {
        return (speech, sampleRate) -> {
            int every = Math.max(1, Samples.count(apart, sampleRate));
            return Samples.each(speech, (at, sample) -> at % every == every / 2 ? sample + height : sample);
        };
    }

    /**
     * Adds another recording from the beginning: another voice, or music.
     *
     * @param other at the speech's rate; after its end nothing is added
     */
    public static Degradation sound(short[] other, double decibelsBelow) {
        short[] besides = other.clone();
        return (speech, sampleRate) -> {
            double loud = Samples.rms(besides);
            double factor = loud == 0 ? 0 : Samples.rms(speech) / loud / Samples.ratio(decibelsBelow);
            return Samples.each(speech, (at, sample) -> sample + (at < besides.length ? besides[at] : 0) * factor);
        };
    }

    /** Adds a delayed copy of the speech. */
    public static Degradation echo(Duration later, double decibelsBelow) {
        double factor = 1 / Samples.ratio(decibelsBelow);
        return (speech, sampleRate) -> {
            int by = Samples.count(later, sampleRate);
            return Samples.each(speech, (at, sample) -> sample + (at < by ? 0 : speech[at - by]) * factor);
        };
    }
}

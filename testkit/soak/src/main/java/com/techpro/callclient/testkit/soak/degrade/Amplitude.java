// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.degrade;

/** What happens to each sample for itself. What no longer fits into 16 bits is clipped. */
public final class Amplitude {
    private Amplitude() {}

    /** Louder by so many decibels; quieter if they are negative. */
    public static Degradation gain(double decibels) {
        double ratio = Samples.ratio(decibels);
        return (speech, sampleRate) -> Samples.each(speech, (at, sample) -> sample * ratio);
    }

    /** Upside down, as by two wires that were swapped. */
    public static Degradation inverted() {
        return (speech, sampleRate) -> Samples.each(speech, (at, sample) -> -sample);
    }

    /** All samples higher by so many steps of 32,768. */
    public static Degradation offset(double steps) {
        return (speech, sampleRate) -> Samples.each(speech, (at, sample) -> sample + steps);
    }

    /** What is louder than the peak less so many decibels is cut off, as by an amplifier that is driven too hard. */
    public static Degradation clipping(double decibelsBelowPeak) {
        return (speech, sampleRate) -> {
            double most = Samples.peak(speech) / Samples.ratio(decibelsBelowPeak);
            return Samples.each(speech, (at, sample) -> Math.max(-most, Math.min(most, sample)));
        };
    }
}

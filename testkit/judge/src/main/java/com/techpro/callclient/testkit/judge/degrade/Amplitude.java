// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.degrade;

/** Changes to each sample alone. Values that exceed 16 bits are clipped. */
public final class Amplitude {
    private Amplitude() {}

    /** Makes it louder by this many decibels; negative is quieter. */
    public static Degradation gain(double decibels) {
        double ratio = Samples.ratio(decibels);
        return (speech, sampleRate) -> Samples.each(speech, (at, sample) -> sample * ratio);
    }

    /** Inverts the polarity, as two swapped wires do. */
    public static Degradation inverted() {
        return (speech, sampleRate) -> Samples.each(speech, (at, sample) -> -sample);
    }

    /** Adds an offset to all samples, in steps of 32,768. */
    public static Degradation offset(double steps) {
        return (speech, sampleRate) -> Samples.each(speech, (at, sample) -> sample + steps);
    }

    /** Clips at this many decibels below the peak, as an overdriven amplifier does. */
    public static Degradation clipping(double decibelsBelowPeak) {
        return (speech, sampleRate) -> {
            double most = Samples.peak(speech) / Samples.ratio(decibelsBelowPeak);
            return Samples.each(speech, (at, sample) -> Math.max(-most, Math.min(most, sample)));
        };
    }
}

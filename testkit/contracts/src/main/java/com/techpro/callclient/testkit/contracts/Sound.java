// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import java.util.Random;

/** A sound without end, as a function of time: the same whoever listens, and whenever. */
@FunctionalInterface
public interface Sound {
    Sound SILENCE = (index, sampleRate) -> 0;

    /** The sample at that place, counted from the beginning. */
    short at(long index, int sampleRate);

    /** A sine tone. */
    static Sound tone(double hertz, double amplitude) {
        return (index, sampleRate) ->
                (short) Math.round(amplitude * Math.sin(2 * Math.PI * hertz * index / sampleRate));
    }

    /** A recording, over and over; its sample rate is taken to be the one that is asked for. */
    static Sound looping(short[] recording) {
        short[] samples = recording.clone();
        return (index, sampleRate) -> samples[(int) (index % samples.length)];
    }

    /** White noise; in one run the same seed, the same noise. */
    static Sound noise(long seed, int amplitude) {
        long first = Seeds.of(seed) * 31;
        return (index, sampleRate) -> (short) (new Random(first + index).nextInt(2 * amplitude + 1) - amplitude);
    }

    /** How strongly a frequency is present, as the amplitude of a sine tone (Goertzel's algorithm). */
    static double amplitudeOf(double hertz, short[] samples, int sampleRate) {
        double step = 2 * Math.PI * hertz / sampleRate;
        double real = 0;
        double imaginary = 0;
        for (int i = 0; i < samples.length; i++) {
            real += samples[i] * Math.cos(step * i);
            imaginary += samples[i] * Math.sin(step * i);
        }
        return samples.length == 0 ? 0 : 2 * Math.hypot(real, imaginary) / samples.length;
    }

    /** Where in its cycle a frequency is at the first sample, in cycles from 0 to 1; only a tone has a phase that means anything. */
    static double phaseOf(double hertz, short[] samples, int sampleRate) {
        double step = 2 * Math.PI * hertz / sampleRate;
        double real = 0;
        double imaginary = 0;
        for (int i = 0; i < samples.length; i++) {
            real += samples[i] * Math.cos(step * i);
            imaginary += samples[i] * Math.sin(step * i);
        }
        double cycles = Math.atan2(real, imaginary) / (2 * Math.PI);
        return cycles - Math.floor(cycles);
    }

    /** The mean loudness of samples. */
    static double rootMeanSquare(short[] samples) {
        double sum = 0;
        for (short sample : samples) {
            sum += (double) sample * sample;
        }
        return samples.length == 0 ? 0 : Math.sqrt(sum / samples.length);
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.contracts;

import java.util.Random;

/** An endless sound as a function of time, the same for every listener. */
@FunctionalInterface
public interface Sound {
    Sound SILENCE = (index, sampleRate) -> 0;

    /** Returns the sample at that index from the beginning. */
    short at(long index, int sampleRate);

    /** Returns a sine tone. */
    static Sound tone(double hertz, double amplitude) {
        return (index, sampleRate) ->
                (short) Math.round(amplitude * Math.sin(2 * Math.PI * hertz * index / sampleRate));
    }

    /** Returns a repeated recording, played at whatever sample rate is requested. */
    static Sound looping(short[] recording) {
        short[] samples = recording.clone();
        return (index, sampleRate) -> samples[(int) (index % samples.length)];
    }

    /** Returns white noise; within one run the same seed gives the same noise. */
    static Sound noise(long seed, int amplitude) {
        long first = Seeds.of(seed) * 31;
        return (index, sampleRate) -> (short) (new Random(first + index).nextInt(2 * amplitude + 1) - amplitude);
    }

    /** Returns the amplitude of a frequency, as that of a sine tone (Goertzel's algorithm). */
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

    /** Returns the root mean square of samples. */
    static double rootMeanSquare(short[] samples) {
        double sum = 0;
        for (short sample : samples) {
            sum += (double) sample * sample;
        }
        return samples.length == 0 ? 0 : Math.sqrt(sum / samples.length);
    }
}

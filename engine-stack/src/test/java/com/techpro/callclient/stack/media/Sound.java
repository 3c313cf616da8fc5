// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

/** Samples, and what can be asked about them. */
record Sound(short[] samples, int rate) {
    /** At 8 kHz. */
    Sound(short[] samples) {
        this(samples, 8_000);
    }

    /** The share of the energy that lies at a frequency, 0 to 1 (Goertzel). */
    double power(double frequency) {
        double c = 2 * Math.cos(2 * Math.PI * frequency / rate);
        double s1 = 0;
        double s2 = 0;
        double energy = 0;
        for (short sample : samples) {
            double s = sample + c * s1 - s2;
            s2 = s1;
            s1 = s;
            energy += (double) sample * sample;
        }
        double magnitude = s1 * s1 + s2 * s2 - c * s1 * s2;
        return energy == 0 ? 0 : magnitude * 2 / samples.length / energy;
    }

    /** The root of the mean square. */
    double loudness() {
        double energy = 0;
        for (short sample : samples) {
            energy += (double) sample * sample;
        }
        return Math.sqrt(energy / Math.max(1, samples.length));
    }

    /** The largest step between two samples. */
    int largestStep() {
        int largest = 0;
        for (int i = 1; i < samples.length; i++) {
            largest = Math.max(largest, Math.abs(samples[i] - samples[i - 1]));
        }
        return largest;
    }
}

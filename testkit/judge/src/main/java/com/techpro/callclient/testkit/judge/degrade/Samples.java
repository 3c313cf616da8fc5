// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.degrade;

import java.time.Duration;
import java.util.Arrays;

/** Operations on samples shared by several degradations. */
final class Samples {
    /** 5 ms that are quieter than the loudest by this much are no speech. */
    private static final double SPEECH = 12;

    private static final Duration LOOK = Duration.ofMillis(5);

    private Samples() {}

    /** Maps one sample to another. */
    @FunctionalInterface
    interface Change {
        double of(int at, double sample);
    }

    static short[] each(short[] samples, Change change) {
        short[] changed = new short[samples.length];
        for (int i = 0; i < samples.length; i++) {
            double sample = Math.rint(change.of(i, samples[i]));
            changed[i] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, sample));
        }
        return changed;
    }

    /** Ignores positions outside the array. */
    static short[] silent(short[] samples, int from, int to) {
        short[] changed = samples.clone();
        int begin = Math.max(0, Math.min(changed.length, from));
        Arrays.fill(changed, begin, Math.max(begin, Math.min(changed.length, to)), (short) 0);
        return changed;
    }

    static int count(Duration length, int sampleRate) {
        return Math.toIntExact(Math.round(length.toNanos() * 1e-9 * sampleRate));
    }

    static double ratio(double decibels) {
        return Math.pow(10, decibels / 20);
    }

    static double rms(short[] samples) {
        return rms(samples, 0, samples.length);
    }

    private static double rms(short[] samples, int from, int to) {
        double sum = 0;
        for (int i = from; i < to; i++) {
            sum += (double) samples[i] * samples[i];
        }
        return to <= from ? 0 : Math.sqrt(sum / (to - from));
    }

    static double peak(short[] samples) {
        double most = 0;
        for (short sample : samples) {
            most = Math.max(most, Math.abs((double) sample));
        }
        return most;
    }

    /** Interpolates linearly between two samples; silence outside the array. */
    static double between(short[] samples, double at) {
        int before = (int) Math.floor(at);
        double part = at - before;
        return before < 0 || before + 1 >= samples.length
                ? 0
                : samples[before] * (1 - part) + samples[before + 1] * part;
    }

    /** Returns where the first loud 5 ms begin; the recording's end if there are none. */
    static int firstSpeech(short[] samples, int sampleRate) {
        int look = count(LOOK, sampleRate);
        double least = peak(samples) / SPEECH;
        for (int at = 0; at + look <= samples.length; at += look) {
            if (least > 0 && rms(samples, at, at + look) >= least) {
                return at;
            }
        }
        return samples.length;
    }

    /** Returns where the last loud 5 ms end; 0 if there are none. */
    static int lastSpeech(short[] samples, int sampleRate) {
        int look = count(LOOK, sampleRate);
        double least = peak(samples) / SPEECH;
        for (int at = samples.length - look; at >= 0; at -= look) {
            if (least > 0 && rms(samples, at, at + look) >= least) {
                return at + look;
            }
        }
        return 0;
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.scene;

import java.util.Random;

/** Noise and music. */
final class Sounds {
    static final int RATE = 16000;

    private Sounds() {}

    static double[] noise(SceneSettings.NoiseKind kind, Random random, int length) {
        double[] out = new double[length];
        if (kind == SceneSettings.NoiseKind.KEYS) {
            type(out, random);
            return out;
        }
        double low = 0;
        double lower = 0;
        for (int i = 0; i < length; i++) {
            double white = random.nextGaussian();
            switch (kind) {
                case WHITE:
                    out[i] = white;
                    break;
                case FAN:
                    low += 0.12 * (white - low);
                    out[i] = low + 0.03 * white + 0.05 * Math.sin(2 * Math.PI * 100 * i / RATE);
                    break;
                default:
                    // Passing traffic swells by some decibels.
                    low += 0.08 * (white - low);
                    lower += 0.3 * (low - lower);
                    out[i] = (lower + 0.02 * white) * (1 + 0.5 * Math.sin(2 * Math.PI * i / (RATE * 5.3)));
                    break;
            }
        }
        return out;
    }

    /** Each key clicks when pressed and, more quietly, when let go, with the tail of what it is fastened to. */
    private static void type(double[] out, Random random) {
        double interval = RATE * (0.15 + 0.35 * random.nextDouble());
        double tail = RATE * (0.01 + 0.02 * random.nextDouble());
        for (int at = 0; at < out.length; at += (int) (interval * (0.6 + 0.8 * random.nextDouble()))) {
            double loud = 0.5 + random.nextDouble();
            click(out, at, loud, tail, random);
            click(out, at + (int) (RATE * (0.07 + 0.06 * random.nextDouble())), loud / 2, tail, random);
        }
        for (int i = 0; i < out.length; i++) {
            out[i] += 1e-3 * random.nextGaussian();
        }
    }

    private static void click(double[] out, int from, double loud, double tail, Random random) {
        double ring = 2 * Math.PI * (1500 + 3000 * random.nextDouble()) / RATE;
        for (int i = 0; i < 8 * tail && from + i < out.length; i++) {
            double first = Math.exp(-i / (RATE * 0.002)) * (random.nextGaussian() + Math.sin(ring * i));
            out[from + i] += loud * (first + 0.1 * Math.exp(-i / tail) * random.nextGaussian());
        }
    }

    /** Keys, ringing, sirens and beeps, with pauses. */
    static double[] tones(Random random, int length) {
        double[] out = new double[length];
        int at = 0;
        while (at < length) {
            int end = Math.min(length, at + (int) (RATE * (0.1 + 1.4 * random.nextDouble())));
            double low = 300 + 700 * random.nextDouble();
            double high = random.nextBoolean() ? low * (1.2 + random.nextDouble()) : 0;
            double glide = random.nextInt(3) == 0 ? random.nextDouble() - 0.3 : 0;
            double phase = 0;
            for (int i = at; i < end; i++) {
                phase += 2 * Math.PI / RATE * (1 + glide * (i - at) / RATE);
                double edge = Math.min(1, Math.min(i - at, end - 1 - i) / 80.0);
                out[i] = edge * (Math.sin(low * phase) + Math.sin(high * phase));
            }
            at = end + (int) (RATE * 0.4 * random.nextDouble());
        }
        return out;
    }

    /** Plucked strings (K. Karplus and A. Strong, 1983) over held chords and drums, in a key and at a speed by chance. */
    static double[] music(Random random, int length) {
        double[] out = new double[length];
        int beat = (int) (RATE * (0.25 + 0.35 * random.nextDouble()));
        double key = 98 * Math.pow(2, random.nextDouble());
        int[] steps = random.nextBoolean() ? new int[] {0, 2, 4, 5, 7, 9, 11} : new int[] {0, 2, 3, 5, 7, 8, 10};
        double strings = random.nextDouble();
        double chords = 0.6 * random.nextDouble();
        double drums = random.nextDouble();
        for (int bar = 0; bar * 4 * beat < length; bar++) {
            int root = random.nextInt(steps.length);
            for (int third = 0; third < 3; third++) {
                hold(out, bar * 4 * beat, 4 * beat, pitch(key, steps, root + 2 * third), chords, random);
            }
            for (int eighth = 0; eighth < 8; eighth++) {
                int from = (bar * 8 + eighth) * beat / 2;
                double pitch = pitch(2 * key, steps, root + 2 * random.nextInt(4));
                pluck(out, from, pitch, eighth == 0 || random.nextInt(3) > 0 ? 0.3 + strings : 0, random);
                double hit = drums * (eighth % 4 == 2 ? 1 : 0.3);
                for (int i = from; i < Math.min(length, from + beat / 3); i++) {
                    out[i] += hit * random.nextGaussian() * Math.exp(-18.0 * (i - from) / beat);
                }
            }
        }
        return out;
    }

    private static double pitch(double key, int[] steps, int step) {
        int octave = step / steps.length;
        return key * Math.pow(2, octave + steps[step % steps.length] / 12.0);
    }

    private static void hold(double[] out, int from, int length, double hertz, double loud, Random random) {
        double vibrato = 2 * Math.PI * (4 + 2 * random.nextDouble()) / RATE;
        for (int overtone = 1; overtone <= 6; overtone++) {
            double phase = 2 * Math.PI * random.nextDouble();
            for (int i = 0; i < length && from + i < out.length; i++) {
                phase += 2 * Math.PI * hertz * overtone / RATE * (1 + 0.004 * Math.sin(vibrato * i));
                double edge = Math.min(1, Math.min(i, length - i) / (0.08 * RATE));
                out[from + i] += loud / overtone * edge * Math.sin(phase);
            }
        }
    }

    private static void pluck(double[] out, int from, double hertz, double loud, Random random) {
        double[] string = new double[(int) (RATE / hertz)];
        for (int i = 0; i < string.length; i++) {
            string[i] = random.nextGaussian();
        }
        for (int i = 0; i < 2 * RATE && from + i < out.length; i++) {
            int at = i % string.length;
            out[from + i] += loud * string[at];
            string[at] = 0.498 * (string[at] + string[(at + 1) % string.length]);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.scene;

import java.util.Random;

/** Noise and music. */
final class Sounds {
    private static final int RATE = Scene.SAMPLE_RATE;

    private Sounds() {}

    static double[] noise(SceneSettings.NoiseKind kind, Random random, int length) {
        double[] out = new double[length];
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

    /** Chords with overtones over a beat. */
    static double[] music(Random random, int length) {
        double[] out = new double[length];
        int note = RATE * 2 / 5;
        double[] scale = {220, 246.94, 261.63, 293.66, 329.63, 349.23, 392, 440};
        for (int from = 0; from < length; from += note) {
            double bass = scale[random.nextInt(scale.length)] / 2;
            for (int voice = 0; voice < 4; voice++) {
                double pitch = voice == 0 ? bass : scale[random.nextInt(scale.length)] * (voice == 3 ? 2 : 1);
                for (int overtone = 1; overtone <= 8; overtone++) {
                    double frequency = pitch * overtone * (1 + 0.0007 * random.nextGaussian());
                    double phase = 2 * Math.PI * random.nextDouble();
                    double loud = 1.0 / overtone / (1 + 0.1 * voice);
                    for (int i = 0; i < 2 * note && from + i < length && frequency < RATE / 2.2; i++) {
                        double envelope = Math.min(1, i / 100.0) * Math.exp(-3.0 * i / note);
                        out[from + i] += loud * envelope * Math.sin(2 * Math.PI * frequency * i / RATE + phase);
                    }
                }
            }
            for (int i = 0; i < note / 3 && from + i < length; i++) {
                out[from + i] += 1.2 * random.nextGaussian() * Math.exp(-12.0 * i / note);
            }
        }
        return out;
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.scene;

import java.util.Random;

/** A small loudspeaker with its amplifier: what it does to a sound depends on what it played before. */
final class Loudspeaker {
    private static final int RATE = Sounds.RATE;
    /** The limiter's, in samples. */
    private static final double RELEASE = 0.12 * RATE;

    private final SceneSettings settings;
    private final Filter bass;
    private final Filter cabinet;
    private final Filter cone;

    private Loudspeaker(SceneSettings settings, Filter bass, Filter cabinet, Filter cone) {
        this.settings = settings;
        this.bass = bass;
        this.cabinet = cabinet;
        this.cone = cone;
    }

    static Loudspeaker of(SceneSettings settings, Random random) {
        double lowest = 150 + 250 * random.nextDouble();
        return new Loudspeaker(
                settings,
                Filter.highPass(lowest, 0.7 + 0.6 * random.nextDouble()),
                Filter.peak(700 + 2300 * random.nextDouble(), 2, 3 + 6 * random.nextDouble()),
                Filter.lowPass(lowest * 1.2, 1 + random.nextDouble()));
    }

    /** Returns what it makes of a sound whose loudest sample is all that it can take. */
    double[] played(double[] sound) {
        double loud = 1;
        for (double sample : sound) {
            loud = Math.max(loud, Math.abs(sample));
        }
        double[] out = new double[sound.length];
        double envelope = 0;
        for (int i = 0; i < sound.length; i++) {
            double x = sound[i] / loud;
            switch (settings.speaker) {
                case MEMORY:
                    x = bent(x);
                    break;
                case LIMITER:
                    envelope = Math.max(Math.abs(x), envelope * (1 - 1 / RELEASE));
                    double limit = 0.6 - 0.5 * settings.drive;
                    x *= envelope > limit ? limit / envelope : 1;
                    x = limit * Math.tanh(1.5 * x / limit);
                    break;
                case CLIPPING:
                    double most = 0.7 - 0.55 * settings.drive;
                    x = Math.max(-most, Math.min(most, x));
                    break;
                case LINEAR:
                    break;
            }
            out[i] = loud * cabinet.filtered(bass.filtered(x));
        }
        return out;
    }

    /**
     * A Volterra series of the third order: the further the cone is out, which lags behind the sound, the weaker is the
     * magnet, and unequally inwards and outwards. Then the amplifier's soft limit.
     */
    private double bent(double x) {
        double out = cone.filtered(x);
        double weaker = 1 - settings.drive * (0.5 * out + 1.2 * out * out);
        double limit = 1.2 - 0.8 * settings.drive;
        return limit * Math.tanh(x * weaker / limit);
    }

    /** Two poles and two zeros, by R. Bristow-Johnson's formulas. */
    private static final class Filter {
        private final double[] zeros;
        private final double[] poles;
        private double one;
        private double two;

        private Filter(double b0, double b1, double b2, double a0, double a1, double a2) {
            zeros = new double[] {b0 / a0, b1 / a0, b2 / a0};
            poles = new double[] {a1 / a0, a2 / a0};
        }

        static Filter highPass(double hertz, double sharpness) {
            double cosine = Math.cos(2 * Math.PI * hertz / RATE);
            double alpha = Math.sin(2 * Math.PI * hertz / RATE) / (2 * sharpness);
            double b = (1 + cosine) / 2;
            return new Filter(b, -2 * b, b, 1 + alpha, -2 * cosine, 1 - alpha);
        }

        static Filter lowPass(double hertz, double sharpness) {
            double cosine = Math.cos(2 * Math.PI * hertz / RATE);
            double alpha = Math.sin(2 * Math.PI * hertz / RATE) / (2 * sharpness);
            double b = (1 - cosine) / 2;
            return new Filter(b, 2 * b, b, 1 + alpha, -2 * cosine, 1 - alpha);
        }

        static Filter peak(double hertz, double sharpness, double decibels) {
            double cosine = Math.cos(2 * Math.PI * hertz / RATE);
            double alpha = Math.sin(2 * Math.PI * hertz / RATE) / (2 * sharpness);
            double gain = Math.pow(10, decibels / 40);
            return new Filter(
                    1 + alpha * gain, -2 * cosine, 1 - alpha * gain, 1 + alpha / gain, -2 * cosine, 1 - alpha / gain);
        }

        double filtered(double x) {
            double y = zeros[0] * x + one;
            one = zeros[1] * x - poles[0] * y + two;
            two = zeros[2] * x - poles[1] * y;
            return y;
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.scene;

/** Sound between its samples, by a windowed sinc. Immutable. */
final class Resampler {
    static final Resampler WHOLE_BAND = new Resampler(1);

    private static final int REACH = 16;
    private static final int PHASES = 2048;

    private final double[][] kernels = new double[PHASES + 1][2 * REACH];

    /** @param band that is kept, as a share of the sound's */
    private Resampler(double band) {
        for (int phase = 0; phase <= PHASES; phase++) {
            for (int i = 0; i < 2 * REACH; i++) {
                double x = (double) phase / PHASES + REACH - 1 - i;
                double sinc = x == 0 ? band : Math.sin(Math.PI * band * x) / (Math.PI * x);
                kernels[phase][i] = sinc * (0.5 + 0.5 * Math.cos(Math.PI * x / (REACH + 1)));
            }
        }
    }

    /** Returns a sound at another rate, as long in time. */
    static double[] resampled(double[] sound, int rate, int newRate) {
        if (rate == newRate) {
            return sound;
        }
        // A twentieth is left for the filter's slope.
        Resampler resampler = newRate < rate ? new Resampler(0.95 * newRate / rate) : WHOLE_BAND;
        double[] out = new double[(int) ((long) sound.length * newRate / rate)];
        for (int i = 0; i < out.length; i++) {
            out[i] = resampler.at(sound, (double) i * rate / newRate);
        }
        return out;
    }

    /** Returns the sound at a place; it is silent before its beginning and after its end. */
    double at(double[] sound, double position) {
        int whole = (int) Math.floor(position);
        double[] kernel = kernels[(int) Math.rint((position - whole) * PHASES)];
        int first = whole - REACH + 1;
        double sum = 0;
        for (int i = Math.max(0, -first); i < kernel.length && first + i < sound.length; i++) {
            sum += kernel[i] * sound[first + i];
        }
        return sum;
    }

    /** Adds an impulse of this height at a place. */
    void add(double[] sound, double position, double height) {
        int whole = (int) Math.floor(position);
        double[] kernel = kernels[(int) Math.rint((position - whole) * PHASES)];
        int first = whole - REACH + 1;
        for (int i = Math.max(0, -first); i < kernel.length && first + i < sound.length; i++) {
            sound[first + i] += height * kernel[i];
        }
    }
}

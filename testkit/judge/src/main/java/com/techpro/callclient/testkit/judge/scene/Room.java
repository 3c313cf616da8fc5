// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.scene;

import com.techpro.callclient.testkit.judge.signal.Fft;

/**
 * The way from a loudspeaker to a microphone in a box with walls that reflect, by the image method (J. B. Allen and
 * D. A. Berkley, 1979). Immutable.
 */
final class Room {
    /** Of sound, in metres a second. */
    static final double SPEED = 343;

    private static final int RATE = Sounds.RATE;
    /** C. F. Eyring's and W. C. Sabine's constant, in seconds a metre. */
    private static final double SABINE = 0.161;
    /** A box fades more slowly than theirs: what goes to and fro between two far walls meets them seldom. */
    private static final double BOX = 1.5;

    private final double[] response;

    /**
     * Computes the response; the direct sound at a metre has the gain 1.
     *
     * @param size in metres
     * @param from where the loudspeaker is
     * @param to where the microphone is
     * @param decay in seconds until the reverberation is 60 dB down
     */
    Room(double[] size, double[] from, double[] to, double decay) {
        response = new double[(int) (decay * RATE) + RATE / 50];
        double volume = size[0] * size[1] * size[2];
        double surface = 2 * (size[0] * size[1] + size[1] * size[2] + size[2] * size[0]);
        // The share of the energy that a wall keeps is 1 - absorption.
        double kept = Math.exp(-BOX * SABINE * volume / (surface * decay) / 2);
        double reach = (double) response.length / RATE * SPEED;
        double[][] x = images(size[0], from[0], to[0], kept, reach);
        double[][] y = images(size[1], from[1], to[1], kept, reach);
        double[][] z = images(size[2], from[2], to[2], kept, reach);
        for (double[] a : x) {
            for (double[] b : y) {
                double flat = a[0] + b[0];
                if (flat < reach * reach) {
                    for (double[] c : z) {
                        double distance = Math.sqrt(flat + c[0]);
                        if (distance < reach) {
                            Resampler.WHOLE_BAND.add(response, distance / SPEED * RATE, a[1] * b[1] * c[1] / distance);
                        }
                    }
                }
            }
        }
    }

    /** Along one axis: the square of each image's distance, and what its reflections left of the sound. */
    private static double[][] images(double size, double from, double to, double kept, double reach) {
        int most = (int) (reach / (2 * size)) + 1;
        double[][] images = new double[2 * (2 * most + 1)][];
        for (int i = -most; i <= most; i++) {
            double even = 2 * i * size + from - to;
            double odd = 2 * i * size - from - to;
            images[2 * (i + most)] = new double[] {even * even, Math.pow(kept, 2 * Math.abs(i))};
            images[2 * (i + most) + 1] = new double[] {odd * odd, Math.pow(kept, Math.abs(i - 1) + Math.abs(i))};
        }
        return images;
    }

    /** Returns what is heard of a sound. */
    double[] heard(double[] sound) {
        double[] out = new double[sound.length];
        int step = Math.max(16384, response.length);
        for (int from = 0; from < sound.length; from += step) {
            int to = Math.min(sound.length, from + step);
            System.arraycopy(heard(sound, from, to), 0, out, from, to - from);
        }
        return out;
    }

    /** Returns what is heard of a sound from one sample up to another. */
    double[] heard(double[] sound, int from, int to) {
        int size = Integer.highestOneBit(to - from + response.length) * 2;
        Fft fft = new Fft(size);
        double[] filterRe = new double[size];
        double[] filterIm = new double[size];
        System.arraycopy(response, 0, filterRe, 0, response.length);
        fft.transform(filterRe, filterIm);
        double[] re = new double[size];
        double[] im = new double[size];
        int first = Math.max(0, from - response.length);
        System.arraycopy(sound, first, re, 0, to - first);
        fft.transform(re, im);
        for (int k = 0; k < size; k++) {
            double r = re[k] * filterRe[k] - im[k] * filterIm[k];
            im[k] = re[k] * filterIm[k] + im[k] * filterRe[k];
            re[k] = r;
        }
        fft.inverseUnscaled(re, im);
        double[] out = new double[to - from];
        for (int i = 0; i < out.length; i++) {
            out[i] = re[from - first + i] / size;
        }
        return out;
    }

    double[] response() {
        return response.clone();
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.verify;

import com.techpro.callclient.testkit.soak.signal.Fft;

/**
 * How far two frames of 20 ms at 16 kHz are apart in loudness and colour: the root mean square, over 10 ms and bands about as wide as an ear's, of their levels' difference
 * in decibels. What was shifted by some samples, or is another noise of the same colour, is near.
 */
final class BandDistance {
    /** Where bands end, in hertz; the lowest begins at the first. */
    private static final int[] EDGES = {
        150, 300, 450, 600, 800, 1000, 1250, 1550, 1900, 2300, 2800, 3400, 4100, 5000, 6000, 7000
    };

    private static final int RATE = 16_000;
    private static final int HALF_FRAME = RATE / 100;
    /** 20 ms, around a half of the frame. */
    private static final int WINDOW = 2 * HALF_FRAME;

    private static final Fft FFT = new Fft(512);
    private static final double[] HANN = hann();
    /** Below the loudest band by 30 dB nobody hears a difference. */
    private static final double MASKED = 1e-3;
    /** One step of a sample, so that silence is like silence. */
    private static final double STEP = 1e4;

    /** Above this G.711 carries nothing. */
    private static final int TELEPHONE_END = 4_100;

    private final int bands;

    @SuppressWarnings("ArrayRecordComponent") // never compared
    private record Levels(double[] said, double[] heard) {}

    /** @param highestHertz bands that go on above it are left out */
    BandDistance(int highestHertz) {
        int count = 0;
        while (count + 1 < EDGES.length && EDGES[count + 1] <= highestHertz) {
            count++;
        }
        this.bands = count;
    }

    /** @param saidFrom where the frame begins; half a window before and after it must be there */
    double decibels(short[] said, int saidFrom, short[] heard, int heardFrom) {
        double sum = 0;
        for (int half = 0; half < 2; half++) {
            int offset = half * HALF_FRAME - HALF_FRAME / 2;
            sum += squares(said, saidFrom + offset, heard, heardFrom + offset);
        }
        return Math.sqrt(sum / (2 * bands));
    }

    /** The energy of a frame in all bands together, and in those alone that G.711 does not carry. */
    UpperBand upperBand(short[] said, int saidFrom, short[] heard, int heardFrom) {
        Levels levels = levels(said, saidFrom, heard, heardFrom);
        double whole = 0;
        double saidUpper = 0;
        double heardUpper = 0;
        for (int band = 0; band < bands; band++) {
            whole += levels.said[band];
            if (EDGES[band] >= TELEPHONE_END) {
                saidUpper += levels.said[band];
                heardUpper += levels.heard[band];
            }
        }
        return new UpperBand(whole, saidUpper, heardUpper);
    }

    private Levels levels(short[] said, int saidFrom, short[] heard, int heardFrom) {
        double[] re = new double[FFT.size()];
        double[] im = new double[FFT.size()];
        for (int i = 0; i < WINDOW; i++) {
            re[i] = HANN[i] * at(said, saidFrom + i);
            im[i] = HANN[i] * at(heard, heardFrom + i);
        }
        FFT.transform(re, im);
        Levels levels = new Levels(new double[bands], new double[bands]);
        for (int band = 0; band < bands; band++) {
            levels.said[band] = STEP;
            levels.heard[band] = STEP;
            for (int k = bin(EDGES[band]); k < bin(EDGES[band + 1]); k++) {
                levels.said[band] += FFT.firstOfTwo(re, im, k) / 4;
                levels.heard[band] += FFT.secondOfTwo(re, im, k) / 4;
            }
        }
        return levels;
    }

    private double squares(short[] said, int saidFrom, short[] heard, int heardFrom) {
        Levels levels = levels(said, saidFrom, heard, heardFrom);
        double loudest = 0;
        for (int band = 0; band < bands; band++) {
            loudest = Math.max(loudest, levels.said[band]);
        }
        double floor = MASKED * loudest;
        double sum = 0;
        for (int band = 0; band < bands; band++) {
            sum += square(10 * Math.log10((levels.said[band] + floor) / (levels.heard[band] + floor)));
        }
        return sum;
    }

    private static int bin(int hertz) {
        return (hertz * FFT.size() + RATE - 1) / RATE;
    }

    private static double at(short[] samples, int index) {
        return index >= 0 && index < samples.length ? samples[index] : 0;
    }

    private static double square(double x) {
        return x * x;
    }

    private static double[] hann() {
        double[] window = new double[WINDOW];
        for (int i = 0; i < WINDOW; i++) {
            window[i] = 0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 0.5) / WINDOW);
        }
        return window;
    }
}

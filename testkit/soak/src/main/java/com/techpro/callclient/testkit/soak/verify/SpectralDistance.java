// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.verify;

import com.techpro.callclient.testkit.soak.signal.Fft;

/** The log-spectral distance of one 32 ms window: the root mean square over the telephone band of the levels' difference, in decibels. */
final class SpectralDistance {
    static final int WINDOW = 256;

    private static final Fft FFT = new Fft(WINDOW);
    private static final double[] HANN = hann();
    /** 31.25 Hz each: 125 Hz to 3.6 kHz. */
    private static final int LOWEST_BIN = 4;

    private static final int HIGHEST_BIN = 115;
    /** Below the loudest bin by 40 dB, only G.711's own noise is left to compare. */
    private static final double FLOOR = 1e-4;

    private SpectralDistance() {}

    static double decibels(double[] said, int saidFrom, double[] heard, int heardFrom) {
        double[] re = new double[WINDOW];
        double[] im = new double[WINDOW];
        for (int i = 0; i < WINDOW; i++) {
            re[i] = said[saidFrom + i] * HANN[i];
            im[i] = heard[heardFrom + i] * HANN[i];
        }
        FFT.transform(re, im);
        double[] saidPower = new double[HIGHEST_BIN + 1];
        double[] heardPower = new double[HIGHEST_BIN + 1];
        double loudest = 1;
        for (int k = LOWEST_BIN; k <= HIGHEST_BIN; k++) {
            saidPower[k] = FFT.firstOfTwo(re, im, k);
            heardPower[k] = FFT.secondOfTwo(re, im, k);
            loudest = Math.max(loudest, saidPower[k]);
        }
        double floor = loudest * FLOOR;
        double sum = 0;
        for (int k = LOWEST_BIN; k <= HIGHEST_BIN; k++) {
            sum += square(10 * Math.log10((saidPower[k] + floor) / (heardPower[k] + floor)));
        }
        return Math.sqrt(sum / (HIGHEST_BIN - LOWEST_BIN + 1));
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

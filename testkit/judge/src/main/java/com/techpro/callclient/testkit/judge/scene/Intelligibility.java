// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.scene;

import com.techpro.callclient.testkit.judge.signal.Fft;
import java.util.ArrayList;
import java.util.List;

/**
 * STOI: how well speech is understood, 0 to 1 (C. H. Taal, R. C. Hendriks, R. Heusdens, J. Jensen, 2011). Frames are as
 * long in time as theirs, at 16 kHz instead of 10.
 */
final class Intelligibility {
    private static final int FRAME = Scene.SAMPLE_RATE * 256 / 10000;
    private static final Fft FFT = new Fft(1024);
    private static final int BANDS = 15;
    private static final double LOWEST = 150;
    /** Frames that are compared together. */
    private static final int TOGETHER = 30;
    /** Frames this far below the loudest are silent. */
    private static final double SILENT = 1e-4;
    /** -15 dB: what is worse than this counts as this. */
    private static final double CLIP = 1 + Math.pow(10, 15.0 / 20);

    private Intelligibility() {}

    /** Returns how well speech is understood in an output; NaN if there is less than 0.4 s of it. */
    static double of(double[] clean, double[] output, int from, int to) {
        double loudest = 0;
        for (int at = from; at + FRAME <= to; at += FRAME / 2) {
            loudest = Math.max(loudest, power(clean, at));
        }
        List<double[]> said = new ArrayList<>();
        List<double[]> heard = new ArrayList<>();
        for (int at = from; at + FRAME <= to; at += FRAME / 2) {
            if (power(clean, at) > loudest * SILENT) {
                said.add(bands(clean, at));
                heard.add(bands(output, at));
            }
        }
        double sum = 0;
        int count = 0;
        for (int end = TOGETHER; end <= said.size(); end++) {
            for (int band = 0; band < BANDS; band++) {
                sum += correlation(said, heard, end - TOGETHER, band);
                count++;
            }
        }
        return count == 0 ? Double.NaN : sum / count;
    }

    private static double correlation(List<double[]> said, List<double[]> heard, int first, int band) {
        double[] x = new double[TOGETHER];
        double[] y = new double[TOGETHER];
        double xPower = 0;
        double yPower = 0;
        for (int i = 0; i < TOGETHER; i++) {
            x[i] = said.get(first + i)[band];
            y[i] = heard.get(first + i)[band];
            xPower += x[i] * x[i];
            yPower += y[i] * y[i];
        }
        double scale = Math.sqrt(xPower / (yPower + 1e-9));
        double xMean = 0;
        double yMean = 0;
        for (int i = 0; i < TOGETHER; i++) {
            y[i] = Math.min(y[i] * scale, x[i] * CLIP);
            xMean += x[i] / TOGETHER;
            yMean += y[i] / TOGETHER;
        }
        double both = 0;
        double xOnly = 1e-9;
        double yOnly = 1e-9;
        for (int i = 0; i < TOGETHER; i++) {
            both += (x[i] - xMean) * (y[i] - yMean);
            xOnly += (x[i] - xMean) * (x[i] - xMean);
            yOnly += (y[i] - yMean) * (y[i] - yMean);
        }
        return both / Math.sqrt(xOnly * yOnly);
    }

    private static double power(double[] samples, int at) {
        double sum = 0;
        for (int i = at; i < at + FRAME; i++) {
            sum += samples[i] * samples[i];
        }
        return sum;
    }

    /** The magnitudes of third octaves. */
    private static double[] bands(double[] samples, int at) {
        double[] re = new double[FFT.size()];
        double[] im = new double[FFT.size()];
        for (int i = 0; i < FRAME; i++) {
            re[i] = samples[at + i] * (0.5 - 0.5 * Math.cos(2 * Math.PI * (i + 1) / (FRAME + 1)));
        }
        FFT.transform(re, im);
        double[] bands = new double[BANDS];
        for (int k = 1; k < FFT.size() / 2; k++) {
            double hertz = (double) k * Scene.SAMPLE_RATE / FFT.size();
            int band = (int) Math.floor(3 * Math.log(hertz / LOWEST) / Math.log(2) + 0.5);
            if (band >= 0 && band < BANDS) {
                bands[band] += re[k] * re[k] + im[k] * im[k];
            }
        }
        for (int band = 0; band < BANDS; band++) {
            bands[band] = Math.sqrt(bands[band]);
        }
        return bands;
    }
}

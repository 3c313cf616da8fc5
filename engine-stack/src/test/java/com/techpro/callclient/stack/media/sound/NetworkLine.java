// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.sound;

import com.techpro.callclient.testkit.contracts.Seeds;
import java.util.Arrays;
import java.util.Random;

/**
 * The test equipment of ITU-T G.168 at 8 kHz: composite source signals, noise, an echo path, and levels. None of it uses
 * what it tests, and each signal is the same in every run.
 */
final class NetworkLine {
    static final int RATE = 8000;
    /** The root mean square of 0 dBm0: in PCMU a sine of full scale has 3.14 dBm0 (ITU-T G.711). */
    private static final double ZERO_DBM0 = 32_768 / Math.sqrt(2) * Math.pow(10, -3.14 / 20);
    /** Of the pseudo-noise's spectrum. */
    private static final int SIZE = 2048;
    /** G.168 limits its signals to 200 to 3600 Hz. */
    private static final int LOWEST = 200;

    private static final int HIGHEST = 3600;
    private static final int NOISE = RATE / 5;

    /** The echo path model m1 of G.168 Annex D: a hybrid, measured (table D.2). */
    private static final int[] HYBRID = {
        -436, -829, -2797, -4208, -17968, -11215, 46150, 34480, -10427, 9049, -1309, -6320, 390, -8191, -1751, -6051,
        -3796, -4055, -3948, -2557, -3372, -1808, -2259, -1300, -1098, -618, -340, -61, 323, 419, 745, 716, 946, 880,
        1014, 976, 1033, 1091, 1053, 1042, 794, 831, 899, 716, 390, 313, 304, 304, 73, -119, -109, -176, -359, -407,
        -512, -580, -704, -618, -685, -791, -772, -820, -839, -724
    };

    /** That gives it a loss of 0 dB for the composite source signal. */
    private static final double HYBRID_SCALE = 1.39e-5;

    private NetworkLine() {}

    /**
     * The composite source signal (ITU-T P.501): 48.62 ms that are voiced, 200 ms of noise with a flat spectrum,
     * and 101.38 ms of silence, the next time with the other sign. The voiced part is built from that description, with
     * P.501's pitch of 134 samples at 44.1 kHz; its table of samples is not used.
     *
     * @param dbm0 the level of the whole, with its pauses
     */
    static double[] signal(double seconds, double dbm0) {
        Random random = Seeds.random(168);
        double[] noise = new double[NOISE];
        for (int k = LOWEST * SIZE / RATE + 1; k <= HIGHEST * SIZE / RATE; k++) {
            int sign = random.nextBoolean() ? 1 : -1;
            for (int i = 0; i < NOISE; i++) {
                noise[i] += sign * Math.cos(2 * Math.PI * k * i / SIZE);
            }
        }
        return bursts(seconds, voiced(0.04862, 44_100.0 / 134), noise, 0.35, dbm0);
    }

    /** The same for the other talker: 72.69 ms voiced, 200 ms of Gaussian noise, and 127.31 ms of silence. */
    static double[] otherSignal(double seconds, double dbm0) {
        Random random = Seeds.random(501);
        double[] noise = new double[NOISE];
        for (int i = 0; i < NOISE; i++) {
            noise[i] = random.nextGaussian();
        }
        return bursts(seconds, voiced(0.07269, 220), noise, 0.4, dbm0);
    }

    private static double[] voiced(double seconds, double pitch) {
        double[] voiced = new double[(int) (seconds * RATE)];
        for (int harmonic = 1; harmonic * pitch < HIGHEST; harmonic++) {
            for (int i = 0; i < voiced.length; i++) {
                voiced[i] += Math.cos(2 * Math.PI * harmonic * pitch * i / RATE + harmonic * harmonic) / harmonic;
            }
        }
        return voiced;
    }

    private static double[] bursts(double seconds, double[] voiced, double[] noise, double period, double dbm0) {
        level(voiced, 0);
        level(noise, 0);
        double[] all = new double[(int) (RATE * seconds)];
        for (int burst = 0; Math.round(burst * period * RATE) < all.length; burst++) {
            int at = (int) Math.round(burst * period * RATE);
            int sign = burst % 2 == 0 ? 1 : -1;
            for (int i = 0; i < voiced.length + NOISE && at + i < all.length; i++) {
                all[at + i] = sign * (i < voiced.length ? voiced[i] : noise[i - voiced.length]);
            }
        }
        level(all, dbm0);
        return rounded(all);
    }

    /** Noise that falls towards high frequencies, about as Hoth's in a room. */
    static double[] roomNoise(double seconds, double dbm0) {
        Random random = Seeds.random(8);
        double[] noise = new double[(int) (RATE * seconds)];
        double last = 0;
        for (int i = 0; i < noise.length; i++) {
            last = 0.75 * last + random.nextGaussian();
            noise[i] = last;
        }
        level(noise, dbm0);
        return rounded(noise);
    }

    private static void level(double[] samples, double dbm0) {
        double scale = Math.pow(10, (dbm0 - level(samples, 0, (double) samples.length / RATE)) / 20);
        for (int i = 0; i < samples.length; i++) {
            samples[i] *= scale;
        }
    }

    /** The level between two times, in dBm0. */
    static double level(double[] samples, double from, double to) {
        double sum = 1e-9;
        for (int i = (int) (from * RATE); i < (int) (to * RATE); i++) {
            sum += samples[i] * samples[i];
        }
        return 10 * Math.log10(sum / ((to - from) * RATE) / (ZERO_DBM0 * ZERO_DBM0));
    }

    /**
     * What a hybrid returns of a signal.
     *
     * @param loss the echo return loss, in dB
     */
    static double[] echo(double[] signal, double loss, int delayMillis) {
        double gain = HYBRID_SCALE * Math.pow(10, -loss / 20);
        int delay = delayMillis * RATE / 1000;
        double[] echo = new double[signal.length];
        for (int i = delay; i < signal.length; i++) {
            for (int j = 0; j < HYBRID.length && j <= i - delay; j++) {
                echo[i] += gain * HYBRID[j] * signal[i - delay - j];
            }
        }
        return echo;
    }

    static double[] sum(double[] one, double[] other) {
        double[] sum = new double[one.length];
        for (int i = 0; i < sum.length; i++) {
            sum[i] = one[i] + other[i];
        }
        return rounded(sum);
    }

    /** Silent but between two times. */
    static double[] during(double[] samples, double from, double to) {
        double[] part = new double[samples.length];
        int begin = (int) (from * RATE);
        System.arraycopy(samples, begin, part, begin, (int) (to * RATE) - begin);
        return part;
    }

    private static double[] rounded(double[] samples) {
        return Arrays.stream(samples)
                .map(sample -> Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.rint(sample))))
                .toArray();
    }

    static short[] samples(double[] signal, int from, int count) {
        short[] samples = new short[count];
        for (int i = 0; i < count; i++) {
            samples[i] = (short) Math.rint(signal[from + i]);
        }
        return samples;
    }
}

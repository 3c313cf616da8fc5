// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.speech;

import java.util.Arrays;

/**
 * Changes the rate of a whole recording by an integer factor with a symmetric low-pass filter,
 * which shifts nothing in time. It shares no code with the engine's resampler, which it helps to
 * judge.
 */
public final class SampleRates {
    /** Of the filter, to either side, in samples of the lower rate. */
    private static final int REACH = 16;
    /** The passed share of the lower rate's band. */
    private static final double PASSED = 0.95;
    /** Of samples of the lower rate, which are filtered together. */
    private static final int BLOCK = 512;

    private SampleRates() {}

    /** Raises the rate; the recording is a loop, so its end is adjacent to its beginning. */
    public static short[] interpolated(short[] loop, int factor) {
        short[] result = new short[loop.length * factor];
        interpolate(loop, factor, result, 0);
        return result;
    }

    /** As {@link #interpolated}, into an array from a place on. */
    static void interpolate(short[] loop, int factor, short[] to, int at) {
        double[] filter = lowPass(factor);
        double[] near = new double[BLOCK + 2 * REACH];
        double[] sums = new double[BLOCK];
        for (int from = 0; from < loop.length; from += BLOCK) {
            int count = Math.min(BLOCK, loop.length - from);
            for (int i = 0; i < count + 2 * REACH; i++) {
                int of = from + i - REACH;
                near[i] = loop[of >= 0 && of < loop.length ? of : Math.floorMod(of, loop.length)];
            }
            for (int phase = 0; phase < factor; phase++) {
                int earliest = phase == 0 ? 0 : 1;
                int tap = phase + (2 * REACH - earliest) * factor;
                filter(filter, tap, -factor, 2 * REACH + 1 - earliest, near, earliest, sums, count);
                for (int i = 0; i < count; i++) {
                    to[at + (from + i) * factor + phase] = rounded(factor * sums[i]);
                }
            }
        }
    }

    /**
     * Lowers the rate; there is silence before and after.
     *
     * @param first the sample that becomes the first one
     */
    public static short[] decimated(short[] samples, int factor, int first) {
        short[] result = new short[Math.max(0, samples.length - first + factor - 1) / factor];
        decimate(samples, factor, first, result, 0, result.length);
        return result;
    }

    /** As {@link #decimated}, so many samples into an array from a place on. */
    static void decimate(short[] samples, int factor, int first, short[] to, int at, int length) {
        double[] filter = lowPass(factor);
        double[] near = new double[BLOCK + 2 * REACH];
        double[] sums = new double[BLOCK];
        double[] ofPhase = new double[BLOCK];
        for (int from = 0; from < length; from += BLOCK) {
            int count = Math.min(BLOCK, length - from);
            Arrays.fill(sums, 0, count, 0);
            for (int phase = 0; phase < factor; phase++) {
                int begin = first + (from - REACH) * factor + phase;
                for (int i = 0; i < count + 2 * REACH; i++) {
                    int of = begin + i * factor;
                    near[i] = of >= 0 && of < samples.length ? samples[of] : 0;
                }
                int taps = phase == 0 ? 2 * REACH + 1 : 2 * REACH;
                filter(filter, phase, factor, taps, near, 0, ofPhase, count);
                for (int i = 0; i < count; i++) {
                    sums[i] += ofPhase[i];
                }
            }
            for (int i = 0; i < count; i++) {
                to[at + from + i] = rounded(sums[i]);
            }
        }
    }

    /**
     * Filters many samples at once, which a compiler makes vectors of.
     *
     * @param tap the first tap, and by how much the next is apart from it
     * @param from what the first tap takes for the first sum
     */
    private static void filter(
            double[] taps, int tap, int apart, int number, double[] samples, int from, double[] sums, int count) {
        Arrays.fill(sums, 0, count, 0);
        int done = 0;
        for (; done + 4 <= number; done += 4) {
            double one = taps[tap + done * apart];
            double two = taps[tap + (done + 1) * apart];
            double three = taps[tap + (done + 2) * apart];
            double four = taps[tap + (done + 3) * apart];
            int at = from + done;
            for (int i = 0; i < count; i++) {
                sums[i] = sums[i]
                        + one * samples[at + i]
                        + two * samples[at + i + 1]
                        + three * samples[at + i + 2]
                        + four * samples[at + i + 3];
            }
        }
        for (; done < number; done++) {
            double one = taps[tap + done * apart];
            int at = from + done;
            for (int i = 0; i < count; i++) {
                sums[i] += one * samples[at + i];
            }
        }
    }

    /** A windowed sinc whose sum is one. */
    private static double[] lowPass(int factor) {
        int reach = REACH * factor;
        double cutOff = PASSED / factor;
        double[] filter = new double[2 * reach + 1];
        double sum = 0;
        for (int i = -reach; i <= reach; i++) {
            double sinc = i == 0 ? cutOff : Math.sin(Math.PI * cutOff * i) / (Math.PI * i);
            filter[i + reach] = sinc * (0.5 + 0.5 * Math.cos(Math.PI * i / (reach + 1)));
            sum += filter[i + reach];
        }
        for (int i = 0; i < filter.length; i++) {
            filter[i] /= sum;
        }
        return filter;
    }

    private static short rounded(double sample) {
        return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.rint(sample)));
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.speech;

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

    private SampleRates() {}

    /** Raises the rate; the recording is a loop, so its end is adjacent to its beginning. */
    public static short[] interpolated(short[] loop, int factor) {
        double[] filter = lowPass(factor);
        int reach = REACH * factor;
        short[] result = new short[loop.length * factor];
        for (int at = 0; at < result.length; at++) {
            double sum = 0;
            int last = Math.floorDiv(at + reach, factor);
            for (int i = Math.floorDiv(at - reach + factor - 1, factor); i <= last; i++) {
                sum += filter[at - i * factor + reach] * loop[Math.floorMod(i, loop.length)];
            }
            result[at] = rounded(factor * sum);
        }
        return result;
    }

    /**
     * Lowers the rate; there is silence before and after.
     *
     * @param first the sample that becomes the first one
     */
    public static short[] decimated(short[] samples, int factor, int first) {
        double[] filter = lowPass(factor);
        int reach = REACH * factor;
        short[] result = new short[Math.max(0, samples.length - first + factor - 1) / factor];
        for (int i = 0; i < result.length; i++) {
            int centre = first + i * factor;
            double sum = 0;
            int last = Math.min(samples.length - 1, centre + reach);
            for (int at = Math.max(0, centre - reach); at <= last; at++) {
                sum += filter[at - centre + reach] * samples[at];
            }
            result[i] = rounded(sum);
        }
        return result;
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

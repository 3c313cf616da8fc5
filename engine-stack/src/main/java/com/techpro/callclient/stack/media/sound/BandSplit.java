// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.sound;

/**
 * Splits sound of a high rate into a lower band, at an integer part of the rate, and the rest. What is
 * put together again from an unchanged lower band is the original, delayed, to the last bit of a float:
 * the upper band is what the interpolated lower band lacks. So the low-pass filter may be short. For one
 * thread at a time.
 */
final class BandSplit {
    /** Of the low-pass filter to either side, in samples of the lower rate. */
    private static final int REACH = 12;
    /** The passed share of the lower rate's band. */
    private static final double PASSED = 0.92;

    private final int factor;
    private final int hop;
    private final float[] filter;
    private final float[] past;
    private final float[] lowPast;
    private final float[] delayed;

    /**
     * Prepares to split blocks.
     *
     * @param factor of the rates, 1 to 3
     * @param hop a block's samples at the lower rate
     * @param lowDelay by how many samples of the lower rate the processed band comes later
     */
    BandSplit(int factor, int hop, int lowDelay) {
        this.factor = factor;
        this.hop = hop;
        filter = lowPass(factor);
        past = new float[2 * REACH * factor + hop * factor];
        lowPast = new float[2 * REACH + hop];
        delayed = new float[(2 * REACH + lowDelay) * factor + hop * factor];
    }

    /** The delay of both filters, in samples of the higher rate. */
    int delay() {
        return 2 * REACH * factor;
    }

    /** Writes the lower band of a block. */
    void lower(float[] block, float[] low) {
        int count = hop * factor;
        System.arraycopy(past, count, past, 0, past.length - count);
        System.arraycopy(block, 0, past, past.length - count, count);
        for (int i = 0; i < hop; i++) {
            float sum = 0;
            int at = i * factor;
            for (int j = 0; j < filter.length; j++) {
                sum += filter[j] * past[at + j];
            }
            low[i] = sum;
        }
        System.arraycopy(delayed, count, delayed, 0, delayed.length - count);
        System.arraycopy(block, 0, delayed, delayed.length - count, count);
    }

    /**
     * Puts the bands together.
     *
     * @param unprocessed the lower band as {@link #lower} gave it, as late as the processed one
     * @param from the gain of the upper band at the block's begin
     * @param to the gain at its end
     */
    void together(float[] processed, float[] unprocessed, float from, float to, float[] block) {
        System.arraycopy(lowPast, hop, lowPast, 0, lowPast.length - hop);
        for (int i = 0; i < hop; i++) {
            float gain = from + (to - from) * i / hop;
            lowPast[lowPast.length - hop + i] = processed[i] - gain * unprocessed[i];
        }
        for (int i = 0; i < hop; i++) {
            float gain = from + (to - from) * i / hop;
            for (int phase = 0; phase < factor; phase++) {
                float sum = 0;
                int tap = phase;
                for (int j = 2 * REACH; tap < filter.length; j--, tap += factor) {
                    sum += filter[tap] * lowPast[i + j];
                }
                int at = i * factor + phase;
                block[at] = gain * delayed[at] + factor * sum;
            }
        }
    }

    private static float[] lowPass(int factor) {
        int reach = REACH * factor;
        double cutOff = PASSED / factor;
        double[] taps = new double[2 * reach + 1];
        double sum = 0;
        for (int i = -reach; i <= reach; i++) {
            double sinc = i == 0 ? cutOff : Math.sin(Math.PI * cutOff * i) / (Math.PI * i);
            taps[i + reach] = sinc * (0.54 + 0.46 * Math.cos(Math.PI * i / (reach + 1)));
            sum += taps[i + reach];
        }
        float[] filter = new float[taps.length];
        for (int i = 0; i < taps.length; i++) {
            filter[i] = (float) (taps[i] / sum);
        }
        return filter;
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.sound;

/**
 * Gives every n-th sample of a signal without what is above the lower rate's band: a symmetric low-pass filter, a sinc
 * under a Hann window. For one thread at a time; no allocation after construction.
 */
final class Decimator {
    private final int factor;
    /** The second half of the taps; the first is its mirror. */
    private final float[] filter;

    private final float[] past;
    private final int kept;

    /**
     * Creates one for blocks of a length.
     *
     * @param factor of the rates
     * @throws IllegalArgumentException if the factor does not divide {@code block}
     */
    Decimator(int factor, int block) {
        if (block % factor != 0) {
            throw new IllegalArgumentException(factor + " does not divide " + block);
        }
        this.factor = factor;
        filter = lowPass(factor);
        kept = 2 * filter.length - factor;
        past = new float[kept + block];
    }

    /** Takes a block. */
    void add(float[] block) {
        System.arraycopy(past, past.length - kept, past, 0, kept);
        System.arraycopy(block, 0, past, kept, past.length - kept);
    }

    /** The n-th sample of the block at the lower rate. */
    float get(int n) {
        int left = n * factor + filter.length - 1;
        int right = left + 1;
        float even = 0;
        float odd = 0;
        for (int i = 0; i < filter.length; i += 2) {
            even += filter[i] * (past[left - i] + past[right + i]);
            odd += filter[i + 1] * (past[left - i - 1] + past[right + i + 1]);
        }
        return even + odd;
    }

    private static float[] lowPass(int factor) {
        int reach = 4 * factor;
        float[] taps = new float[reach];
        float sum = 0;
        for (int i = 0; i < reach; i++) {
            double x = i + 0.5;
            double cutOff = 0.85 / factor;
            taps[i] = (float)
                    (Math.sin(Math.PI * cutOff * x) / (Math.PI * x) * (0.5 + 0.5 * Math.cos(Math.PI * x / reach)));
            sum += 2 * taps[i];
        }
        for (int i = 0; i < reach; i++) {
            taps[i] /= sum;
        }
        return taps;
    }
}

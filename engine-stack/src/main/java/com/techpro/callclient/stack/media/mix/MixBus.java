// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.mix;

import java.util.Arrays;

/**
 * The mix for one listener: the sum of all other voices, attenuated if it would overflow a sample.
 * It inspects the whole frame before writing it, so that the gain is down before the first loud
 * sample: nothing is ever clipped. The gain rises slowly, to avoid pumping. Allocates nothing per
 * frame. Belongs to one thread.
 */
public final class MixBus {
    /** The loudest output, slightly below the maximum. */
    static final float CEILING = 32_000;

    /**
     * The share of the full gain that returns each frame: from zero to full in one second at 20 ms.
     */
    private static final float RECOVERY = 0.02f;

    private final int[] sum;
    private float gain = 1;

    /** @param frame samples of a frame */
    public MixBus(int frame) {
        sum = new int[frame];
    }

    /** Begins a frame. */
    public void clear() {
        Arrays.fill(sum, 0);
    }

    public void add(short[] voice) {
        for (int i = 0; i < sum.length; i++) {
            sum[i] += voice[i];
        }
    }

    /** Writes the frame's mix. */
    public void write(short[] to) {
        int peak = 0;
        int firstTooLoud = -1;
        for (int i = 0; i < sum.length; i++) {
            int loudness = Math.abs(sum[i]);
            peak = Math.max(peak, loudness);
            if (firstTooLoud < 0 && loudness * gain > CEILING) {
                firstTooLoud = i;
            }
        }
        float permitted = peak <= CEILING ? 1 : CEILING / peak;
        float target = Math.min(permitted, gain + RECOVERY);
        int ramp = target < gain ? Math.max(0, firstTooLoud) : sum.length;
        float step = ramp == 0 ? 0 : (target - gain) / ramp;
        float now = gain;
        for (int i = 0; i < sum.length; i++) {
            if (i < ramp) {
                now += step;
            } else {
                now = target;
            }
            to[i] = (short) (sum[i] * now);
        }
        gain = target;
    }
}

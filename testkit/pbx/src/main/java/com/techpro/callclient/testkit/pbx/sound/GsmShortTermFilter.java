// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.sound;

import static com.techpro.callclient.testkit.pbx.sound.GsmArithmetic.add;
import static com.techpro.callclient.testkit.pbx.sound.GsmArithmetic.product;
import static com.techpro.callclient.testkit.pbx.sound.GsmArithmetic.rounded;
import static com.techpro.callclient.testkit.pbx.sound.GsmArithmetic.size;
import static com.techpro.callclient.testkit.pbx.sound.GsmArithmetic.subtract;

/**
 * The short-term filter of GSM 06.10, a model of the vocal tract: eight reflection coefficients,
 * coded as quantised log-area ratios. An instance either removes the vocal tract from speech or
 * restores it.
 */
final class GsmShortTermFilter {
    static final int ORDER = 8;

    /** Table 4.1: slope, offset and bounds of the quantiser of each ratio. */
    private static final int[] SLOPE = {20480, 20480, 20480, 20480, 13964, 15360, 8534, 9036};

    private static final int[] OFFSET = {0, 0, 2048, -2560, 94, -1792, -341, -1144};
    private static final int[] MOST = {31, 31, 15, 15, 7, 7, 3, 3};

    /** Table 4.2: the inverse of the slope. */
    private static final int[] STEP = {13107, 13107, 13107, 13107, 19223, 17476, 31454, 29708};

    /** Where each interpolation of the last frame's ratios with this one's ends (§4.2.9). */
    private static final int[] MIXTURE_ENDS = {13, 27, 40, GsmFrame.SAMPLES};

    private int[] ratios = new int[ORDER];
    private int[] ratiosBefore = new int[ORDER];
    private final int[] reflections = new int[ORDER];
    private final int[] memory = new int[ORDER + 1];

    /** Quantises reflection coefficients (§5.2.6, §5.2.7). */
    static void quantise(int[] reflections, int[] codes) {
        for (int i = 0; i < ORDER; i++) {
            int size = size(reflections[i]);
            int ratio = size < 22118 ? size >> 1 : size < 31130 ? size - 11059 : (size - 26112) << 2;
            int level = add(add(product(SLOPE[i], reflections[i] < 0 ? -ratio : ratio), OFFSET[i]), 256) >> 9;
            int least = -MOST[i] - 1;
            codes[i] = Math.max(least, Math.min(MOST[i], level)) - least;
        }
    }

    /** Filters a frame of speech to its residual (§5.2.10). */
    void remove(int[] codes, int[] frame) {
        next(codes);
        for (int part = 0, at = 0; part < MIXTURE_ENDS.length; part++) {
            mix(part);
            for (; at < MIXTURE_ENDS[part]; at++) {
                int forward = frame[at];
                int delayed = forward;
                for (int i = 0; i < ORDER; i++) {
                    int backward = add(memory[i], rounded(reflections[i], forward));
                    forward = add(forward, rounded(reflections[i], memory[i]));
                    memory[i] = delayed;
                    delayed = backward;
                }
                frame[at] = forward;
            }
        }
    }

    /** Restores speech from the residual (§5.3.4). */
    void restore(int[] codes, int[] frame) {
        next(codes);
        for (int part = 0, at = 0; part < MIXTURE_ENDS.length; part++) {
            mix(part);
            for (; at < MIXTURE_ENDS[part]; at++) {
                int forward = frame[at];
                for (int i = ORDER - 1; i >= 0; i--) {
                    forward = subtract(forward, rounded(reflections[i], memory[i]));
                    memory[i + 1] = add(memory[i], rounded(reflections[i], forward));
                }
                memory[0] = forward;
                frame[at] = forward;
            }
        }
    }

    /** §5.2.8. */
    private void next(int[] codes) {
        int[] now = ratiosBefore;
        ratiosBefore = ratios;
        ratios = now;
        for (int i = 0; i < ORDER; i++) {
            int level = (codes[i] - MOST[i] - 1) << 10;
            int half = rounded(STEP[i], subtract(level, OFFSET[i] << 1));
            now[i] = add(half, half);
        }
    }

    /** Computes the coefficients of a part of the frame (§5.2.9). */
    private void mix(int part) {
        for (int i = 0; i < ORDER; i++) {
            int old = ratiosBefore[i];
            int now = ratios[i];
            int ratio = switch (part) {
                case 0 -> add(add(old >> 2, now >> 2), old >> 1);
                case 1 -> add(old >> 1, now >> 1);
                case 2 -> add(add(old >> 2, now >> 2), now >> 1);
                default -> now;
            };
            int size = size(ratio);
            int reflection = size < 11059 ? size << 1 : size < 20070 ? size + 11059 : add(size >> 2, 26112);
            reflections[i] = ratio < 0 ? -reflection : reflection;
        }
    }
}

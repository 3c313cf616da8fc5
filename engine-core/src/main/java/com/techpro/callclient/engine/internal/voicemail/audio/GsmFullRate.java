// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.voicemail.audio;

import java.util.Arrays;

/**
 * The decoder of GSM full rate speech (ETSI GSM 06.10, RPE-LTP at 13 kbit/s), to the bit: regular pulses excite a long-term predictor (the
 * pitch) and a lattice filter (the throat). The arithmetic is the recommendation's own, of 16-bit fractions that saturate. For one thread.
 */
final class GsmFullRate {
    /** Parameters of a frame: eight reflection coefficients, and seventeen for each of four subframes. */
    static final int PARAMETERS = 76;

    /** Samples of a frame: 20 ms. */
    static final int SAMPLES = 160;

    private static final int ORDER = 8;
    private static final int SUBFRAME = 40;
    private static final int PULSES = 13;
    private static final int LONGEST_LAG = 120;
    private static final int SHORTEST_LAG = 40;

    /** §5.2.15, table 5.1: how the logarithmic area ratios were quantised. */
    private static final int[] INVERSE_A = {13107, 13107, 13107, 13107, 19223, 17476, 31454, 29708};

    private static final int[] OFFSET_B = {0, 0, 2048, -2560, 94, -1792, -341, -1144};
    private static final int[] LEAST = {-32, -32, -16, -16, -8, -8, -4, -4};

    /** Table 5.3b. */
    private static final int[] LAG_GAIN = {3277, 11469, 21299, 32767};

    /** Table 5.6. */
    private static final int[] MANTISSA = {18431, 20479, 22527, 24575, 26623, 28671, 30719, 32767};

    /** Where each set of interpolated coefficients ends (§5.2.9.1). */
    private static final int[] ENDS = {13, 27, 40, SAMPLES};

    private static final int DEEMPHASIS = 28180;

    /** Of the short-term residual: the last 120 samples, then those of this subframe. */
    private final int[] residual = new int[LONGEST_LAG + SUBFRAME];

    private final int[] excitation = new int[SAMPLES];
    private final int[] lattice = new int[ORDER + 1];
    private final int[] reflections = new int[ORDER];
    private int[] areas = new int[ORDER];
    private int[] areasBefore = new int[ORDER];
    private int lag = SHORTEST_LAG;
    private int emphasis;

    /** @param parameters the 76 of one frame, each within its bits */
    void decode(int[] parameters, short[] samples, int offset) {
        for (int subframe = 0; subframe < 4; subframe++) {
            int first = ORDER + 17 * subframe;
            excite(parameters, first);
            predict(parameters[first], parameters[first + 1]);
            System.arraycopy(residual, LONGEST_LAG, excitation, SUBFRAME * subframe, SUBFRAME);
            System.arraycopy(residual, SUBFRAME, residual, 0, LONGEST_LAG);
        }
        decodeAreas(parameters);
        int from = 0;
        for (int part = 0; part < ENDS.length; part++) {
            interpolate(part);
            filter(from, ENDS[part]);
            from = ENDS[part];
        }
        for (int i = 0; i < SAMPLES; i++) {
            emphasis = add(excitation[i], times(emphasis, DEEMPHASIS));
            samples[offset + i] = (short) (add(emphasis, emphasis) & 0xFFF8);
        }
    }

    /** A frame of which nothing is known. What comes after it begins anew. */
    void silence(short[] samples, int offset) {
        Arrays.fill(samples, offset, offset + SAMPLES, (short) 0);
        Arrays.fill(residual, 0);
        Arrays.fill(lattice, 0);
        emphasis = 0;
    }

    /** §5.2.16 and §5.2.17: thirteen pulses on one of four grids, all else zero. */
    private void excite(int[] parameters, int first) {
        int grid = parameters[first + 2];
        int amplitude = parameters[first + 3];
        int exponent = amplitude > 15 ? (amplitude >> 3) - 1 : 0;
        int mantissa = amplitude - (exponent << 3);
        if (mantissa == 0) {
            exponent = -4;
            mantissa = 7;
        } else {
            while (mantissa <= 7) {
                mantissa = mantissa << 1 | 1;
                exponent--;
            }
            mantissa -= 8;
        }
        int shift = 6 - exponent;
        // The loudest blocks are not shifted at all.
        int rounding = shift == 0 ? 0 : 1 << (shift - 1);
        Arrays.fill(residual, LONGEST_LAG, residual.length, 0);
        for (int i = 0; i < PULSES; i++) {
            int pulse = (2 * parameters[first + 4 + i] - 7) << 12;
            residual[LONGEST_LAG + grid + 3 * i] = add(times(MANTISSA[mantissa], pulse), rounding) >> shift;
        }
    }

    /** §5.3.2: what was one pitch period ago comes again. A lag that cannot be is the last one. */
    private void predict(int newLag, int gain) {
        if (newLag >= SHORTEST_LAG && newLag <= LONGEST_LAG) {
            lag = newLag;
        }
        for (int i = 0; i < SUBFRAME; i++) {
            int now = LONGEST_LAG + i;
            residual[now] = add(residual[now], times(LAG_GAIN[gain], residual[now - lag]));
        }
    }

    /** §5.2.8. */
    private void decodeAreas(int[] parameters) {
        int[] decoded = areasBefore;
        areasBefore = areas;
        areas = decoded;
        for (int i = 0; i < ORDER; i++) {
            int scaled = add(parameters[i], LEAST[i]) << 10;
            int ratio = times(INVERSE_A[i], subtract(scaled, OFFSET_B[i] << 1));
            areas[i] = add(ratio, ratio);
        }
    }

    /** §5.2.9.1 and §5.2.9.2: between two frames the coefficients move in three steps. */
    private void interpolate(int part) {
        for (int i = 0; i < ORDER; i++) {
            int before = areasBefore[i];
            int now = areas[i];
            int ratio = switch (part) {
                case 0 -> add(add(before >> 2, now >> 2), before >> 1);
                case 1 -> add(before >> 1, now >> 1);
                case 2 -> add(add(before >> 2, now >> 2), now >> 1);
                default -> now;
            };
            int size = Math.min(Math.abs(ratio), Short.MAX_VALUE);
            int reflection = size < 11059 ? size << 1 : size < 20070 ? size + 11059 : add(size >> 2, 26112);
            reflections[i] = ratio < 0 ? -reflection : reflection;
        }
    }

    /** §5.3.4. */
    private void filter(int from, int to) {
        for (int at = from; at < to; at++) {
            int sample = excitation[at];
            for (int i = ORDER - 1; i >= 0; i--) {
                sample = subtract(sample, times(reflections[i], lattice[i]));
                lattice[i + 1] = add(lattice[i], times(reflections[i], sample));
            }
            lattice[0] = sample;
            excitation[at] = sample;
        }
    }

    private static int add(int a, int b) {
        return saturated(a + b);
    }

    private static int subtract(int a, int b) {
        return saturated(a - b);
    }

    /** A product of fractions, rounded. */
    private static int times(int a, int b) {
        return saturated((a * b + 16_384) >> 15);
    }

    private static int saturated(int value) {
        return Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, value));
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.sound;

import static com.techpro.callclient.testkit.pbx.sound.GsmArithmetic.add;
import static com.techpro.callclient.testkit.pbx.sound.GsmArithmetic.product;
import static com.techpro.callclient.testkit.pbx.sound.GsmArithmetic.rounded;
import static com.techpro.callclient.testkit.pbx.sound.GsmArithmetic.saturated;
import static com.techpro.callclient.testkit.pbx.sound.GsmArithmetic.size;

import java.util.Arrays;

/**
 * The excitation of a subframe in GSM 06.10: thirteen pulses, three samples apart, with three bits
 * each and the size of the largest.
 */
final class GsmPulseExcitation {
    private static final int PULSES = 13;
    private static final int SPACING = 3;

    /**
     * §4.2.13: the weighting filter before pulse selection. The middle weight is that of the
     * current sample.
     */
    private static final int[] WEIGHTS = {-134, -374, 0, 2054, 5741, 8192, 5741, 2054, 0, -374, -134};

    /** Tables 4.5 and 4.6: the inverse of a mantissa, and a mantissa. */
    private static final int[] INVERSE = {29128, 26215, 23832, 21846, 20165, 18725, 17476, 16384};

    private static final int[] MANTISSA = {18431, 20479, 22527, 24575, 26623, 28671, 30719, 32767};

    private final int[] weighted = new int[GsmFrame.SUBFRAME];
    private int exponent;
    private int mantissa;

    /**
     * Chooses pulses for the residual of the other predictors, and writes their codes.
     *
     * @param codes of the whole frame; grid, size and pulses begin at the index
     */
    void choose(int[] left, int[] codes, int index) {
        weigh(left);
        int grid = loudestGrid();
        int largest = 0;
        for (int i = 0; i < PULSES; i++) {
            largest = Math.max(largest, size(weighted[grid + SPACING * i]));
        }
        // Six steps an octave long, of eight levels each: a floating point number (§5.2.15).
        int octave = Math.min(6, 32 - Integer.numberOfLeadingZeros(largest >> 9));
        int code = add(largest >> (octave + 5), octave << 3);
        read(code);
        codes[index] = grid;
        codes[index + 1] = code;
        for (int i = 0; i < PULSES; i++) {
            int scaled = (short) (weighted[grid + SPACING * i] << (6 - exponent));
            codes[index + 2 + i] = (product(scaled, INVERSE[mantissa]) >> 12) + 4;
        }
    }

    /** Decodes the pulses as the far end does (§5.2.16, §5.2.17). */
    void restore(int[] codes, int index, int[] excitation) {
        read(codes[index + 1]);
        int shift = 6 - exponent;
        int half = shift == 0 ? 0 : 1 << (shift - 1);
        Arrays.fill(excitation, 0);
        for (int i = 0; i < PULSES; i++) {
            int pulse = (2 * codes[index + 2 + i] - 7) << 12;
            excitation[codes[index] + SPACING * i] = add(rounded(MANTISSA[mantissa], pulse), half) >> shift;
        }
    }

    private void weigh(int[] left) {
        int reach = WEIGHTS.length / 2;
        for (int k = 0; k < left.length; k++) {
            int sum = 1 << 12;
            for (int i = 0; i < WEIGHTS.length; i++) {
                int at = k + i - reach;
                sum += at < 0 || at >= left.length ? 0 : left[at] * WEIGHTS[i];
            }
            weighted[k] = saturated(sum >> 13);
        }
    }

    /** §5.2.14: chooses among the four grids of a subframe. */
    private int loudestGrid() {
        int loudest = 0;
        int most = 0;
        for (int grid = 0; grid + SPACING * (PULSES - 1) < weighted.length; grid++) {
            int energy = 0;
            for (int i = 0; i < PULSES; i++) {
                int quarter = weighted[grid + SPACING * i] >> 2;
                energy += 2 * quarter * quarter;
            }
            if (energy > most) {
                loudest = grid;
                most = energy;
            }
        }
        return loudest;
    }

    /** §5.2.15: reads the exponent and mantissa of a size code. */
    private void read(int code) {
        exponent = code > 15 ? (code >> 3) - 1 : 0;
        mantissa = code - (exponent << 3);
        if (mantissa == 0) {
            exponent = -4;
            mantissa = 7;
            return;
        }
        while (mantissa <= 7) {
            mantissa = mantissa << 1 | 1;
            exponent--;
        }
        mantissa -= 8;
    }
}

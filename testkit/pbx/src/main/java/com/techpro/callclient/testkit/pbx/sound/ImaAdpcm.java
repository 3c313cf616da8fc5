// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.sound;

/**
 * IMA ADPCM: four bits a sample, 32 kbit/s at 8 kHz. Codes each sample's difference from the
 * prediction, with adaptive steps. (Interactive Multimedia Association, Recommended Practices for
 * Enhancing Digital Audio Compatibility in Multimedia Systems, revision 3.00, 1992.) An instance is
 * one end of a stream.
 */
final class ImaAdpcm {
    /** Each is 1.1 times the previous one. */
    private static final int[] STEPS = {
        7, 8, 9, 10, 11, 12, 13, 14, 16, 17, 19, 21, 23, 25, 28, 31, 34, 37, 41, 45, 50, 55, 60, 66, 73, 80, 88, 97,
        107, 118, 130, 143, 157, 173, 190, 209, 230, 253, 279, 307, 337, 371, 408, 449, 494, 544, 598, 658, 724, 796,
        876, 963, 1060, 1166, 1282, 1411, 1552, 1707, 1878, 2066, 2272, 2499, 2749, 3024, 3327, 3660, 4026, 4428, 4871,
        5358, 5894, 6484, 7132, 7845, 8630, 9493, 10442, 11487, 12635, 13899, 15289, 16818, 18500, 20350, 22385, 24623,
        27086, 29794, 32767
    };

    /** How many steps the index moves per code, without its sign. */
    private static final int[] MOVES = {-1, -1, -1, -1, 2, 4, 6, 8};

    private static final int SIGN = 8;

    private int predicted;
    private int index;

    /** Starts at the beginning of a stream. */
    ImaAdpcm() {
        this(0, 0);
    }

    /** Starts in the middle of a stream, from a block header. */
    ImaAdpcm(int predicted, int index) {
        this.predicted = predicted;
        this.index = index;
    }

    /** Returns the code of one sample. */
    int encode(short sample) {
        int difference = sample - predicted;
        int code = difference < 0 ? SIGN : 0;
        int left = Math.abs(difference);
        int step = STEPS[index];
        for (int bit = 4; bit > 0; bit >>= 1) {
            if (left >= step) {
                code |= bit;
                left -= step;
            }
            step >>= 1;
        }
        decode(code);
        return code;
    }

    short decode(int code) {
        int step = STEPS[index];
        int difference = step >> 3;
        for (int bit = 4; bit > 0; bit >>= 1) {
            difference += (code & bit) == 0 ? 0 : step;
            step >>= 1;
        }
        predicted += (code & SIGN) == 0 ? difference : -difference;
        predicted = Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, predicted));
        index = Math.max(0, Math.min(STEPS.length - 1, index + MOVES[code & (SIGN - 1)]));
        return (short) predicted;
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.sound;

/**
 * The 76 parameters of a GSM 06.10 frame, 20 ms of speech, as packed in a WAV file (format 49): two
 * frames in 65 bytes, least significant bit first.
 */
final class GsmFrame {
    static final int SAMPLES = 160;
    static final int SUBFRAME = 40;
    static final int CODES = 76;

    /** Per subframe: lag, its gain, grid, size of the pulses, thirteen pulses. */
    static final int CODES_OF_SUBFRAME = 17;

    private static final int[] RATIO_BITS = {6, 6, 5, 5, 4, 4, 3, 3};
    private static final int[] SUBFRAME_BITS = {7, 2, 2, 6, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3, 3};
    private static final int BITS = 260;

    private GsmFrame() {}

    private static int bitsOf(int code) {
        return code < RATIO_BITS.length
                ? RATIO_BITS[code]
                : SUBFRAME_BITS[(code - RATIO_BITS.length) % CODES_OF_SUBFRAME];
    }

    /** @param number of the frame in the recording, from 0 */
    static void write(int[] codes, byte[] recording, int number) {
        int at = number * BITS;
        for (int i = 0; i < CODES; i++) {
            for (int bit = 0; bit < bitsOf(i); bit++, at++) {
                recording[at >> 3] |= (byte) ((codes[i] >> bit & 1) << (at & 7));
            }
        }
    }

    static void read(byte[] recording, int number, int[] codes) {
        int at = number * BITS;
        for (int i = 0; i < CODES; i++) {
            codes[i] = 0;
            for (int bit = 0; bit < bitsOf(i); bit++, at++) {
                codes[i] |= (recording[at >> 3] >> (at & 7) & 1) << bit;
            }
        }
    }
}

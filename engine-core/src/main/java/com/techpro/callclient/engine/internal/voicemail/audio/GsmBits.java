// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.voicemail.audio;

/** The 76 parameters of a GSM 06.10 frame, as they lie in a row of 260 bits (GSM 06.10 §1.7, table 1.1). */
final class GsmBits {
    private static final int[] REFLECTIONS = {6, 6, 5, 5, 4, 4, 3, 3};
    private static final int SUBFRAMES = 4;
    private static final int PULSES = 13;

    /** How many bits each has, in order. */
    private static final int[] WIDTHS = widths();

    private GsmBits() {}

    private static int[] widths() {
        int[] widths = new int[GsmFullRate.PARAMETERS];
        int at = 0;
        for (int width : REFLECTIONS) {
            widths[at++] = width;
        }
        for (int i = 0; i < SUBFRAMES; i++) {
            widths[at++] = 7; // the lag
            widths[at++] = 2; // its gain
            widths[at++] = 2; // the grid
            widths[at++] = 6; // the block's amplitude
            for (int pulse = 0; pulse < PULSES; pulse++) {
                widths[at++] = 3;
            }
        }
        return widths;
    }

    /** As in {@code .gsm} files: the first bit of a parameter is its most significant, and of a byte too. */
    static void mostSignificantFirst(byte[] bytes, int firstBit, int[] parameters) {
        int bit = firstBit;
        for (int i = 0; i < parameters.length; i++) {
            int value = 0;
            for (int left = WIDTHS[i]; left > 0; left--) {
                value = value << 1 | (bytes[bit >> 3] >> (7 - (bit & 7)) & 1);
                bit++;
            }
            parameters[i] = value;
        }
    }

    /** As in WAV files: the first bit of a parameter is its least significant, and of a byte too. */
    static void leastSignificantFirst(byte[] bytes, int firstBit, int[] parameters) {
        int bit = firstBit;
        for (int i = 0; i < parameters.length; i++) {
            int value = 0;
            for (int weight = 0; weight < WIDTHS[i]; weight++) {
                value |= (bytes[bit >> 3] >> (bit & 7) & 1) << weight;
                bit++;
            }
            parameters[i] = value;
        }
    }
}

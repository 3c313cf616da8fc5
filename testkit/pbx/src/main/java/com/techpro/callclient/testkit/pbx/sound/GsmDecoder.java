// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.sound;

import static com.techpro.callclient.testkit.pbx.sound.GsmArithmetic.add;
import static com.techpro.callclient.testkit.pbx.sound.GsmArithmetic.rounded;

/** Decodes the output of {@link GsmEncoder}; it is no decoder for frames of others. */
final class GsmDecoder {
    private static final int LONGEST_LAG = 120;
    private static final int EMPHASIS = 28180;

    private final GsmShortTermFilter shortTerm = new GsmShortTermFilter();
    private final GsmPulseExcitation pulses = new GsmPulseExcitation();
    private final int[] frame = new int[GsmFrame.SAMPLES];
    private final int[] excitation = new int[GsmFrame.SUBFRAME];
    private final int[] past = new int[LONGEST_LAG + GsmFrame.SUBFRAME];
    private int last;

    void decode(int[] codes, short[] samples, int to) {
        for (int i = 0, index = GsmShortTermFilter.ORDER; i < frame.length; i += GsmFrame.SUBFRAME) {
            pulses.restore(codes, index + 2, excitation);
            for (int k = 0; k < GsmFrame.SUBFRAME; k++) {
                int now = LONGEST_LAG + k;
                past[now] = add(excitation[k], rounded(GsmEncoder.GAINS[codes[index + 1]], past[now - codes[index]]));
            }
            System.arraycopy(past, LONGEST_LAG, frame, i, GsmFrame.SUBFRAME);
            System.arraycopy(past, GsmFrame.SUBFRAME, past, 0, LONGEST_LAG);
            index += GsmFrame.CODES_OF_SUBFRAME;
        }
        shortTerm.restore(codes, frame);
        for (int k = 0; k < frame.length; k++) {
            last = add(frame[k], rounded(last, EMPHASIS));
            samples[to + k] = (short) (add(last, last) & ~7);
        }
    }
}

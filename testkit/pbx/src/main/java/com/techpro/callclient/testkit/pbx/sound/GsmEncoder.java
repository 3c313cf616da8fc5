// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.sound;

import static com.techpro.callclient.testkit.pbx.sound.GsmArithmetic.add;
import static com.techpro.callclient.testkit.pbx.sound.GsmArithmetic.product;
import static com.techpro.callclient.testkit.pbx.sound.GsmArithmetic.quotient;
import static com.techpro.callclient.testkit.pbx.sound.GsmArithmetic.room;
import static com.techpro.callclient.testkit.pbx.sound.GsmArithmetic.roomOfShort;
import static com.techpro.callclient.testkit.pbx.sound.GsmArithmetic.rounded;
import static com.techpro.callclient.testkit.pbx.sound.GsmArithmetic.saturated;
import static com.techpro.callclient.testkit.pbx.sound.GsmArithmetic.size;
import static com.techpro.callclient.testkit.pbx.sound.GsmArithmetic.subtract;

import java.util.Arrays;

/**
 * A bit-exact encoder of GSM full rate speech (ETSI GSM 06.10, RPE-LTP at 13 kbit/s). It subtracts
 * the prediction of a vocal tract model, then that of the last pitch period, and codes the rest as
 * pulses. It shares no code with the engine's decoder, which it tests.
 */
final class GsmEncoder {
    private static final int LONGEST_LAG = 120;
    private static final int SHORTEST_LAG = 40;
    private static final int OFFSET_POLE = 32735;
    private static final int EMPHASIS = -28180;

    /** Table 4.3: the upper end of each step of the pitch gain, and its value. */
    private static final int[] GAIN_ENDS = {6554, 16384, 26214};

    static final int[] GAINS = {3277, 11469, 21299, 32767};

    private final GsmShortTermFilter shortTerm = new GsmShortTermFilter();
    private final GsmPulseExcitation pulses = new GsmPulseExcitation();
    private final int[] frame = new int[GsmFrame.SAMPLES];
    private final int[] reflections = new int[GsmShortTermFilter.ORDER];
    private final int[] subframe = new int[GsmFrame.SUBFRAME];
    private final int[] predicted = new int[GsmFrame.SUBFRAME];
    private final int[] excitation = new int[GsmFrame.SUBFRAME];
    /** The last three subframes as the far end decodes them. */
    private final int[] past = new int[LONGEST_LAG];

    private int lastInput;
    private int offset;
    private int lastCentred;

    /** Encodes 20 ms from this sample on. */
    void encode(short[] samples, int from, int[] codes) {
        prepare(samples, from);
        findReflections(correlations());
        GsmShortTermFilter.quantise(reflections, codes);
        shortTerm.remove(codes, frame);
        for (int i = 0, index = GsmShortTermFilter.ORDER; i < frame.length; i += GsmFrame.SUBFRAME) {
            System.arraycopy(frame, i, subframe, 0, GsmFrame.SUBFRAME);
            findPitch(codes, index);
            pulses.choose(subframe, codes, index + 2);
            pulses.restore(codes, index + 2, excitation);
            System.arraycopy(past, GsmFrame.SUBFRAME, past, 0, LONGEST_LAG - GsmFrame.SUBFRAME);
            for (int k = 0; k < GsmFrame.SUBFRAME; k++) {
                past[LONGEST_LAG - GsmFrame.SUBFRAME + k] = add(excitation[k], predicted[k]);
            }
            index += GsmFrame.CODES_OF_SUBFRAME;
        }
    }

    /** Reduces to 13 bits, removes the DC offset, and raises the treble (§5.2.1 to §5.2.3). */
    private void prepare(short[] samples, int from) {
        for (int k = 0; k < frame.length; k++) {
            int input = samples[from + k] >> 3 << 2;
            int high = offset >> 15;
            int low = offset - (high << 15);
            int change = ((input - lastInput) << 15) + rounded(low, OFFSET_POLE);
            lastInput = input;
            offset = saturated((long) high * OFFSET_POLE + change);
            int centred = saturated((long) offset + (1 << 14)) >> 15;
            frame[k] = add(centred, rounded(lastCentred, EMPHASIS));
            lastCentred = centred;
        }
    }

    /** Computes the autocorrelation for lags up to eight (§5.2.4). Loud frames lose a few bits. */
    private int[] correlations() {
        int loudest = 0;
        for (int sample : frame) {
            loudest = Math.max(loudest, size(sample));
        }
        int scale = loudest == 0 ? 0 : Math.max(0, 4 - roomOfShort(loudest));
        if (scale > 0) {
            for (int k = 0; k < frame.length; k++) {
                frame[k] = rounded(frame[k], 1 << (15 - scale));
            }
        }
        int[] correlations = new int[GsmShortTermFilter.ORDER + 1];
        for (int lag = 0; lag < correlations.length; lag++) {
            for (int k = lag; k < frame.length; k++) {
                correlations[lag] += 2 * frame[k] * frame[k - lag];
            }
        }
        for (int k = 0; k < frame.length; k++) {
            frame[k] = saturated(frame[k] << scale);
        }
        return correlations;
    }

    /** Schur's recursion (§5.2.5). */
    private void findReflections(int[] correlations) {
        Arrays.fill(reflections, 0);
        if (correlations[0] == 0) {
            return;
        }
        int shift = room(correlations[0]);
        int[] p = new int[correlations.length];
        for (int i = 0; i < p.length; i++) {
            p[i] = correlations[i] << shift >> 16;
        }
        int[] k = p.clone();
        for (int n = 0; n < GsmShortTermFilter.ORDER; n++) {
            if (p[0] < size(p[1])) {
                return;
            }
            int quotient = quotient(size(p[1]), p[0]);
            int reflection = p[1] > 0 ? -quotient : quotient;
            reflections[n] = reflection;
            p[0] = add(p[0], rounded(p[1], reflection));
            for (int m = 1; m < GsmShortTermFilter.ORDER - n; m++) {
                int next = p[m + 1];
                p[m] = add(next, rounded(k[m], reflection));
                k[m] = add(k[m], rounded(next, reflection));
            }
        }
    }

    /** Finds the best match in the past and subtracts it from this subframe (§5.2.11, §5.2.12). */
    private void findPitch(int[] codes, int index) {
        int loudest = 0;
        for (int sample : subframe) {
            loudest = Math.max(loudest, size(sample));
        }
        int scale = loudest == 0 ? 6 : Math.max(0, 6 - roomOfShort(loudest));
        int lag = SHORTEST_LAG;
        int most = 0;
        for (int tried = SHORTEST_LAG; tried <= LONGEST_LAG; tried++) {
            int likeness = 0;
            for (int k = 0; k < subframe.length; k++) {
                likeness += 2 * (subframe[k] >> scale) * past[LONGEST_LAG + k - tried];
            }
            if (likeness > most) {
                most = likeness;
                lag = tried;
            }
        }
        int gain = gain(most >> (6 - scale), lag);
        codes[index] = lag;
        codes[index + 1] = gain;
        for (int k = 0; k < subframe.length; k++) {
            predicted[k] = rounded(GAINS[gain], past[LONGEST_LAG + k - lag]);
            subframe[k] = subtract(subframe[k], predicted[k]);
        }
    }

    private int gain(int likeness, int lag) {
        int power = 0;
        for (int k = 0; k < GsmFrame.SUBFRAME; k++) {
            int sample = past[LONGEST_LAG + k - lag] >> 3;
            power += 2 * sample * sample;
        }
        if (likeness <= 0) {
            return 0;
        }
        if (likeness >= power) {
            return GAINS.length - 1;
        }
        int shift = room(power);
        int wanted = likeness << shift >> 16;
        int gain = 0;
        while (gain < GAIN_ENDS.length && wanted > product(power << shift >> 16, GAIN_ENDS[gain])) {
            gain++;
        }
        return gain;
    }
}

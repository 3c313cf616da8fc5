// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.speech;

import com.techpro.callclient.testkit.judge.speech.SpeechClip.Rate;
import java.util.List;

/**
 * A recorded speaker.
 *
 * @param rate of the samples
 * @param from the clock's position at the first of them, or -1 if nothing was played
 * @param stalls stalls of the machine, since the sound card was opened
 */
@SuppressWarnings("ArrayRecordComponent") // a hand-over, never compared
public record Recording(short[] samples, Rate rate, long from, List<Stall> stalls) {
    /** At 8 kHz. */
    public Recording(short[] samples, long from, List<Stall> stalls) {
        this(samples, Rate.NARROWBAND, from, stalls);
    }

    /** Returns a copy at 8 or 16 kHz; the band above the original is empty. */
    public Recording at(Rate wanted) {
        return rate == wanted ? this : new Recording(afterSilence(wanted, 0), wanted, from, stalls);
    }

    /**
     * Returns the samples at 8 or 16 kHz, with silence before them.
     *
     * @param before how much silence, in samples of the wanted rate
     */
    public short[] afterSilence(Rate wanted, int before) {
        int length = (int) ((samples.length * (long) wanted.hertz() + rate.hertz() - 1) / rate.hertz());
        short[] result = new short[before + length];
        if (rate == wanted) {
            System.arraycopy(samples, 0, result, before, length);
        } else if (rate.factor() > wanted.factor()) {
            SampleRates.decimate(samples, rate.factor() / wanted.factor(), 0, result, before, length);
        } else {
            SampleRates.interpolate(samples, wanted.factor() / rate.factor(), result, before);
        }
        return result;
    }
}

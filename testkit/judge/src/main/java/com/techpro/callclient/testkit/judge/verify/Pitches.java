// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.verify;

import com.techpro.callclient.testkit.judge.speech.SpeechClip;
import java.util.Arrays;
import java.util.List;

/** Measures tones that were mixed into a sound. */
public final class Pitches {
    /**
     * Short enough that a jitter buffer's splices damage few windows, and long enough to tell apart
     * pitches that differ by 100 Hz.
     */
    private static final int WINDOW = SpeechClip.SAMPLE_RATE / 5;

    private Pitches() {}

    /**
     * Returns each tone's median amplitude.
     *
     * @param heard 8 kHz; less than a fifth of a second counts as silence
     */
    public static double[] levels(short[] heard, List<Integer> hertz) {
        int windows = heard.length / WINDOW;
        double[] levels = new double[hertz.size()];
        for (int i = 0; windows > 0 && i < levels.length; i++) {
            double[] found = new double[windows];
            for (int w = 0; w < windows; w++) {
                found[w] = 2 * amplitude(hertz.get(i), faded(heard, w * WINDOW));
            }
            Arrays.sort(found);
            levels[i] = found[windows / 2];
        }
        return levels;
    }

    /** As that of a sine tone. */
    private static double amplitude(int hertz, short[] samples) {
        double step = 2 * Math.PI * hertz / SpeechClip.SAMPLE_RATE;
        double real = 0;
        double imaginary = 0;
        for (int i = 0; i < samples.length; i++) {
            real += samples[i] * Math.cos(step * i);
            imaginary += samples[i] * Math.sin(step * i);
        }
        return 2 * Math.hypot(real, imaginary) / samples.length;
    }

    /** A Hann window, so that a loud tone does not appear at its neighbours' pitches. */
    private static short[] faded(short[] heard, int from) {
        short[] faded = new short[WINDOW];
        for (int i = 0; i < WINDOW; i++) {
            faded[i] = (short) (heard[from + i] * (1 - Math.cos(2 * Math.PI * i / WINDOW)) / 2);
        }
        return faded;
    }
}

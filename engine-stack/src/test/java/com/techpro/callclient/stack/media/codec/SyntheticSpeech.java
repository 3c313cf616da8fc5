// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.codec;

import com.techpro.callclient.testkit.contracts.Seeds;
import java.util.Random;

/** What passes for speech with a codec: syllables of a gliding voice, each begun by a hiss and ended by a short pause. The same in every run of the same seed. */
public final class SyntheticSpeech {
    public static final int RATE = 48_000;
    private static final int SYLLABLE = RATE / 4;
    private static final int HISS = RATE / 25;
    private static final int VOICE_ENDS = RATE / 5;
    private static final int HARMONICS = 40;
    private static final double[] FORMANTS = {600, 1_200, 2_500, 3_500};

    private SyntheticSpeech() {}

    public static short[] samples(int seconds) {
        short[] samples = new short[seconds * RATE];
        Random random = Seeds.random(6716);
        double phase = 0;
        for (int i = 0; i < samples.length; i++) {
            int at = i % SYLLABLE;
            int syllable = i / SYLLABLE;
            double pitch = 110 + 12.0 * (syllable % 5) + 40.0 * at / SYLLABLE;
            phase += 2 * Math.PI * pitch / RATE;
            double noise = random.nextInt(2_001) / 1_000.0 - 1;
            double sample = 20 * noise;
            if (at < HISS) {
                sample += 1_500 * noise * StrictMath.sin(Math.PI * at / HISS);
            } else if (at < VOICE_ENDS) {
                sample += 3_000
                        * voice(phase, pitch, 1 + 0.15 * (syllable % 3))
                        * StrictMath.sin(Math.PI * (at - HISS) / (VOICE_ENDS - HISS));
            }
            samples[i] = (short) Math.max(-30_000, Math.min(30_000, sample));
        }
        return samples;
    }

    private static double voice(double phase, double pitch, double vowel) {
        double sum = 0;
        for (int harmonic = 1; harmonic <= HARMONICS; harmonic++) {
            double frequency = harmonic * pitch;
            double gain = 0;
            for (double formant : FORMANTS) {
                double off = (frequency - formant * vowel) / 150;
                gain += 1 / (1 + off * off) / (formant / FORMANTS[0]);
            }
            sum += gain * StrictMath.sin(harmonic * phase);
        }
        return sum;
    }
}

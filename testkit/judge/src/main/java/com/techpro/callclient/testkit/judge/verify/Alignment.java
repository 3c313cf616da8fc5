// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.verify;

import com.techpro.callclient.testkit.judge.signal.Fft;
import com.techpro.callclient.testkit.judge.speech.SpeechSource;
import java.util.Arrays;

/**
 * Finds the origin of heard samples in the speech, by normalised cross-correlation. Delays are in
 * samples.
 */
final class Alignment {
    /** The longest one-way delay that it tries: one second. Nobody could converse beyond that. */
    static final int MAX_DELAY = 8000;

    /**
     * Samples compared while no delay is known. With the range of delays they fill the transform.
     */
    static final int ACQUIRE = 6000;

    private static final Fft FFT = new Fft(16384);
    private static final double SILENCE = 1e-9;

    private final double[] heard;
    private final double[] said;
    private final double[] heardEnergy;
    private final double[] saidEnergy;

    /** @param heardAt the speech's sample number at the moment of the first heard sample */
    Alignment(SpeechSource talk, short[] heardSamples, long heardAt) {
        this.heard = new double[heardSamples.length];
        for (int i = 0; i < heard.length; i++) {
            heard[i] = heardSamples[i];
        }
        this.said = new double[heard.length + MAX_DELAY];
        for (int i = 0; i < said.length; i++) {
            said[i] = talk.at(heardAt - MAX_DELAY + i);
        }
        this.heardEnergy = energy(heard);
        this.saidEnergy = energy(said);
    }

    /**
     * Returns the best of all delays for {@link #ACQUIRE} samples from this index (fewer at the
     * end).
     */
    Match acquire(int index) {
        int length = Math.min(ACQUIRE, heard.length - index);
        int from = index;
        double energy = heardEnergy[index + length] - heardEnergy[index];
        if (energy < SILENCE) {
            return Match.NONE;
        }
        double[] re = Arrays.copyOf(Arrays.copyOfRange(said, from, from + MAX_DELAY + length), FFT.size());
        double[] im = new double[FFT.size()];
        double[] heardRe = Arrays.copyOf(Arrays.copyOfRange(heard, index, index + length), FFT.size());
        double[] heardIm = new double[FFT.size()];
        FFT.transform(re, im);
        FFT.transform(heardRe, heardIm);
        for (int i = 0; i < re.length; i++) {
            double r = re[i] * heardRe[i] + im[i] * heardIm[i];
            im[i] = im[i] * heardRe[i] - re[i] * heardIm[i];
            re[i] = r;
        }
        FFT.inverseUnscaled(re, im);
        Match best = Match.NONE;
        for (int offset = 0; offset <= MAX_DELAY; offset++) {
            double energies = energy * (saidEnergy[from + offset + length] - saidEnergy[from + offset]);
            if (energies > SILENCE) {
                best = best.or(new Match(MAX_DELAY - offset, re[offset] / FFT.size() / Math.sqrt(energies)));
            }
        }
        return best;
    }

    private static double[] energy(double[] samples) {
        double[] sums = new double[samples.length + 1];
        for (int i = 0; i < samples.length; i++) {
            sums[i + 1] = sums[i] + samples[i] * samples[i];
        }
        return sums;
    }

    /** A delay and how well it fits. */
    record Match(int delay, double correlation) {
        static final Match NONE = new Match(-1, 0);

        Match or(Match other) {
            return other.correlation > correlation ? other : this;
        }
    }
}

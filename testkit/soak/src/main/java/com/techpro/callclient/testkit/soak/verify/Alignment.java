// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.verify;

import com.techpro.callclient.testkit.soak.signal.Fft;
import com.techpro.callclient.testkit.soak.speech.SpeechClip;
import com.techpro.callclient.testkit.soak.speech.SpeechSource;
import java.util.Arrays;

/** Finds where in what was said a stretch of what was heard comes from, by normalised cross-correlation. Delays are in samples. */
class Alignment {
    /** The longest one-way delay looked for: one second, beyond which nobody would call it a conversation. */
    static final int MAX_DELAY = 8000;

    /** How much is compared when nothing is known yet; with the range of delays it fills the transform. */
    static final int ACQUIRE = 6000;

    private static final Fft FFT = new Fft(16384);
    private static final double SILENCE = 1e-9;

    private final double[] heard;
    private final double[] said;
    private final double[] heardEnergy;
    private final double[] saidEnergy;

    /** @param heardAt the number, in samples of the talk, of the moment at which the first heard sample was heard */
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

    /** @param saidSamples from {@link #MAX_DELAY} before the first heard sample on */
    Alignment(short[] saidSamples, short[] heardSamples) {
        this.heard = new double[heardSamples.length];
        for (int i = 0; i < heard.length; i++) {
            heard[i] = heardSamples[i];
        }
        this.said = new double[heard.length + MAX_DELAY];
        for (int i = 0; i < said.length; i++) {
            said[i] = i < saidSamples.length ? saidSamples[i] : 0;
        }
        this.heardEnergy = energy(heard);
        this.saidEnergy = energy(said);
    }

    /** How a frame differs from what was said that much earlier, in decibels. */
    double distance(int frame, int delay) {
        int heardFrom = frame + SpeechClip.FRAME / 2 - SpectralDistance.WINDOW / 2;
        return SpectralDistance.decibels(said, counterpart(heardFrom, delay), heard, heardFrom);
    }

    /** Whether a frame is what was said that much earlier, though its waveform is another: of a codec that keeps the waveform never. */
    boolean isAlike(int frame, int delay) {
        return false;
    }

    /** What it has above the telephone's band, compared with what was said that much earlier; nothing if that is not to be judged. */
    UpperBand upperBand(int frame, int delay) {
        return UpperBand.NONE;
    }

    /** The best delay next to another. */
    Match follow(int index, int length, int delay) {
        return search(index, length, delay, 1);
    }

    /** Where in what was said the counterpart of a heard sample is. */
    int counterpart(int index, int delay) {
        return index + MAX_DELAY - delay;
    }

    double saidRms(int index, int length, int delay) {
        int from = counterpart(index, delay);
        return Math.sqrt((saidEnergy[from + length] - saidEnergy[from]) / length);
    }

    double heardRms(int index, int length) {
        return Math.sqrt((heardEnergy[index + length] - heardEnergy[index]) / length);
    }

    /** Correlation, -1 to 1, of a heard window with what was said that much earlier; 0 if the window is not all there or silent. */
    double correlation(int index, int length, int delay) {
        int from = counterpart(index, delay);
        if (index < 0 || index + length > heard.length || delay < 0 || delay > MAX_DELAY) {
            return 0;
        }
        double energies =
                (heardEnergy[index + length] - heardEnergy[index]) * (saidEnergy[from + length] - saidEnergy[from]);
        if (energies < SILENCE) {
            return 0;
        }
        double sum = 0;
        for (int i = 0; i < length; i++) {
            sum += heard[index + i] * said[from + i];
        }
        return sum / Math.sqrt(energies);
    }

    /** The best delay within a radius of another. */
    Match search(int index, int length, int around, int radius) {
        Match best = new Match(around, correlation(index, length, around));
        for (int off = 1; off <= radius; off++) {
            best = best.or(new Match(around - off, correlation(index, length, around - off)));
            best = best.or(new Match(around + off, correlation(index, length, around + off)));
        }
        return best;
    }

    /** The best of all delays for the {@link #ACQUIRE} samples from here (fewer at the end). */
    Match acquire(int index) {
        int length = Math.min(ACQUIRE, heard.length - index);
        int from = counterpart(index, MAX_DELAY);
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

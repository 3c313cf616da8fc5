// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.scene;

import com.techpro.callclient.testkit.soak.signal.Fft;
import java.util.Arrays;
import java.util.Random;

/**
 * The way from a loudspeaker to a microphone as an impulse response: the direct sound, some early reflections, and
 * decaying noise (J.-D. Polack's model of reverberation), as a small loudspeaker colours it. Immutable.
 */
final class Room {
    private static final int RATE = Scene.SAMPLE_RATE;

    private final double[] response;

    private Room(double[] response) {
        this.response = response;
    }

    /**
     * Creates a room.
     *
     * @param decay in seconds until the reverberation is 60 dB down
     * @param reverberation its energy, against the direct sound's
     * @param gain of the whole way
     */
    static Room of(Random random, double decay, double reverberation, double gain) {
        int length = (int) (RATE * Math.min(0.7, decay + 0.02));
        double[] taps = new double[length];
        double fade = Math.log(1000) / (decay * RATE);
        double energy = 0;
        int begin = RATE / 500;
        for (int i = begin; i < length; i++) {
            double envelope = Math.exp(-fade * i);
            taps[i] = envelope * random.nextGaussian();
            energy += taps[i] * taps[i];
        }
        double scale = Math.sqrt(reverberation / energy);
        for (int i = begin; i < length; i++) {
            taps[i] *= scale;
        }
        taps[3] += 1;
        for (int early = 0; early < 6; early++) {
            int at = 8 + random.nextInt(RATE / 50);
            if (at < length) {
                taps[at] += 0.4 * (random.nextDouble() - 0.5) * Math.exp(-fade * at);
            }
        }
        double[] coloured = loudspeaker(taps);
        double sum = 0;
        for (double tap : coloured) {
            sum += tap * tap;
        }
        for (int i = 0; i < coloured.length; i++) {
            coloured[i] *= gain / Math.sqrt(sum);
        }
        return new Room(coloured);
    }

    /** No bass below 250 Hz, and a little less treble. */
    private static double[] loudspeaker(double[] taps) {
        double[] out = new double[taps.length];
        double bass = 1 - Math.exp(-2 * Math.PI * 250 / RATE);
        double low = 0;
        double smooth = 0;
        for (int i = 0; i < taps.length; i++) {
            low += bass * (taps[i] - low);
            smooth += 0.75 * (taps[i] - low - smooth);
            out[i] = smooth;
        }
        return out;
    }

    /** A room that differs from this one by a part of its energy, as after somebody moved. */
    Room moved(Random random, double share) {
        double[] other = response.clone();
        double energy = 0;
        double change = 0;
        double[] delta = new double[other.length];
        for (int i = 0; i < other.length; i++) {
            energy += other[i] * other[i];
        }
        double envelope = 0;
        for (int i = 0; i < other.length; i++) {
            envelope = Math.max(Math.abs(other[i]), envelope * 0.995);
            delta[i] = envelope * random.nextGaussian();
            change += delta[i] * delta[i];
        }
        double scale = Math.sqrt(share * energy / change);
        double keep = Math.sqrt(1 - share);
        for (int i = 0; i < other.length; i++) {
            other[i] = keep * other[i] + scale * delta[i];
        }
        return new Room(other);
    }

    /** Returns what is heard of a sound. */
    double[] heard(double[] sound) {
        int block = 16384;
        while (block < 2 * response.length) {
            block *= 2;
        }
        Fft fft = new Fft(block);
        double[] filterRe = new double[block];
        double[] filterIm = new double[block];
        System.arraycopy(response, 0, filterRe, 0, response.length);
        fft.transform(filterRe, filterIm);
        double[] out = new double[sound.length];
        int step = block - response.length;
        double[] re = new double[block];
        double[] im = new double[block];
        for (int at = 0; at < sound.length; at += step) {
            Arrays.fill(re, 0);
            Arrays.fill(im, 0);
            System.arraycopy(sound, at, re, 0, Math.min(step, sound.length - at));
            fft.transform(re, im);
            for (int k = 0; k < block; k++) {
                double r = re[k] * filterRe[k] - im[k] * filterIm[k];
                im[k] = re[k] * filterIm[k] + im[k] * filterRe[k];
                re[k] = r;
            }
            fft.inverseUnscaled(re, im);
            for (int i = 0; i < block && at + i < out.length; i++) {
                out[at + i] += re[i] / block;
            }
        }
        return out;
    }
}

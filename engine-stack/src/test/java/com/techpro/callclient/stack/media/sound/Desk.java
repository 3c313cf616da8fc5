// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.sound;

import com.techpro.callclient.testkit.contracts.Seeds;
import java.util.Arrays;
import java.util.Random;

/** A telephone on a desk: made-up speech, a room, and a voice processor that is fed in frames. */
final class Desk {
    static final int RATE = 16000;

    private Desk() {}

    /** Vowels of changing pitch and colour, in syllables with pauses; the amplitude is the peak's. */
    static short[] speech(long seed, double seconds, double amplitude) {
        Random random = Seeds.random(seed);
        double[] out = new double[(int) (RATE * seconds)];
        int at = 0;
        while (at < out.length) {
            int length = RATE / 10 + random.nextInt(RATE / 5);
            double pitch = 90 + 90 * random.nextDouble();
            double slide = 0.2 * random.nextGaussian();
            double[] formant = {300 + 500 * random.nextDouble(), 900 + 1500 * random.nextDouble(), 2500, 4000};
            double phase = 0;
            boolean hiss = random.nextInt(4) == 0;
            for (int i = 0; i < length && at + i < out.length; i++) {
                double share = (double) i / length;
                phase += pitch * (1 + slide * share) / RATE;
                double sum = 0;
                if (hiss) {
                    sum = 0.3 * random.nextGaussian();
                } else {
                    for (int h = 1; h * pitch < 5000; h++) {
                        double f = h * pitch;
                        double loud = 0.02;
                        for (double centre : formant) {
                            loud += 1 / (1 + Math.pow((f - centre) / 150, 2)) * 400 / (400 + centre);
                        }
                        sum += loud * Math.sin(2 * Math.PI * h * phase + h * h);
                    }
                    sum = 0.25 * sum + 0.02 * random.nextGaussian();
                }
                out[at + i] = sum * Math.sin(Math.PI * share);
            }
            at += length + (random.nextInt(5) == 0 ? RATE / 4 : random.nextInt(RATE / 25));
        }
        double peak = 0;
        for (double sample : out) {
            peak = Math.max(peak, Math.abs(sample));
        }
        short[] rounded = new short[out.length];
        for (int i = 0; i < out.length; i++) {
            rounded[i] = (short) Math.rint(out[i] * amplitude / peak);
        }
        return rounded;
    }

    static short[] noise(long seed, double seconds, double rms) {
        Random random = Seeds.random(seed);
        short[] out = new short[(int) (RATE * seconds)];
        for (int i = 0; i < out.length; i++) {
            out[i] = (short) Math.rint(rms * random.nextGaussian());
        }
        return out;
    }

    static short[] tone(double hertz, int rate, double seconds, double amplitude) {
        short[] out = new short[(int) (rate * seconds)];
        for (int i = 0; i < out.length; i++) {
            out[i] = (short) Math.rint(amplitude * Math.sin(2 * Math.PI * hertz * i / rate));
        }
        return out;
    }

    /** The response of a room that decays by 60 dB in 150 ms. */
    static double[] room(long seed, double gain) {
        Random random = Seeds.random(seed);
        double[] taps = new double[RATE * 3 / 20];
        double energy = 0;
        for (int i = 0; i < taps.length; i++) {
            taps[i] = i == 2 ? 1 : 0.08 * random.nextGaussian() * Math.exp(-6.9 * i / taps.length);
            energy += taps[i] * taps[i];
        }
        for (int i = 0; i < taps.length; i++) {
            taps[i] *= gain / Math.sqrt(energy);
        }
        return taps;
    }

    /** What a microphone in the room hears, later by a delay. */
    static short[] echo(short[] far, double[] room, int delay) {
        short[] out = new short[far.length];
        for (int i = delay; i < out.length; i++) {
            double sum = 0;
            for (int j = 0; j < room.length && j <= i - delay; j++) {
                sum += room[j] * far[i - delay - j];
            }
            out[i] = (short) Math.rint(sum);
        }
        return out;
    }

    static short[] sum(short[] a, short[] b) {
        short[] out = new short[a.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (short) Math.max(-32768, Math.min(32767, a[i] + b[i]));
        }
        return out;
    }

    /** Feeds both in frames of 10 ms and returns what the microphone's become. */
    static short[] processed(VoiceProcessor processor, short[] far, short[] mic) {
        return processed(processor, far, mic, 160);
    }

    static short[] processed(VoiceProcessor processor, short[] far, short[] mic, int frame) {
        short[] out = new short[mic.length];
        for (int at = 0; at + frame <= mic.length; at += frame) {
            processor.played(Arrays.copyOfRange(far, at, at + frame));
            short[] samples = Arrays.copyOfRange(mic, at, at + frame);
            processor.process(samples);
            System.arraycopy(samples, 0, out, at, frame);
        }
        return out;
    }

    /** In decibels, between two times. */
    static double level(short[] samples, double from, double to) {
        double sum = 1e-9;
        for (int i = (int) (from * RATE); i < to * RATE; i++) {
            sum += samples[i] * (double) samples[i];
        }
        return 10 * Math.log10(sum / ((to - from) * RATE));
    }

    /** How well the output is the wanted signal, in decibels, between two times. */
    static double likeness(short[] wanted, short[] output, int latency, double from, double to) {
        double signal = 0;
        double error = 1e-9;
        for (int i = (int) (from * RATE); i < to * RATE; i++) {
            double e = output[i + latency] - wanted[i];
            signal += wanted[i] * (double) wanted[i];
            error += e * e;
        }
        return 10 * Math.log10(signal / error);
    }

    /** As the processor's own high-pass filter leaves it. */
    static short[] highPassed(short[] samples) {
        float[] filtered = new float[samples.length];
        for (int i = 0; i < samples.length; i++) {
            filtered[i] = samples[i];
        }
        new HighPass(RATE).filter(filtered, 0, filtered.length);
        short[] out = new short[samples.length];
        for (int i = 0; i < samples.length; i++) {
            out[i] = (short) Math.round(filtered[i]);
        }
        return out;
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.ear;

import com.techpro.callclient.engine.internal.media.codec.G711;
import com.techpro.callclient.testkit.soak.speech.SampleRates;
import java.util.Arrays;
import java.util.Random;

/** What networks, gateways, codecs and rooms do to speech of 16 kHz. Each gives a new recording. */
final class Damage {
    static final int RATE = Ear.SAMPLE_RATE;

    private Damage() {}

    interface Change {
        double of(int at, double sample);
    }

    static short[] each(short[] samples, Change change) {
        short[] changed = new short[samples.length];
        for (int i = 0; i < samples.length; i++) {
            double sample = Math.rint(change.of(i, samples[i]));
            changed[i] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, sample));
        }
        return changed;
    }

    static double ratio(double decibels) {
        return Math.pow(10, decibels / 20);
    }

    /** Later by so many samples; what no longer fits is gone. */
    static short[] late(short[] samples, int by) {
        short[] late = new short[samples.length];
        System.arraycopy(samples, 0, late, by, samples.length - by);
        return late;
    }

    static short[] louder(short[] samples, double decibels) {
        return each(samples, (at, sample) -> sample * ratio(decibels));
    }

    static short[] silent(short[] samples, int from, int to) {
        short[] changed = samples.clone();
        Arrays.fill(changed, Math.max(0, from), Math.min(changed.length, to), (short) 0);
        return changed;
    }

    /** Evenly: packets of so many samples, the first of which begins at an offset. */
    static short[] lost(short[] samples, double percent, int packet, int offset) {
        short[] changed = samples.clone();
        double due = 0;
        for (int at = offset; at + packet <= changed.length; at += packet) {
            due += percent / 100;
            if (due >= 1) {
                due--;
                Arrays.fill(changed, at, at + packet, (short) 0);
            }
        }
        return changed;
    }

    /** At random: each packet for itself, or so many of them in a row. */
    static short[] lost(short[] samples, double percent, int packet, int offset, int burst, Random random) {
        short[] changed = samples.clone();
        for (int at = offset; at + packet <= changed.length; at += packet) {
            if (random.nextDouble() < percent / 100 / burst) {
                Arrays.fill(changed, at, Math.min(changed.length, at + burst * packet), (short) 0);
            }
        }
        return changed;
    }

    /** Evenly lost, and the packet before played once more. */
    static short[] repeated(short[] samples, double percent, int packet, int offset) {
        short[] changed = samples.clone();
        double due = 0;
        for (int at = offset + packet; at + packet <= changed.length; at += packet) {
            due += percent / 100;
            if (due >= 1) {
                due--;
                System.arraycopy(changed, at - packet, changed, at, packet);
            }
        }
        return changed;
    }

    /** Twenty times a second. */
    static short[] holes(short[] samples, int length, int offset) {
        short[] changed = samples.clone();
        for (int at = offset; at + length <= changed.length; at += RATE / 20) {
            Arrays.fill(changed, at, at + length, (short) 0);
        }
        return changed;
    }

    /** A Butterworth filter of second order. */
    static short[] highPass(short[] samples, double hertz) {
        double w = Math.tan(Math.PI * hertz / RATE);
        double n = 1 / (1 + Math.sqrt(2) * w + w * w);
        return biquad(samples, n, -2 * n, n, 2 * (w * w - 1) * n, (1 - Math.sqrt(2) * w + w * w) * n);
    }

    static short[] lowPass(short[] samples, double hertz) {
        double w = Math.tan(Math.PI * hertz / RATE);
        double n = 1 / (1 + Math.sqrt(2) * w + w * w);
        return biquad(
                samples, w * w * n, 2 * w * w * n, w * w * n, 2 * (w * w - 1) * n, (1 - Math.sqrt(2) * w + w * w) * n);
    }

    private static short[] biquad(short[] samples, double b0, double b1, double b2, double a1, double a2) {
        double[] state = new double[2];
        return each(samples, (at, sample) -> {
            double out = b0 * sample + state[0];
            state[0] = b1 * sample - a1 * out + state[1];
            state[1] = b2 * sample - a2 * out;
            return out;
        });
    }

    /** What a gateway to the telephone network lets through. */
    static short[] telephone(short[] samples) {
        short[] high = highPass(highPass(samples, 300), 300);
        return lowPass(lowPass(lowPass(high, 3400), 3400), 3400);
    }

    /** At 8 kHz, by every second sample of what was below 4 kHz. */
    static short[] g711(short[] samples, G711 law) {
        short[] narrow = SampleRates.decimated(samples, 2, 0);
        for (int i = 0; i < narrow.length; i++) {
            narrow[i] = law.decode(law.encode(narrow[i]));
        }
        return Arrays.copyOf(SampleRates.interpolated(narrow, 2), samples.length);
    }

    static short[] faster(short[] samples, double percent) {
        return each(new short[samples.length], (at, nothing) -> {
            double from = at * (1 + percent / 100);
            int before = (int) from;
            double part = from - before;
            return before + 1 < samples.length ? samples[before] * (1 - part) + samples[before + 1] * part : 0;
        });
    }

    static short[] tone(short[] samples, double hertz, double amplitude) {
        return each(samples, (at, sample) -> sample + amplitude * Math.sin(2 * Math.PI * hertz * at / RATE));
    }

    static short[] noise(short[] samples, double rms, Random random) {
        return each(samples, (at, sample) -> sample + rms * random.nextGaussian());
    }

    /** Another recording besides. */
    static short[] mixed(short[] samples, short[] other, double decibels) {
        return each(samples, (at, sample) -> sample + (at < other.length ? other[at] : 0) * ratio(decibels));
    }

    /** One sample, every so many. */
    static short[] clicks(short[] samples, int apart, double amplitude) {
        return each(samples, (at, sample) -> at % apart == 0 ? sample + amplitude : sample);
    }

    static double rms(short[] samples) {
        double sum = 0;
        for (short sample : samples) {
            sum += (double) sample * sample;
        }
        return Math.sqrt(sum / samples.length);
    }
}

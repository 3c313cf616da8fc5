// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.scene;

import com.techpro.callclient.testkit.judge.signal.Fft;
import java.util.EnumMap;
import java.util.Map;

/** Compares a voice processor's output with what the scene is made of. */
public final class SceneJudge {
    private static final int RATE = Scene.SAMPLE_RATE;
    private static final int FRAME = RATE / 50;
    private static final double BEST = 45;
    private static final int MOST_LATE = RATE / 10;
    /** -50 dBFS: below it nothing is heard of an echo. */
    private static final double INAUDIBLE = Math.pow(10, -5) * Short.MAX_VALUE * Short.MAX_VALUE;
    /** Frames of the user's speech are clear down to so much below the loudest: -20 dB. */
    private static final double CLEAR = 0.01;
    /** Speech that loses more than 12 dB is lost. */
    private static final double LOST = 0.25;

    private final Scene scene;
    private final SceneSettings settings;
    private final double[] out;
    private final double[] mic;
    private final double nearLoud;
    private final double echoLoud;
    private final int latency;
    private final Map<Measure, Double> values = new EnumMap<>(Measure.class);

    private SceneJudge(Scene scene, short[] output) {
        this.scene = scene;
        settings = scene.settings();
        mic = scene.heard();
        nearLoud = loudest(scene.near());
        echoLoud = loudest(scene.echo());
        double[] raw = Resampler.resampled(doubles(output), scene.sampleRate(), RATE);
        latency = latency(raw, scene.near());
        out = new double[mic.length];
        System.arraycopy(raw, latency, out, 0, Math.min(raw.length, out.length) - latency);
    }

    /** Judges an output as long as the microphone's signal. */
    public static SceneFigures judge(Scene scene, short[] output) {
        return new SceneJudge(scene, output).figures();
    }

    private SceneFigures figures() {
        if (settings.echo) {
            double begin = onset();
            put(Measure.REMOVED_FROM_0, removed(begin, begin + 0.3));
            put(Measure.REMOVED_FROM_0_3, removed(begin + 0.3, begin + 1));
            put(Measure.REMOVED_FROM_1, removed(begin + 1, begin + 2));
            put(Measure.REMOVED_FROM_3, removed(begin + 3, begin + 4.5));
            put(Measure.REMOVED_FROM_9, removed(begin + 9, begin + 11));
            put(Measure.REMOVED_BETWEEN, removed(settings.nearFrom, Scene.SECONDS - 0.2));
            if (echoLoud > INAUDIBLE) {
                put(Measure.AUDIBLE, audible(begin, begin + 10));
            }
        }
        boolean noisy = settings.noise < 100 && !settings.echo;
        if (noisy) {
            put(Measure.QUIETER, quieter());
        }
        double from = noisy ? 4 : settings.nearFrom;
        lost(from);
        speech((int) (from * RATE), Measure.DISTANCE, Integer.MAX_VALUE);
        if (settings.kind == SceneSettings.Kind.HEADSET) {
            speech((int) (from * RATE), Measure.FIRST_WORD, RATE / 2);
        }
        put(
                Measure.INTELLIGIBILITY,
                Intelligibility.of(scene.near(), out, (int) (from * RATE), out.length - MOST_LATE));
        return new SceneFigures(values, latency * 1000.0 / RATE);
    }

    private void put(Measure measure, double value) {
        if (!Double.isNaN(value)) {
            values.put(measure, value);
        }
    }

    private double onset() {
        double[] echo = scene.echo();
        int step = FRAME / 2;
        for (int at = 0; at + FRAME < echo.length; at += step) {
            if (power(echo, at, step) > echoLoud / 1000) {
                return (double) at / RATE;
            }
        }
        return 0;
    }

    private double removed(double from, double to) {
        double before = 0;
        double after = 0;
        for (int at = (int) (from * RATE); at + FRAME <= to * RATE && at + FRAME < out.length; at += FRAME) {
            if (isEchoAlone(at, FRAME)) {
                before += power(mic, at, FRAME);
                // What leaves only the room's noise could not be better.
                after += Math.max(power(out, at, FRAME), power(scene.noise(), at, FRAME));
            }
        }
        return before == 0 ? Double.NaN : Math.min(BEST, 10 * Math.log10(before / (after + 1e-3)));
    }

    private boolean isEchoAlone(int at, int length) {
        // A processor's windows spread the user's speech by 20 ms.
        return power(scene.near(), Math.max(0, at - FRAME), length + 2 * FRAME) <= nearLoud / 1e5
                && power(scene.echo(), at, length) > echoLoud / 1000;
    }

    /** In milliseconds. */
    private double audible(double from, double to) {
        int length = FRAME / 2;
        int count = 0;
        for (int at = (int) (from * RATE); at + length <= to * RATE; at += length) {
            double noise = power(scene.noise(), at, length);
            double left = power(out, at, length);
            if (isEchoAlone(at, length)
                    && left > INAUDIBLE + 2 * noise
                    && left - noise > power(scene.echo(), at, length) / 100) {
                count++;
            }
        }
        return 10 * count;
    }

    /** How much of the user's clear speech is missing. */
    private void lost(double from) {
        int clear = 0;
        int lost = 0;
        int run = 0;
        int longest = 0;
        for (int at = (int) (from * RATE); at + FRAME < out.length - MOST_LATE; at += FRAME) {
            double power = power(scene.near(), at, FRAME);
            boolean missing = power > nearLoud * CLEAR && share(at) < LOST;
            clear += power > nearLoud * CLEAR ? 1 : 0;
            lost += missing ? 1 : 0;
            run = missing ? run + 1 : 0;
            longest = Math.max(longest, run);
        }
        if (clear > 0) {
            put(Measure.LOST, 100.0 * lost / clear);
            put(Measure.LONGEST_LOSS, 20.0 * longest);
        }
    }

    /** What the output has of the user's speech: an echo or noise beside it does not count. */
    private double share(int at) {
        double[] near = scene.near();
        double most = 0;
        // A processor may be late by a part of a sample, and not at each pitch by as much.
        for (int shift = -2; shift <= 2; shift++) {
            double both = 0;
            for (int i = at; i < at + FRAME; i++) {
                both += near[i] * out[i + shift];
            }
            most = Math.max(most, both);
        }
        return most / (power(near, at, FRAME) * FRAME);
    }

    private double quieter() {
        double before = 0;
        double after = 0;
        for (int at = 4 * RATE; at + FRAME < out.length - MOST_LATE; at += FRAME) {
            if (power(scene.near(), at - FRAME, 3 * FRAME) < nearLoud / 1e6) {
                before += power(mic, at, FRAME);
                after += power(out, at, FRAME);
            }
        }
        return 10 * Math.log10(before / (after + 1e-3));
    }

    /** Compares spectra of the user's speech, of so many samples of it. */
    private void speech(int from, Measure measure, int most) {
        double[] near = scene.near();
        int size = 512;
        Fft fft = new Fft(size);
        double distance = 0;
        int count = 0;
        double said = 0;
        double heard = 0;
        for (int at = from; at + size < near.length - MOST_LATE && count * size / 2 < most; at += size / 2) {
            double power = power(near, at, size);
            if (power < nearLoud / 300) {
                continue;
            }
            count++;
            said += power;
            heard += power(out, at, size);
            distance += distance(fft, near, at);
        }
        if (count > 0) {
            put(measure, distance / count);
            if (measure == Measure.DISTANCE) {
                put(Measure.ATTENUATION, 10 * Math.log10(said / (heard + 1e-3)));
            }
        }
    }

    private double distance(Fft fft, double[] near, int at) {
        double[] a = bands(fft, near, at);
        double[] b = bands(fft, out, at);
        double loudest = 0;
        for (double band : a) {
            loudest = Math.max(loudest, band);
        }
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            double floor = loudest / 1e4;
            double d = 10 * Math.log10((a[i] + floor) / (b[i] + floor));
            sum += d * d;
        }
        return Math.sqrt(sum / a.length);
    }

    private static double[] bands(Fft fft, double[] samples, int at) {
        int size = fft.size();
        double[] re = new double[size];
        double[] im = new double[size];
        for (int i = 0; i < size; i++) {
            re[i] = samples[at + i] * (0.5 - 0.5 * Math.cos(2 * Math.PI * i / size));
        }
        fft.transform(re, im);
        double[] bands = new double[20];
        for (int k = 6; k < size / 2 - 16; k++) {
            int band = (int) (bands.length * Math.log(k / 6.0) / Math.log((size / 2 - 16) / 6.0));
            bands[band] += re[k] * re[k] + im[k] * im[k];
        }
        return bands;
    }

    /** Where the output correlates best with the user's speech. */
    private static int latency(double[] raw, double[] near) {
        int size = Integer.highestOneBit(raw.length) * 2;
        Fft fft = new Fft(size);
        double[] aRe = new double[size];
        double[] aIm = new double[size];
        double[] bRe = new double[size];
        double[] bIm = new double[size];
        System.arraycopy(raw, 0, aRe, 0, raw.length);
        System.arraycopy(near, 0, bRe, 0, near.length);
        fft.transform(aRe, aIm);
        fft.transform(bRe, bIm);
        for (int k = 0; k < size; k++) {
            double re = aRe[k] * bRe[k] + aIm[k] * bIm[k];
            double im = aIm[k] * bRe[k] - aRe[k] * bIm[k];
            aRe[k] = re;
            aIm[k] = im;
        }
        fft.inverseUnscaled(aRe, aIm);
        int best = 0;
        for (int i = 0; i < MOST_LATE; i++) {
            if (aRe[i] > aRe[best]) {
                best = i;
            }
        }
        return best;
    }

    private static double power(double[] samples, int at, int length) {
        double sum = 0;
        for (int i = at; i < Math.min(at + length, samples.length); i++) {
            sum += samples[i] * samples[i];
        }
        return sum / length;
    }

    private static double loudest(double[] samples) {
        double most = 1e-3;
        for (int at = 0; at + FRAME < samples.length; at += FRAME) {
            most = Math.max(most, power(samples, at, FRAME));
        }
        return most;
    }

    private static double[] doubles(short[] samples) {
        double[] out = new double[samples.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = samples[i];
        }
        return out;
    }
}

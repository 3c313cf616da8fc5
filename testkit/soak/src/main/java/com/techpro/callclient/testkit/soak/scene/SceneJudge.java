// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.scene;

import com.techpro.callclient.testkit.soak.signal.Fft;

/** Compares a voice processor's output with what the scene is made of. */
public final class SceneJudge {
    private static final int RATE = Scene.SAMPLE_RATE;
    private static final int FRAME = RATE / 50;
    private static final double BEST = 45;
    private static final int MOST_LATE = RATE / 10;

    private final Scene scene;
    private final double[] out;
    private final double[] mic;
    private final double nearLoud;
    private final double echoLoud;
    private final int latency;

    private SceneJudge(Scene scene, short[] output) {
        this.scene = scene;
        mic = doubles(scene.microphone());
        nearLoud = loudest(scene.near());
        echoLoud = loudest(scene.echo());
        double[] raw = doubles(output);
        latency = latency(raw, scene.near());
        out = new double[mic.length];
        System.arraycopy(raw, latency, out, 0, Math.min(raw.length, out.length) - latency);
    }

    /** Judges an output as long as the microphone's signal. */
    public static SceneFigures judge(Scene scene, short[] output) {
        return new SceneJudge(scene, output).figures();
    }

    private SceneFigures figures() {
        SceneSettings settings = scene.settings();
        double none = Double.NaN;
        boolean echo = settings.echo();
        double begin = echo ? onset() : 0;
        double[] speech = speech();
        return new SceneFigures(
                echo ? erle(begin + 1, begin + 2) : none,
                echo ? erle(begin + 3, begin + 4) : none,
                echo ? erle(9.5, 11) : none,
                echo ? erle(Scene.EVENT + 0.5, Scene.EVENT + 1.5) : none,
                echo ? erle(Scene.NEAR_FROM, Scene.SECONDS - 0.2) : none,
                speech[0],
                speech[1],
                settings.noise() < 100 && !echo ? quieter() : none,
                speech[2],
                latency * 1000.0 / RATE);
    }

    private double onset() {
        double[] echo = scene.echo();
        for (int at = 0; at + FRAME < echo.length; at += FRAME) {
            if (power(echo, at) > echoLoud / 1000) {
                return (double) at / RATE;
            }
        }
        return 0;
    }

    private double erle(double from, double to) {
        double before = 0;
        double after = 0;
        for (int at = (int) (from * RATE); at + FRAME < to * RATE && at + FRAME < out.length; at += FRAME) {
            boolean talk = power(scene.near(), at) > nearLoud / 1e5;
            if (!talk && power(scene.echo(), at) > echoLoud / 1000) {
                before += power(mic, at);
                // What leaves only the room's noise could not be better.
                after += Math.max(power(out, at), power(scene.noise(), at));
            }
        }
        return before == 0 ? Double.NaN : Math.min(BEST, 10 * Math.log10(before / (after + 1e-3)));
    }

    private double quieter() {
        double before = 0;
        double after = 0;
        for (int at = 4 * RATE; at + FRAME < out.length - MOST_LATE; at += FRAME) {
            if (power(scene.near(), at) < nearLoud / 1e6
                    && power(scene.near(), at - FRAME) < nearLoud / 1e6
                    && power(scene.near(), at + FRAME) < nearLoud / 1e6) {
                before += power(mic, at);
                after += power(out, at);
            }
        }
        return 10 * Math.log10(before / (after + 1e-3));
    }

    /** Log-spectral distance, segmental signal-to-noise ratio, attenuation. */
    private double[] speech() {
        double[] near = scene.near();
        int size = 512;
        Fft fft = new Fft(size);
        double distance = 0;
        double segmental = 0;
        int count = 0;
        double said = 0;
        double heard = 0;
        int from = scene.settings().echo() ? Scene.NEAR_FROM * RATE : 4 * RATE;
        for (int at = from; at + size < near.length - MOST_LATE; at += size / 2) {
            double power = 0;
            double error = 0;
            double output = 0;
            for (int i = at; i < at + size; i++) {
                power += near[i] * near[i];
                output += out[i] * out[i];
                error += (out[i] - near[i]) * (out[i] - near[i]);
            }
            if (power / size < nearLoud / 300) {
                continue;
            }
            count++;
            said += power;
            heard += output;
            segmental += Math.max(-10, Math.min(35, 10 * Math.log10(power / (error + 1e-3))));
            distance += distance(fft, near, at);
        }
        return count == 0
                ? new double[] {Double.NaN, Double.NaN, Double.NaN}
                : new double[] {distance / count, segmental / count, 10 * Math.log10(said / (heard + 1e-3))};
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

    private static double power(double[] samples, int at) {
        double sum = 0;
        for (int i = at; i < Math.min(at + FRAME, samples.length); i++) {
            sum += samples[i] * samples[i];
        }
        return sum / FRAME;
    }

    private static double loudest(double[] samples) {
        double most = 1e-3;
        for (int at = 0; at + FRAME < samples.length; at += FRAME) {
            most = Math.max(most, power(samples, at));
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

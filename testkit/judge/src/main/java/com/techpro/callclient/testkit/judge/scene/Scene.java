// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.scene;

import java.util.Arrays;
import java.util.Random;

/**
 * A recorded scene: what the loudspeaker was given, what the microphone heard, and of what that is made. The same
 * settings and voices make the same scene.
 */
public final class Scene {
    /** Of what a scene is made of and judged at, whatever the devices' rate. */
    public static final int SAMPLE_RATE = Sounds.RATE;

    public static final int SECONDS = 20;
    private static final int LENGTH = SAMPLE_RATE * SECONDS;
    private static final double SPEECH_RMS = 2200;
    private static final double FAR_RMS = SPEECH_RMS * 1.3;

    private final SceneSettings settings;
    private final double[] far;
    private final double[] echo;
    private final double[] near;
    private final double[] noise;

    private Scene(SceneSettings settings, double[] far, double[] echo, double[] near, double[] noise) {
        this.settings = settings;
        this.far = far;
        this.echo = echo;
        this.near = near;
        this.noise = noise;
    }

    /** Makes a scene with two of these voices. */
    public static Scene of(SceneSettings settings, Voices voices) {
        Random random = new Random(settings.seed);
        int voice = random.nextInt(voices.count());
        double[] far = far(settings, voices, voice, random);
        double[] near = voices.speech(voice + 1, random, LENGTH);
        level(near, SPEECH_RMS * settings.nearGain * settings.microphoneGain);
        turns(near, random, settings);
        double[] noise = new double[LENGTH];
        if (settings.noise < 100) {
            noise = Sounds.noise(settings.noiseKind, random, LENGTH);
            level(noise, SPEECH_RMS * Math.pow(10, -settings.noise / 20) * settings.microphoneGain);
        } else {
            // The microphone's own.
            double loud = settings.microphoneGain < 1 ? 0.5 : 2;
            for (int i = 0; i < noise.length; i++) {
                noise[i] = loud * random.nextGaussian();
            }
        }
        double[] echo = new double[LENGTH];
        if (settings.echo) {
            echo = EchoPath.heard(far, settings, random);
            level(echo, FAR_RMS * settings.echoGain * settings.microphoneGain);
        }
        return new Scene(settings, far, echo, near, noise);
    }

    private static double[] far(SceneSettings settings, Voices voices, int voice, Random random) {
        double[] far;
        switch (settings.farEnd) {
            case TONES:
                far = Sounds.tones(random, LENGTH);
                break;
            case MUSIC:
                far = Sounds.music(random, LENGTH);
                break;
            default:
                far = voices.speech(voice, random, LENGTH);
                break;
        }
        level(far, FAR_RMS);
        int silent = (int) (SAMPLE_RATE * (0.1 + 0.6 * random.nextDouble()));
        Arrays.fill(far, 0, silent, 0);
        for (int i = 0; i < far.length; i++) {
            double begun = Math.max(0, Math.min(1, (i - silent) / 80.0));
            far[i] = Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.rint(begun * far[i])));
        }
        return far;
    }

    private static void level(double[] samples, double rms) {
        double peak = 0;
        for (double sample : samples) {
            peak = Math.max(peak, Math.abs(sample));
        }
        double sum = 0;
        int count = 0;
        for (double sample : samples) {
            if (Math.abs(sample) > peak / 5000) {
                sum += sample * sample;
                count++;
            }
        }
        double scale = rms / Math.sqrt(sum / Math.max(1, count));
        for (int i = 0; i < samples.length; i++) {
            samples[i] *= scale;
        }
    }

    /** Leaves of the user's speech the turns in which the user speaks. */
    private static void turns(double[] near, Random random, SceneSettings settings) {
        double share = settings.doubleTalk;
        int from = (int) (settings.nearFrom * SAMPLE_RATE);
        Arrays.fill(near, 0, from, 0);
        int fade = SAMPLE_RATE / 50;
        int at = from;
        while (at < near.length) {
            int talk = (int) (SAMPLE_RATE * (0.8 + 1.2 * random.nextDouble()));
            int pause = (int) (talk * (1 - share) / share);
            int end = Math.min(near.length, at + talk);
            for (int i = 0; i < fade; i++) {
                if (at + i < end) {
                    near[at + i] *= (double) i / fade;
                }
                if (end - 1 - i > at) {
                    near[end - 1 - i] *= (double) i / fade;
                }
            }
            at = Math.min(near.length, end + pause);
            Arrays.fill(near, end, at, 0);
        }
    }

    public SceneSettings settings() {
        return settings;
    }

    /** Of the devices, in samples a second. */
    public int sampleRate() {
        return settings.sampleRate;
    }

    /** What the loudspeaker was given, at the devices' rate. */
    public short[] far() {
        return rounded(Resampler.resampled(far, SAMPLE_RATE, settings.sampleRate));
    }

    /** What the microphone heard, at the devices' rate. */
    public short[] microphone() {
        return rounded(Resampler.resampled(heard(), SAMPLE_RATE, settings.sampleRate));
    }

    /** The same at {@link #SAMPLE_RATE}. */
    double[] heard() {
        double[] sum = new double[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            sum[i] = Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, echo[i] + near[i] + noise[i]));
        }
        return sum;
    }

    double[] echo() {
        return echo;
    }

    double[] near() {
        return near;
    }

    double[] noise() {
        return noise;
    }

    private static short[] rounded(double[] samples) {
        short[] out = new short[samples.length];
        for (int i = 0; i < out.length; i++) {
            out[i] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.rint(samples[i])));
        }
        return out;
    }
}

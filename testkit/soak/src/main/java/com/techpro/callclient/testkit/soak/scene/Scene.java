// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.scene;

import java.util.Arrays;
import java.util.Random;

/**
 * A recorded scene: what the loudspeaker was given, what the microphone heard, and of what that is made. The same
 * settings make the same scene.
 */
public final class Scene {
    public static final int SAMPLE_RATE = 16000;
    public static final int SECONDS = 20;
    /** When the delay jumps or the room changes, in seconds. */
    public static final int EVENT = 11;
    /** From when on the user speaks in scenes with echo, in seconds. */
    public static final int NEAR_FROM = 14;

    private static final int LENGTH = SAMPLE_RATE * SECONDS;
    private static final double SPEECH_RMS = 2200;

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
        Random random = new Random(settings.seed());
        int voice = random.nextInt(voices.count());
        double[] far = settings.music() ? Sounds.music(random, LENGTH) : voices.speech(voice, random, LENGTH);
        level(far, SPEECH_RMS * 1.3);
        double[] near = voices.speech(voice + 1, random, LENGTH);
        level(near, SPEECH_RMS);
        turns(near, random, settings);
        double[] noise = new double[LENGTH];
        if (settings.noise() < 100) {
            noise = Sounds.noise(settings.noiseKind(), random, LENGTH);
            level(noise, SPEECH_RMS * Math.pow(10, -settings.noise() / 20));
        } else {
            // The microphone's own.
            for (int i = 0; i < noise.length; i++) {
                noise[i] = 2 * random.nextGaussian();
            }
        }
        double[] echo = settings.echo() ? EchoPath.of(settings, random).heard(far) : new double[LENGTH];
        return new Scene(settings, far, echo, near, noise);
    }

    private static void level(double[] samples, double rms) {
        double sum = 0;
        int count = 0;
        for (double sample : samples) {
            if (Math.abs(sample) > 1) {
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
        double share = settings.doubleTalk();
        boolean alone = !settings.echo();
        int from = alone ? SAMPLE_RATE : NEAR_FROM * SAMPLE_RATE;
        Arrays.fill(near, 0, from, 0);
        int fade = SAMPLE_RATE / 50;
        int at = from;
        while (at < near.length) {
            int talk = (int) (SAMPLE_RATE * (0.8 + 1.2 * random.nextDouble()));
            int pause = share >= 1 ? 0 : (int) (talk * (1 - share) / share);
            int end = Math.min(near.length, at + talk);
            for (int i = 0; i < fade && share < 1; i++) {
                if (at + i < end) {
                    near[at + i] *= (double) i / fade;
                }
                if (end - 1 - i > at) {
                    near[end - 1 - i] *= (double) i / fade;
                }
            }
            int quiet = (int) Math.min(near.length, (long) end + Math.max(0, pause));
            Arrays.fill(near, end, quiet, 0);
            at = Math.max(quiet, end);
        }
    }

    public SceneSettings settings() {
        return settings;
    }

    /** What the loudspeaker was given. */
    public short[] far() {
        return rounded(far);
    }

    /** What the microphone heard. */
    public short[] microphone() {
        double[] sum = new double[LENGTH];
        for (int i = 0; i < LENGTH; i++) {
            sum[i] = echo[i] + near[i] + noise[i];
        }
        return rounded(sum);
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

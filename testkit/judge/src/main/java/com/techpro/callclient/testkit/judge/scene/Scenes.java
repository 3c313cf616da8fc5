// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.scene;

import com.techpro.callclient.testkit.judge.scene.SceneSettings.FarEnd;
import com.techpro.callclient.testkit.judge.scene.SceneSettings.Kind;
import com.techpro.callclient.testkit.judge.scene.SceneSettings.NoiseKind;
import com.techpro.callclient.testkit.judge.scene.SceneSettings.Speaker;
import java.util.Random;

/** The scenes that voice processors are compared with: others for each seed, so that none is tuned on. */
public final class Scenes {
    private static final double[] NOISE_LEVELS = {20, 10, 5, 0};
    private static final NoiseKind[] STEADY = {NoiseKind.WHITE, NoiseKind.FAN, NoiseKind.STREET};

    private Scenes() {}

    /**
     * Returns a scene.
     *
     * @param seed of the run; the same makes the same scenes
     * @param number each is another scene
     */
    public static SceneSettings of(Kind kind, long seed, int number) {
        Random random = new Random((seed * 31 + kind.name().hashCode()) * 31 + number);
        SceneSettings scene = new SceneSettings(kind, random.nextLong());
        scene.decay = 0.06 * Math.pow(0.8 / 0.06, random.nextDouble());
        scene.echoGain = gain(between(random, -16, -2));
        scene.delay = between(random, 0.01, 0.25);
        scene.noiseKind = any(random, STEADY);
        switch (kind) {
            case ROOM:
                break;
            case LOUDSPEAKER_WITH_MEMORY:
                scene.speaker = Speaker.MEMORY;
                scene.drive = between(random, 0.3, 1);
                break;
            case CLIPPING_LOUDSPEAKER:
                scene.speaker = random.nextBoolean() ? Speaker.LIMITER : Speaker.CLIPPING;
                scene.drive = between(random, 0.3, 1);
                break;
            case TONES:
                scene.farEnd = FarEnd.TONES;
                break;
            case MUSIC:
                scene.farEnd = FarEnd.MUSIC;
                break;
            case WEAK_AND_LATE:
                scene.echoGain = gain(-22);
                scene.delay = 0.3;
                break;
            case DRIFT:
                scene.drift = between(random, 300, 500) * (random.nextBoolean() ? 1 : -1);
                break;
            case DELAY_JUMP:
                scene.jump = between(random, 0.02, 0.2);
                if (random.nextBoolean()) {
                    scene.delay += scene.jump;
                    scene.jump = -scene.jump;
                }
                break;
            case SKIPS:
                scene.skip = random.nextBoolean() ? 1 : -1;
                scene.delay = scene.skip > 0 ? between(random, 0.03, 0.12) : between(random, 0.22, 0.3);
                scene.nearFrom = between(random, 11, 13);
                break;
            case MOVING:
                scene.speed = 0.3;
                scene.decay = between(random, 0.08, 0.3);
                break;
            case CLIPPED_MICROPHONE:
                scene.microphoneGain = gain(between(random, 12, 18));
                break;
            case QUIET_MICROPHONE:
                scene.microphoneGain = gain(-40);
                break;
            case RATE_44100:
                scene.sampleRate = 44100;
                break;
            case RATE_48000:
                scene.sampleRate = 48000;
                break;
            case DOUBLE_TALK:
                scene.nearFrom = between(random, 3, 6);
                scene.doubleTalk = between(random, 0.3, 0.8);
                break;
            case LOUD_DOUBLE_TALK:
                scene.nearFrom = between(random, 3, 6);
                scene.doubleTalk = between(random, 0.3, 0.8);
                scene.echoGain = gain(between(random, 0, 5));
                scene.nearGain = gain(-4);
                scene.speaker = any(random, Speaker.values());
                scene.drive = between(random, 0.3, 1);
                break;
            case NOISY_ECHO:
                scene.noise = NOISE_LEVELS[random.nextInt(NOISE_LEVELS.length)];
                break;
            case NOISE:
                scene.echo = false;
                scene.noise = NOISE_LEVELS[random.nextInt(NOISE_LEVELS.length)];
                scene.nearFrom = 1;
                scene.doubleTalk = 0.6;
                break;
            case TYPING:
                scene.echo = false;
                scene.noiseKind = NoiseKind.KEYS;
                scene.noise = between(random, 0, 20);
                scene.nearFrom = 1;
                break;
            case HEADSET:
                scene.echo = false;
                scene.farEnd = number % 3 == 2 ? FarEnd.MUSIC : FarEnd.SPEECH;
                scene.nearFrom = between(random, 0.5, 2);
                scene.doubleTalk = 0.7;
                break;
        }
        return scene;
    }

    private static double between(Random random, double least, double most) {
        return least + (most - least) * random.nextDouble();
    }

    private static <T> T any(Random random, T[] values) {
        return values[random.nextInt(values.length)];
    }

    private static double gain(double decibels) {
        return Math.pow(10, decibels / 20);
    }
}

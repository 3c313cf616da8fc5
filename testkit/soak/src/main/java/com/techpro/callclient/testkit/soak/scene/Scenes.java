// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.scene;

import com.techpro.callclient.testkit.soak.scene.SceneSettings.Kind;
import com.techpro.callclient.testkit.soak.scene.SceneSettings.NoiseKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The scenes that voice processors are compared with. */
public final class Scenes {
    private static final int EACH = 21;

    private Scenes() {}

    /** Returns the settings of 210 scenes, of each kind as many; always the same. */
    public static List<SceneSettings> all() {
        List<SceneSettings> scenes = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            for (int i = 0; i < EACH; i++) {
                scenes.add(of(kind, i));
            }
        }
        return Collections.unmodifiableList(scenes);
    }

    /** Returns a scene of a kind; each number is another. */
    public static SceneSettings of(Kind kind, int number) {
        long seed = (1000L * Arrays.asList(Kind.values()).indexOf(kind) + number) * 0x9E3779B97F4A7C15L;
        Random random = new Random(seed + 77);
        double decay = 0.05 * Math.pow(12, random.nextDouble());
        double reverberation = 0.2 + 0.6 * random.nextDouble();
        double gain = Math.pow(10, -(2 + 16 * random.nextDouble()) / 20);
        double delay = 0.01 + 0.44 * random.nextDouble() * random.nextDouble();
        SceneSettings scene = SceneSettings.plain(kind, seed)
                .withRoom(decay, reverberation, gain, delay)
                .withSound(Double.POSITIVE_INFINITY, NoiseKind.FAN, 0.4, false);
        NoiseKind noise = Arrays.asList(NoiseKind.values()).get(number % 3);
        double[] levels = {20, 10, 5, 0};
        switch (kind) {
            case DISTORTION:
                return scene.withPath(0.2 + 0.8 * random.nextDouble(), 0, false);
            case MOVING:
                return scene.withPath(0, number % 2 == 0 ? 0.8 : 0.05 + 0.1 * random.nextDouble(), number % 2 != 0);
            case DELAY_JUMP:
                double jump = 0.02 + 0.18 * random.nextDouble();
                boolean back = number % 2 == 0 && delay > jump + 0.005;
                return scene.withClock(back ? -jump : jump, 0);
            case DRIFT:
                return scene.withClock(0, (number % 2 == 0 || delay < 0.02 ? 1 : -1) * 300 * random.nextDouble());
            case DOUBLE_TALK:
                return scene.withSound(Double.POSITIVE_INFINITY, noise, 0.1 + 0.8 * number / (EACH - 1), false);
            case NOISY_ECHO:
                return scene.withSound(levels[number % 4], noise, 0.4, false);
            case MUSIC:
                return scene.withSound(Double.POSITIVE_INFINITY, noise, 0.4, true);
            case NOISE:
                return scene.withoutEcho().withSound(levels[number % 4], noise, 0.6, false);
            case HEADSET:
                return scene.withoutEcho().withSound(Double.POSITIVE_INFINITY, noise, 0.7, number % 5 == 4);
            default:
                return scene;
        }
    }
}

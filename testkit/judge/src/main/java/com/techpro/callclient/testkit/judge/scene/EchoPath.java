// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.scene;

import java.util.Random;

/** From the far end's sound to the microphone: a device that is late, its loudspeaker, and a room. */
final class EchoPath {
    private static final int RATE = Sounds.RATE;
    /** When the delay jumps, in seconds. */
    static final int EVENT = 8;

    /** How often a moving microphone's room is computed anew. */
    private static final int STEP = RATE / 20;

    private static final double SKIP_EVERY = 2;
    private static final double SKIPPED = 0.02;
    /** How far a moving microphone goes to and fro, in metres. */
    private static final double WAY = 0.8;

    private final SceneSettings settings;
    private final Random random;
    private final double[] size = new double[3];
    private final double[] from = new double[3];
    private final double[] to = new double[3];

    private EchoPath(SceneSettings settings, Random random) {
        this.settings = settings;
        this.random = random;
        // What reverberates longer is larger.
        double larger = 4 * settings.decay;
        size[0] = 2.6 + random.nextDouble() * (1 + larger);
        size[1] = 2.4 + random.nextDouble() * (1 + larger);
        size[2] = 2.3 + random.nextDouble() * 0.9;
        double apart = 0.12 + random.nextDouble() * random.nextDouble();
        double direction = 2 * Math.PI * random.nextDouble();
        to[0] = size[0] / 2 + 0.4 * (random.nextDouble() - 0.5);
        to[1] = size[1] / 2 + 0.4 * (random.nextDouble() - 0.5);
        to[2] = 0.8 + 0.4 * random.nextDouble();
        from[0] = inside(to[0] + apart * Math.cos(direction), size[0]);
        from[1] = inside(to[1] + apart * Math.sin(direction), size[1]);
        from[2] = to[2] + (random.nextDouble() - 0.5) * 0.1;
    }

    /** Returns what the microphone hears, of this sound's own level. */
    static double[] heard(double[] far, SceneSettings settings, Random random) {
        EchoPath path = new EchoPath(settings, random);
        double[] played = Loudspeaker.of(settings, random).played(path.late(far));
        return settings.speed == 0 ? path.still(played) : path.moving(played);
    }

    private static double inside(double place, double size) {
        return Math.max(0.2, Math.min(size - 0.2, place));
    }

    private double[] still(double[] played) {
        return new Room(size, from, to, settings.decay).heard(played);
    }

    private double[] moving(double[] played) {
        double[] out = new double[played.length];
        double start = to[0] - WAY / 2;
        for (int at = 0; at < played.length + STEP; at += STEP) {
            double gone = settings.speed * at / RATE % (2 * WAY);
            to[0] = start + (gone < WAY ? gone : 2 * WAY - gone);
            int first = Math.max(0, at - STEP);
            int end = Math.min(played.length, at + STEP);
            double[] heard = new Room(size, from, to, settings.decay).heard(played, first, end);
            for (int i = first; i < end; i++) {
                out[i] += heard[i - first] * (1 - Math.abs((double) (i - at) / STEP));
            }
        }
        return out;
    }

    /** What the device plays, and when. */
    private double[] late(double[] far) {
        double[] out = new double[far.length];
        double firstSkip = SKIP_EVERY * (0.5 + 0.5 * random.nextDouble());
        for (int i = 0; i < out.length; i++) {
            double time = (double) i / RATE;
            double delay = settings.delay + time * settings.drift * 1e-6;
            if (time >= EVENT) {
                delay += settings.jump;
            }
            double since = time - firstSkip;
            if (settings.skip != 0 && since >= 0) {
                delay += settings.skip * SKIPPED * (Math.floor(since / SKIP_EVERY) + 1);
                if (settings.skip > 0 && since % SKIP_EVERY < SKIPPED) {
                    continue;
                }
            }
            out[i] = Resampler.WHOLE_BAND.at(far, i - delay * RATE);
        }
        return out;
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.scene;

import java.util.Random;

/** A loudspeaker, a room that may change, and devices whose delay may change, by a jump or steadily. */
final class EchoPath {
    private static final int RATE = Scene.SAMPLE_RATE;
    private static final int REACH = 16;

    private final SceneSettings settings;
    private final Room[] rooms;

    private EchoPath(SceneSettings settings, Room[] rooms) {
        this.settings = settings;
        this.rooms = rooms;
    }

    static EchoPath of(SceneSettings settings, Random random) {
        Room first = Room.of(random, settings.decay(), settings.reverberation(), settings.echoGain());
        int count = settings.movement() == 0 ? 1 : settings.steady() ? Scene.SECONDS + 1 : 2;
        Room[] rooms = new Room[count];
        rooms[0] = first;
        for (int i = 1; i < count; i++) {
            rooms[i] = rooms[i - 1].moved(random, settings.movement());
        }
        return new EchoPath(settings, rooms);
    }

    double[] heard(double[] far) {
        double[] played = new double[far.length];
        for (int i = 0; i < far.length; i++) {
            played[i] = distorted(Math.max(-32768, Math.min(32767, Math.rint(far[i]))));
        }
        double[] sound = rooms[0].heard(played);
        if (rooms.length > 1) {
            double[][] all = new double[rooms.length][];
            all[0] = sound;
            for (int i = 1; i < rooms.length; i++) {
                all[i] = rooms[i].heard(played);
            }
            sound = mixed(all);
        }
        return delayed(sound);
    }

    private double distorted(double sample) {
        if (settings.distortion() == 0) {
            return sample;
        }
        // A cone that moves less far outwards than inwards, and a limit.
        double limit = 14000 / (0.3 + settings.distortion());
        double x = sample / limit;
        double bent = x + 0.12 * settings.distortion() * x * x;
        return limit * Math.tanh(bent);
    }

    private double[] mixed(double[][] all) {
        double[] out = new double[all[0].length];
        for (int i = 0; i < out.length; i++) {
            if (settings.steady()) {
                double at = (double) i / RATE;
                int room = Math.min((int) at, all.length - 2);
                double share = at - room;
                out[i] = (1 - share) * all[room][i] + share * all[room + 1][i];
            } else {
                out[i] = i < Scene.EVENT * RATE ? all[0][i] : all[1][i];
            }
        }
        return out;
    }

    private double[] delayed(double[] sound) {
        double[] out = new double[sound.length];
        for (int i = 0; i < out.length; i++) {
            double delay = settings.delay() * RATE + i * settings.drift() * 1e-6;
            if (i >= Scene.EVENT * RATE) {
                delay += settings.jump() * RATE;
            }
            out[i] = at(sound, i - delay);
        }
        return out;
    }

    private static double at(double[] sound, double position) {
        int whole = (int) Math.floor(position);
        double fraction = position - whole;
        if (fraction < 1e-9) {
            return whole >= 0 && whole < sound.length ? sound[whole] : 0;
        }
        double sum = 0;
        for (int i = Math.max(0, whole - REACH + 1); i <= Math.min(sound.length - 1, whole + REACH); i++) {
            double x = position - i;
            double window = 0.5 + 0.5 * Math.cos(Math.PI * x / (REACH + 1));
            sum += sound[i] * Math.sin(Math.PI * x) / (Math.PI * x) * window;
        }
        return sum;
    }
}

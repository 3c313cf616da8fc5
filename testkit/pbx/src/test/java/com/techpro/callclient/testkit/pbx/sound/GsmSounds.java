// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.sound;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Sounds that take an encoder of GSM through all it knows, the same on every machine: whole numbers alone make them. */
public final class GsmSounds {
    private GsmSounds() {}

    /** Five seconds: silence, a whisper, voices of several pitches and loudness, noise, and what is too loud for any telephone. */
    static short[] all() {
        List<short[]> parts = new ArrayList<>();
        parts.add(new short[1_600]);
        parts.add(voice(4_000, 61, 90));
        parts.add(voice(8_000, 57, 2_500));
        parts.add(voice(6_000, 101, 12_000));
        parts.add(voice(4_000, 37, 30_000));
        parts.add(noise(3_200, 15));
        parts.add(noise(3_200, 32_767));
        parts.add(square(4_800, 70));
        parts.add(square(1_200, 8));
        parts.add(new short[960]);
        parts.add(voice(3_040, 119, 6_000));
        return Prompts.join(parts.toArray(short[][]::new));
    }

    /** A second and a half of voices that glide, unlike themselves at any other place. */
    public static short[] speech() {
        return Prompts.join(voice(4_000, 61, 3_500), voice(4_000, 97, 5_000), voice(4_000, 45, 4_000));
    }

    /** Pulses in a throat of two resonances, their period gliding. */
    private static short[] voice(int length, int period, int loudness) {
        short[] samples = new short[length];
        long[] low = new long[2];
        long[] high = new long[2];
        int next = 0;
        for (int i = 0; i < length; i++) {
            long pulse = 0;
            if (i == next) {
                pulse = loudness;
                next += period + (i / 800) % 7 - 3;
            }
            pulse += resonance(low, pulse, 58_000, -30_500);
            pulse += resonance(high, pulse / 2, 12_000, -29_000);
            samples[i] = clipped(pulse);
        }
        return samples;
    }

    private static long resonance(long[] memory, long in, long first, long second) {
        long out = in + ((memory[0] * first + memory[1] * second) >> 15);
        memory[1] = memory[0];
        memory[0] = Math.max(-60_000, Math.min(60_000, out));
        return memory[0];
    }

    private static short[] noise(int length, int loudness) {
        short[] samples = new short[length];
        int state = 20_061;
        for (int i = 0; i < length; i++) {
            state = state * 1_103_515_245 + 12_345;
            samples[i] = clipped(((long) (state >> 16) * loudness) >> 15);
        }
        return samples;
    }

    private static short[] square(int length, int half) {
        short[] samples = new short[length];
        Arrays.setAll(new int[length], i -> samples[i] = i / half % 2 == 0 ? Short.MAX_VALUE : Short.MIN_VALUE);
        return samples;
    }

    private static short clipped(long value) {
        return (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, value));
    }
}

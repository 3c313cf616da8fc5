// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.scene;

import com.techpro.callclient.testkit.soak.curves.TestVoice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The speakers of scenes: the testkit's own voice, and those of {@code espeak-ng} if it is installed. Immutable. */
public final class Voices {
    private static final double SLOWER = 0.84;

    private final List<short[]> voices;

    private Voices(List<short[]> voices) {
        this.voices = Collections.unmodifiableList(voices);
    }

    /** All that this machine has. */
    public static Voices all() {
        List<short[]> found = new ArrayList<>();
        found.add(TestVoice.packaged().samples());
        for (TestVoice voice : TestVoice.synthesised()) {
            if (!voice.name().contains("whisper")) {
                found.add(voice.samples());
            }
        }
        return new Voices(found);
    }

    /** The testkit's own only, which every machine has. */
    public static Voices packaged() {
        return new Voices(List.of(TestVoice.packaged().samples()));
    }

    int count() {
        return voices.size();
    }

    /**
     * This voice speaks all the time, from anywhere in its text. If there is only one, it speaks the odd numbers' part
     * more slowly, and so lower.
     */
    double[] speech(int voice, Random random, int length) {
        short[] samples = voices.get(voice % voices.size());
        int from = random.nextInt(samples.length);
        double[] out = new double[length];
        for (int i = 0; i < length; i++) {
            double at = voices.size() == 1 && voice % 2 == 1 ? SLOWER * i : i;
            out[i] = samples[(from + (int) at) % samples.length];
        }
        return out;
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.scene;

import com.techpro.callclient.testkit.soak.curves.TestVoice;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/** The speakers of scenes: the testkit's own voice, and those of {@code espeak-ng} if it is installed. Immutable. */
public final class Voices {
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

    /** This voice speaks all the time, from anywhere in its text. */
    double[] speech(int voice, Random random, int length) {
        short[] samples = voices.get(voice % voices.size());
        int from = random.nextInt(samples.length);
        double[] out = new double[length];
        for (int i = 0; i < length; i++) {
            out[i] = samples[(from + i) % samples.length];
        }
        return out;
    }
}

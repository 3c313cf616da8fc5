// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.scene;

import com.techpro.callclient.testkit.judge.curves.TestVoice;
import com.techpro.callclient.testkit.judge.speech.WavReader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * The speakers of scenes: the testkit's own voice, and voices of {@code espeak-ng} that the seed chooses, if it is
 * installed. Immutable.
 */
public final class Voices {
    private static final int SPOKEN = 10;
    private static final int CLIPS = 3;
    private static final List<String> ACCENTS = List.of(
            "en-gb",
            "en-us",
            "en-gb-scotland",
            "en-gb-x-rp",
            "de",
            "fr-fr",
            "it",
            "es",
            "pl",
            "nl",
            "pt-br",
            "sv",
            "hi");
    private static final List<String> SPEAKERS = List.of(
            "m1", "m2", "m3", "m4", "m5", "m7", "m8", "f1", "f2", "f3", "f4", "f5", "klatt3", "steph", "linda", "adam");
    private static final List<String> SENTENCES = List.of(
            "Good morning, this is the front desk; how may I help you today?",
            "The parcel left Hamburg on Tuesday, and it should be with you by noon.",
            "Would you mind repeating that? The line was a little noisy just now.",
            "Our quarterly figures were better than expected, although costs rose again.",
            "She sells old books, maps, and pictures in a small shop beside the station.",
            "Turn left after the bridge, then take the third road on your right.",
            "I will put you through to my colleague, please stay on the line.",
            "Twelve, fifteen, ninety-nine, and four hundred and seven: is that correct?",
            "We moved the meeting to Friday, because nobody could come on Wednesday.",
            "It has been raining since five o'clock, so bring a coat and good shoes.",
            "Thank you for waiting; your table for six people is ready now.",
            "The doctor can see you either this afternoon, or early next week.");

    private final List<short[]> voices;

    private Voices(List<short[]> voices) {
        this.voices = Collections.unmodifiableList(voices);
    }

    /** The same seed chooses the same. */
    public static Voices of(long seed, WavReader reader) {
        Random random = new Random(seed);
        List<short[]> found = new ArrayList<>();
        found.add(TestVoice.packaged().samples());
        for (int i = 0; i < SPOKEN; i++) {
            String name =
                    ACCENTS.get(random.nextInt(ACCENTS.size())) + "+" + SPEAKERS.get(random.nextInt(SPEAKERS.size()));
            int speed = 120 + random.nextInt(80);
            int pitch = 25 + random.nextInt(50);
            short[] all = new short[0];
            for (int clip = 0; clip < CLIPS; clip++) {
                String text = SENTENCES.get(random.nextInt(SENTENCES.size())) + " "
                        + SENTENCES.get(random.nextInt(SENTENCES.size()));
                TestVoice voice = TestVoice.spoken(name, speed, pitch, text, reader);
                if (voice == null) {
                    return new Voices(found);
                }
                short[] more = voice.samples();
                all = Arrays.copyOf(all, all.length + more.length);
                System.arraycopy(more, 0, all, all.length - more.length, more.length);
            }
            found.add(all);
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
     * This voice speaks all the time, from anywhere in its text. If there is only one, it speaks faster or more slowly
     * by chance, and so higher or lower.
     */
    double[] speech(int voice, Random random, int length) {
        short[] samples = voices.get(voice % voices.size());
        int from = random.nextInt(samples.length);
        double pace = voices.size() == 1 ? 0.8 + 0.4 * random.nextDouble() : 1;
        double[] out = new double[length];
        for (int i = 0; i < length; i++) {
            double at = from + i * pace;
            int whole = (int) at;
            double next = samples[(whole + 1) % samples.length];
            out[i] = samples[whole % samples.length] * (1 - at + whole) + next * (at - whole);
        }
        return out;
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.degrade;

import java.time.Duration;

/** Missing or replaced stretches of speech. */
public final class Interruption {
    private static final int HOLES_A_SECOND = 20;

    private Interruption() {}

    /** Silences a stretch. */
    public static Degradation silence(Duration from, Duration length) {
        return (speech, sampleRate) ->
                Samples.silent(speech, Samples.count(from, sampleRate), Samples.count(from.plus(length), sampleRate));
    }

    /**
     * Silences twenty stretches per second.
     *
     * @param length of each
     * @param offset where the first begins, in samples
     */
    public static Degradation holes(Duration length, int offset) {
        return (speech, sampleRate) -> {
            int count = Samples.count(length, sampleRate);
            return Samples.each(
                    speech,
                    (at, sample) -> at >= offset && (at - offset) % (sampleRate / HOLES_A_SECOND) < count ? 0 : sample);
        };
    }

    /**
     * Replaces a stretch by another recording, as crossed lines do.
     *
     * @param other at the speech's rate; the part at the same time is heard
     */
    public static Degradation anotherSound(short[] other, Duration from, Duration length) {
        short[] instead = other.clone();
        return (speech, sampleRate) -> {
            int begin = Samples.count(from, sampleRate);
            int end = Samples.count(from.plus(length), sampleRate);
            return Samples.each(
                    speech, (at, sample) -> at < begin || at >= end ? sample : at < instead.length ? instead[at] : 0);
        };
    }

    /**
     * Cuts the beginning of the first word, as a path that opens late does. The word begins with
     * the first loud 5 ms.
     */
    public static Degradation beginningCut(Duration length) {
        return (speech, sampleRate) -> {
            int begin = Samples.firstSpeech(speech, sampleRate);
            return Samples.silent(speech, 0, begin + Samples.count(length, sampleRate));
        };
    }

    /**
     * Cuts the end of the last word, as a path that closes early does. The word ends with the last
     * loud 5 ms.
     */
    public static Degradation endCut(Duration length) {
        return (speech, sampleRate) -> {
            int end = Samples.lastSpeech(speech, sampleRate);
            return Samples.silent(speech, end - Samples.count(length, sampleRate), speech.length);
        };
    }
}

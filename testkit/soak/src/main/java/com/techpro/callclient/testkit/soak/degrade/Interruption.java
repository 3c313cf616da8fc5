// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.degrade;

import java.time.Duration;

/** Speech that is not there for a while, or something else in its place. */
public final class Interruption {
    private static final int HOLES_A_SECOND = 20;

    private Interruption() {}

    /** Nothing, from a moment on. */
    public static Degradation silence(Duration from, Duration length) {
        return (speech, sampleRate) ->
                Samples.silent(speech, Samples.count(from, sampleRate), Samples.count(from.plus(length), sampleRate));
    }

    /**
     * Nothing, twenty times a second.
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
     * Another recording in the place of the speech, as of lines that are crossed.
     *
     * @param other of the same rate as the speech; what is heard is the part of it at the same time
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

    /** The beginning of the first word is not there, as of a path that opens late. The word begins with the first 5 ms that are loud. */
    public static Degradation beginningCut(Duration length) {
        return (speech, sampleRate) -> {
            int begin = Samples.firstSpeech(speech, sampleRate);
            return Samples.silent(speech, 0, begin + Samples.count(length, sampleRate));
        };
    }

    /** The end of the last word is not there, as of a path that closes early. The word ends with the last 5 ms that are loud. */
    public static Degradation endCut(Duration length) {
        return (speech, sampleRate) -> {
            int end = Samples.lastSpeech(speech, sampleRate);
            return Samples.silent(speech, end - Samples.count(length, sampleRate), speech.length);
        };
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.interop;

/**
 * How much of what somebody said is heard as it was spoken: 50 ms that resemble nothing near where they should be are
 * missing, whatever is there instead. The delay is found by the first words, and followed.
 */
final class WordsHeard {
    private static final int RATE = EchoRoom.RATE;
    private static final int WINDOW = RATE / 20;
    private static final int FIRST_WORDS = RATE / 2;
    private static final int LONGEST_DELAY = 2 * RATE;
    /** By how much a jitter buffer or a busy machine moves the sound at once. */
    private static final int NEAR = RATE / 50;

    /** As long a piece of speech resembles nothing else. */
    private static final int SURE = RATE / 5;

    private static final int MOST_MOVED = RATE / 4;
    private static final double ALIKE = 0.7;
    /** Mean square of what counts as a word. */
    private static final double LOUD = 1000 * 1000;

    private final short[] words;
    private final short[] heard;
    private int delay;
    private int alike;
    private int all;
    private int end;

    /** @param from where the words began to be spoken, in what is heard */
    WordsHeard(short[] words, short[] heard, int from) {
        this.words = words;
        this.heard = heard;
        int begin = 0;
        while (power(words, begin) < LOUD) {
            begin += WINDOW;
        }
        delay = best(begin, FIRST_WORDS, from, from + LONGEST_DELAY);
        for (int at = begin; at + WINDOW <= words.length; at += WINDOW) {
            if (power(words, at) < LOUD) {
                continue;
            }
            all++;
            int found = best(at, WINDOW, delay - NEAR, delay + NEAR);
            if (likeness(at, WINDOW, found) < ALIKE && at + SURE <= words.length) {
                // It may have moved by more.
                int moved = best(at, SURE, delay - MOST_MOVED, delay + MOST_MOVED);
                found = likeness(at, SURE, moved) >= ALIKE ? moved : found;
            }
            if (likeness(at, WINDOW, found) >= ALIKE) {
                alike++;
                delay = found;
            }
            end = at + WINDOW + delay;
        }
    }

    /** Of the words, in percent. */
    double percent() {
        return 100.0 * alike / all;
    }

    /** Where the last word ends, in what is heard. */
    int end() {
        return end;
    }

    private double power(short[] sound, int at) {
        double sum = 0;
        for (int i = at; i < at + WINDOW; i++) {
            sum += (double) sound[i] * sound[i];
        }
        return sum / WINDOW;
    }

    private int best(int at, int length, int least, int most) {
        int best = least;
        double highest = -1;
        for (int candidate = least; candidate <= most; candidate++) {
            double likeness = likeness(at, length, candidate);
            if (likeness > highest) {
                highest = likeness;
                best = candidate;
            }
        }
        return best;
    }

    private double likeness(int at, int length, int later) {
        if (at + later < 0 || at + later + length > heard.length) {
            return 0;
        }
        double product = 0;
        double one = 0;
        double other = 0;
        for (int i = at; i < at + length; i++) {
            product += (double) words[i] * heard[i + later];
            one += (double) words[i] * words[i];
            other += (double) heard[i + later] * heard[i + later];
        }
        return one == 0 || other == 0 ? 0 : product / Math.sqrt(one * other);
    }
}

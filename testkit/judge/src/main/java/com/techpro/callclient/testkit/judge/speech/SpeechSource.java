// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.speech;

/**
 * The speech of one end of a call: the clip, looped, from its own starting point. Two ends of a
 * call, and two calls, do not say the same at the same time, so crossed lines are noticed.
 *
 * @param start where in the clip sample 0 is
 */
public record SpeechSource(SpeechClip clip, int start) {
    public SpeechSource {
        if (start < 0 || start >= clip.length()) {
            throw new IllegalArgumentException("a place within the clip, not " + start);
        }
    }

    /**
     * Returns the sample number {@code index}, which may be negative: the loop has no beginning.
     */
    public short at(long index) {
        return clip.at((int) Math.floorMod(start + index, (long) clip.length()));
    }

    /**
     * Returns the sample number {@code index} at another rate; sample 0 is the same moment at all
     * rates.
     */
    public short at(SpeechClip.Rate rate, long index) {
        short[] samples = clip.at(rate);
        return samples[(int) Math.floorMod((long) start * rate.factor() + index, (long) samples.length)];
    }

    /** Returns how many of so many samples from {@code index} on are no pause, in whole frames. */
    public int speech(long index, int count) {
        int speech = 0;
        for (int at = 0; at + SpeechClip.FRAME <= count; at += SpeechClip.FRAME) {
            speech +=
                    clip.isPause((int) Math.floorMod(start + index + at, (long) clip.length())) ? 0 : SpeechClip.FRAME;
        }
        return speech;
    }

    /** Fills an array from the sample number {@code index} of a rate on. */
    public void copy(SpeechClip.Rate rate, long index, short[] to) {
        short[] samples = clip.at(rate);
        int at = (int) Math.floorMod((long) start * rate.factor() + index, (long) samples.length);
        for (int done = 0; done < to.length; at = 0) {
            int length = Math.min(to.length - done, samples.length - at);
            System.arraycopy(samples, at, to, done, length);
            done += length;
        }
    }
}

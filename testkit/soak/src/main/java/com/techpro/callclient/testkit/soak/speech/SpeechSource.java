// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.soak.speech;

/**
 * What one side of one call says for as long as it lasts: the clip, looped, from a place of its own. So two sides of a call, and
 * two calls, do not say the same at the same time, and crossed lines are noticed.
 *
 * @param start where in the clip sample 0 is
 */
public record SpeechSource(SpeechClip clip, int start) {
    public SpeechSource {
        if (start < 0 || start >= clip.length()) {
            throw new IllegalArgumentException("a place within the clip, not " + start);
        }
    }

    /** The sample number {@code index} of the talk, which may be negative: the loop has no beginning. */
    public short at(long index) {
        return clip.at((int) Math.floorMod(start + index, (long) clip.length()));
    }

    /** The sample number {@code index} of the talk at another rate; sample 0 is the same moment at all of them. */
    public short at(SpeechClip.Rate rate, long index) {
        short[] samples = clip.at(rate);
        return samples[(int) Math.floorMod((long) start * rate.factor() + index, (long) samples.length)];
    }

    /** Fills an array with the talk from the sample number {@code index} of a rate on. */
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

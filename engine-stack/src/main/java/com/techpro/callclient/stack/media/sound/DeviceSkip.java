// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.sound;

import java.util.Arrays;

/**
 * By how much a device has skipped or repeated samples: where the microphone's last samples resemble the echo that the
 * model expected, earlier or later. The model itself is still right then. For one thread at a time; no allocation after
 * construction.
 */
final class DeviceSkip {
    /** The longest that is recognised, in seconds. */
    private static final double LONGEST = 0.045;
    /** What is compared, in seconds. */
    private static final double COMPARED = 0.04;
    /** The least normalised correlation. The pitch of a voice gives up to 0.8 elsewhere. */
    private static final float ALIKE = 0.75f;
    /** What is as much like it elsewhere is less than this part: else the sound repeats itself. */
    private static final float DISTINCT = 0.97f;
    /** Below this mean square of the expected echo nothing is compared. */
    private static final float QUIET = 400f;

    /** The model has failed if it leaves more than this part of the power... */
    private static final float BAD = 0.9f;
    /** ...at most so many blocks after it was good. */
    private static final int RECENT = 40;

    private final int compared;
    private final int longest;
    private final float[] mic;
    private final float[] echo;
    private final RealFft fft;
    private final float[] time;
    private final float[] aRe;
    private final float[] aIm;
    private final float[] bRe;
    private final float[] bIm;
    /** By skip, from the longest forward to the longest backward. */
    private final float[] alike;

    private final int apart;
    private int sinceGood = RECENT;
    private int before;
    private boolean turn;

    DeviceSkip(int coreRate) {
        compared = (int) (COMPARED * coreRate);
        longest = (int) (LONGEST * coreRate);
        int size = Integer.highestOneBit(compared + longest - 1) * 2;
        mic = new float[compared + longest];
        echo = new float[compared + longest];
        fft = new RealFft(size);
        time = new float[size];
        aRe = new float[fft.bins()];
        aIm = new float[fft.bins()];
        bRe = new float[fft.bins()];
        bIm = new float[fft.bins()];
        alike = new float[2 * longest + 1];
        apart = coreRate / 1000;
    }

    /** Adds a block: the microphone's, and what the model expects in it. */
    void add(float[] microphone, float[] expected) {
        push(mic, microphone);
        push(echo, expected);
    }

    private static void push(float[] to, float[] block) {
        System.arraycopy(to, block.length, to, 0, to.length - block.length);
        System.arraycopy(block, 0, to, to.length - block.length, block.length);
    }

    /**
     * Looks for a skip in a block after which the model suddenly fails.
     *
     * @param sounding whether the loudspeaker is heard
     * @return by how many samples the echo is later than expected, negative if it is earlier; 0 if it is not
     */
    int samples(ModelFit fit, boolean sounding) {
        sinceGood = fit.isGood() ? 0 : sinceGood + 1;
        boolean suspected =
                sounding && fit.misfit() > 0.5f && fit.errorPower() > BAD * fit.micPower() && sinceGood < RECENT;
        turn = !turn;
        if (!suspected || turn) {
            return 0;
        }
        int by = compared();
        boolean again = Math.abs(by - before) <= 1 && Math.abs(by) > apart;
        before = by;
        sinceGood = again ? RECENT : sinceGood;
        return again ? by : 0;
    }

    private int compared() {
        compare(mic, echo, 1);
        compare(echo, mic, -1);
        int best = 0;
        for (int i = 0; i < alike.length; i++) {
            best = alike[i] > alike[best] ? i : best;
        }
        float second = 0;
        for (int i = 0; i < alike.length; i++) {
            second = Math.abs(i - best) > apart ? Math.max(second, alike[i]) : second;
        }
        return alike[best] > ALIKE && second < DISTINCT * alike[best] ? best - longest : 0;
    }

    /** Writes how much the newest part of one is like each part of the other. */
    private void compare(float[] newest, float[] longer, int direction) {
        Arrays.fill(time, 0);
        System.arraycopy(newest, longest, time, 0, compared);
        float ofNewest = energy(newest, longest);
        fft.forward(time, aRe, aIm);
        Arrays.fill(time, 0);
        System.arraycopy(longer, 0, time, 0, longer.length);
        fft.forward(time, bRe, bIm);
        for (int k = 0; k < aRe.length; k++) {
            float re = bRe[k] * aRe[k] + bIm[k] * aIm[k];
            float im = bIm[k] * aRe[k] - bRe[k] * aIm[k];
            aRe[k] = re;
            aIm[k] = im;
        }
        fft.inverse(aRe, aIm, time);
        float energy = energy(longer, 0);
        float least = QUIET * compared;
        for (int at = 0; at <= longest; at++) {
            boolean audible = energy > least && ofNewest > least;
            alike[longest + direction * (longest - at)] = audible ? time[at] / (float) Math.sqrt(energy * ofNewest) : 0;
            if (at < longest) {
                energy += longer[at + compared] * longer[at + compared] - longer[at] * longer[at];
            }
        }
    }

    private float energy(float[] samples, int from) {
        float sum = 0;
        for (int i = from; i < from + compared; i++) {
            sum += samples[i] * samples[i];
        }
        return sum;
    }
}

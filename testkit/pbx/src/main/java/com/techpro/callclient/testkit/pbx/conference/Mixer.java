// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.conference;

import com.techpro.callclient.testkit.pbx.media.FrameClock;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Adds voices, and takes each listener's own out again. What would be louder than 16 bits can hold is turned down, at once, for everybody
 * alike, and comes back within a second or so: nobody hears clipping. Allocates nothing once it has seen the most voices.
 */
final class Mixer {
    /** A little below full scale. */
    static final float LOUDEST = 32_000;

    /** How much of full volume comes back in 20 ms. */
    private static final float RECOVERY = 0.02f;

    private final int[] sum = new int[FrameClock.SAMPLES];
    private short[][] voices = new short[8][];
    private int count;
    private float gain = 1;
    private float gainBefore = 1;

    /** Starts a frame. */
    void begin() {
        Arrays.fill(sum, 0);
        count = 0;
    }

    /** Adds a voice, which must stay as it is until the frame is over. */
    void add(short[] voice) {
        if (count == voices.length) {
            voices = Arrays.copyOf(voices, 2 * count);
        }
        voices[count++] = voice;
        for (int i = 0; i < FrameClock.SAMPLES; i++) {
            sum[i] += voice[i];
        }
    }

    /** All voices are there: finds out how loud this frame may be. */
    void settle() {
        int peak = peak(null);
        for (int i = 0; i < count; i++) {
            peak = Math.max(peak, peak(voices[i]));
        }
        float most = peak > LOUDEST ? LOUDEST / peak : 1;
        if (most < gain) {
            gain = most;
            gainBefore = most;
        } else {
            gainBefore = gain;
            gain = Math.min(most, gain + RECOVERY);
        }
    }

    /** The mix for who says nothing. */
    void everybody(short[] out) {
        write(null, out);
    }

    /** The mix for who said that. */
    void everybodyBut(short[] own, short[] out) {
        write(own, out);
    }

    private int peak(short @Nullable [] own) {
        int peak = 0;
        for (int i = 0; i < FrameClock.SAMPLES; i++) {
            peak = Math.max(peak, Math.abs(own == null ? sum[i] : sum[i] - own[i]));
        }
        return peak;
    }

    private void write(short @Nullable [] own, short[] out) {
        float step = (gain - gainBefore) / FrameClock.SAMPLES;
        for (int i = 0; i < FrameClock.SAMPLES; i++) {
            int mixed = own == null ? sum[i] : sum[i] - own[i];
            out[i] = (short) (mixed * (gainBefore + step * i));
        }
    }
}

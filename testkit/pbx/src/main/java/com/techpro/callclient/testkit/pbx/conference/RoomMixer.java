// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.conference;

import com.techpro.callclient.testkit.pbx.media.FrameClock;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Mixes voices, and removes each listener's own voice. If the sum would exceed 16 bits, it lowers
 * the volume at once for everybody. The volume recovers within about a second, so nobody hears
 * clipping. Allocates nothing once it has seen the largest number of voices.
 */
final class RoomMixer {
    /** A little below full scale. */
    static final float LOUDEST = 32_000;

    /** The share of full volume regained in 20 ms. */
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

    /** Adds a voice, which must not change until the frame ends. */
    void add(short[] voice) {
        if (count == voices.length) {
            voices = Arrays.copyOf(voices, 2 * count);
        }
        voices[count++] = voice;
        for (int i = 0; i < FrameClock.SAMPLES; i++) {
            sum[i] += voice[i];
        }
    }

    /** Computes the frame's volume once all voices are added. */
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

    /** Writes the mix for a silent participant. */
    void everybody(short[] out) {
        write(null, out);
    }

    /** Writes the mix for the participant with this voice. */
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

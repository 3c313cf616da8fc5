// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media.codec;

import java.util.Arrays;

/**
 * Makes up for lost frames of waveform-coded speech by going on with its last pitch periods, in the spirit of ITU-T G.711 appendix I but without its
 * delay: one period at first, two and then three as the loss lasts (else it would buzz), full loudness for 10 ms, then fading to silence at
 * 60 ms. What is made up is cross-faded into the first true frame after it.
 */
public final class LossConcealment {
    private static final int MILLISECOND = Codec.CLOCK_RATE / 1000;
    private static final int HISTORY = 3 * Pitch.LONGEST + Pitch.LONGEST / 4 + 1;
    private static final int CORRELATED = 20 * MILLISECOND;
    private static final int FULL_LOUDNESS = 10 * MILLISECOND;
    private static final int SILENT = 60 * MILLISECOND;
    private static final int LONGER_PERIOD = 10 * MILLISECOND;
    private static final int LONGEST_FADE = 10 * MILLISECOND;

    private final short[] history = new short[HISTORY];
    private final float[] periods = new float[3 * Pitch.LONGEST];
    /** Samples made up since the last true one; 0 outside a loss. */
    private int lost;

    private int lag;
    private int repeated;
    private int position;
    /** The step from the last true sample to the repeated period, worn off over its first quarter. */
    private float step;

    /** Hears a true frame, and smooths its beginning if it ends a loss. */
    public void good(short[] samples, int from, int count) {
        if (lost > 0) {
            int fade = Math.min(count, Math.min(LONGEST_FADE, lag / 4 + lost / 5));
            for (int i = 0; i < fade; i++) {
                float made = next();
                samples[from + i] = (short) Math.round(made + (samples[from + i] - made) * (i + 1) / (fade + 1));
            }
            lost = 0;
        }
        remember(samples, from, count);
    }

    /** Makes up {@code count} samples. */
    public void conceal(short[] samples, int from, int count) {
        if (lost == 0) {
            begin();
        }
        for (int i = 0; i < count; i++) {
            samples[from + i] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(next())));
        }
    }

    /**
     * Inserts one pitch period between what was heard and what follows, to gain time.
     *
     * @return how many samples that is, at most {@link TimeScaling#most}
     */
    public int expand(short[] samples, int from) {
        if (lost > 0) {
            return 0;
        }
        begin();
        int period = lag;
        conceal(samples, from, period);
        return period;
    }

    /** Forgets what was heard: what is made up next is silence. */
    public void forget() {
        Arrays.fill(history, (short) 0);
        lost = 0;
    }

    /** Whether the last samples were made up. */
    public boolean concealing() {
        return lost > 0;
    }

    private void begin() {
        lag = Pitch.lag(history, HISTORY, CORRELATED);
        repeat(1);
        position = 0;
        step = history[HISTORY - 1] - history[HISTORY - 1 - lag];
    }

    /** Takes the last periods, and cross-fades their end into what came before their beginning, so that they join to a ring. */
    private void repeat(int count) {
        repeated = count * lag;
        int start = HISTORY - repeated;
        for (int i = 0; i < repeated; i++) {
            periods[i] = history[start + i];
        }
        int overlap = lag / 4;
        for (int i = 0; i < overlap; i++) {
            float share = (i + 1f) / (overlap + 1);
            int at = repeated - overlap + i;
            periods[at] += (history[start - overlap + i] - periods[at]) * share;
        }
    }

    private float next() {
        if (lost >= SILENT) {
            return 0;
        }
        if (lost > 0 && lost % LONGER_PERIOD == 0 && repeated < 3 * lag) {
            // The newest period is the last of them, so where we are in it moves on by one.
            repeat(repeated / lag + 1);
            position += lag;
        }
        float sample = periods[position];
        int wearOff = Math.max(1, lag / 4);
        if (lost < wearOff) {
            sample += step * (wearOff - lost) / wearOff;
        }
        position = position + 1 >= repeated ? 0 : position + 1;
        float loudness = lost < FULL_LOUDNESS ? 1 : (float) (SILENT - lost) / (SILENT - FULL_LOUDNESS);
        lost++;
        return sample * loudness;
    }

    private void remember(short[] samples, int from, int count) {
        if (count >= HISTORY) {
            System.arraycopy(samples, from + count - HISTORY, history, 0, HISTORY);
        } else {
            System.arraycopy(history, count, history, 0, HISTORY - count);
            System.arraycopy(samples, from, history, HISTORY - count, count);
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.codec;

import java.util.Arrays;

/**
 * Conceals lost frames of waveform-coded speech by repeating its last pitch periods, similar to
 * ITU-T G.711 appendix I but without its delay. It repeats one period at first, after 20 ms two, then three,
 * to avoid a buzz. The level is full for 10 ms, then fades to silence at 60 ms. The concealment is
 * cross-faded into the next true frame.
 */
public final class LossConcealment {
    private static final int CORRELATED_MILLIS = 10;
    private static final int FULL_LOUDNESS_MILLIS = 10;
    private static final int SILENT_MILLIS = 60;
    private static final int LONGER_PERIOD_MILLIS = 20;
    private static final int LONGEST_FADE_MILLIS = 10;

    private final Pitch pitch;
    private final int correlated;
    private final int fullLoudness;
    private final int silent;
    private final int longerPeriod;
    private final int longestFade;
    /** The latest true samples, as a ring: most frames are followed by another, and only copied here. */
    private short[] latest = new short[0];
    /** Where the next sample goes in {@link #latest}; 0 during a loss, when they are in order. */
    private int next;

    /** Samples concealed since the last true one; 0 outside a loss. */
    private int lost;

    private int lag;
    private int repeated;
    private int position;
    /**
     * The step from the last true sample to the repeated period; it fades over the first quarter of
     * the period.
     */
    private float step;

    public LossConcealment(int sampleRate) {
        pitch = new Pitch(sampleRate);
        correlated = CORRELATED_MILLIS * sampleRate / 1000;
        fullLoudness = FULL_LOUDNESS_MILLIS * sampleRate / 1000;
        silent = SILENT_MILLIS * sampleRate / 1000;
        longerPeriod = LONGER_PERIOD_MILLIS * sampleRate / 1000;
        longestFade = LONGEST_FADE_MILLIS * sampleRate / 1000;
    }

    /** Records a true frame; smooths its beginning if it ends a loss. */
    public void good(short[] samples, int from, int count) {
        if (lost > 0) {
            int fade = Math.min(count, Math.min(longestFade, lag / 4 + lost / 5));
            for (int i = 0; i < fade; i++) {
                float made = nextMade();
                samples[from + i] = (short) Math.round(made + (samples[from + i] - made) * (i + 1) / (fade + 1));
            }
            lost = 0;
        }
        remember(samples, from, count);
    }

    /** Writes {@code count} concealed samples. */
    public void conceal(short[] samples, int from, int count) {
        if (lost == 0) {
            begin();
        }
        make(samples, from, count);
    }

    private void make(short[] samples, int from, int count) {
        for (int i = 0; i < count; i++) {
            samples[from + i] = (short) Math.max(Short.MIN_VALUE, Math.min(Short.MAX_VALUE, Math.round(nextMade())));
        }
    }

    /**
     * Inserts one pitch period between earlier sound and these samples, to gain time.
     *
     * @return how many samples that is, at most {@link TimeScaling#most}
     */
    public int expand(short[] samples, int from) {
        if (lost > 0) {
            return 0;
        }
        begin();
        int period = lag;
        make(samples, from, period);
        return period;
    }

    /** Forgets the earlier sound: until there is more, concealment is silence. */
    public void forget() {
        Arrays.fill(latest, (short) 0);
        lost = 0;
    }

    /** Whether the last samples were concealed. */
    public boolean concealing() {
        return lost > 0;
    }

    private void begin() {
        allocate();
        bringIntoOrder();
        lag = pitch.lag(latest, latest.length, correlated);
        repeated = lag;
        position = 0;
        step = latest[latest.length - 1] - latest[latest.length - 1 - lag];
    }

    /** Not before there is sound: many a call has no speaker, or none of its own rate. */
    private void allocate() {
        if (latest.length == 0) {
            latest = new short[3 * pitch.longest + pitch.longest / 4 + 1];
        }
    }

    /** Moves the oldest sample to the beginning, without room for a copy. */
    private void bringIntoOrder() {
        reverse(0, next);
        reverse(next, latest.length);
        reverse(0, latest.length);
        next = 0;
    }

    private void reverse(int from, int to) {
        for (int i = from, j = to - 1; i < j; i++, j--) {
            short sample = latest[i];
            latest[i] = latest[j];
            latest[j] = sample;
        }
    }

    /**
     * Returns a sample of the last periods, whose end is cross-faded into the sound before their
     * beginning, so that they form a loop.
     */
    private float ofPeriods(int at) {
        float sample = latest[latest.length - repeated + at];
        int overlap = lag / 4;
        int faded = at - repeated + overlap;
        if (faded < 0) {
            return sample;
        }
        float share = (faded + 1f) / (overlap + 1);
        return sample + (latest[latest.length - 2 * repeated + at] - sample) * share;
    }

    private float nextMade() {
        if (lost >= silent) {
            return 0;
        }
        if (lost > 0 && lost % longerPeriod == 0 && repeated < 3 * lag) {
            // The newest period is the last one, so the position moves on by one period.
            repeated += lag;
            position += lag;
        }
        float sample = ofPeriods(position);
        int wearOff = Math.max(1, lag / 4);
        if (lost < wearOff) {
            sample += step * (wearOff - lost) / wearOff;
        }
        position = position + 1 >= repeated ? 0 : position + 1;
        float loudness = lost < fullLoudness ? 1 : (float) (silent - lost) / (silent - fullLoudness);
        lost++;
        return sample * loudness;
    }

    private void remember(short[] samples, int from, int count) {
        allocate();
        int kept = Math.min(count, latest.length);
        int start = from + count - kept;
        int first = Math.min(kept, latest.length - next);
        System.arraycopy(samples, start, latest, next, first);
        System.arraycopy(samples, start + first, latest, 0, kept - first);
        next = next + first == latest.length ? kept - first : next + first;
    }
}

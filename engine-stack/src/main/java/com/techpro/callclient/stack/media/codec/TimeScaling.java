// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.codec;

/**
 * Shortens speech without changing its pitch, by removing one period and cross-fading; a jitter
 * buffer uses it to catch up inaudibly. The reverse is {@link LossConcealment#expand}.
 */
public final class TimeScaling {
    /** Below this likeness a cut would be audible. */
    private static final double ALIKE = 0.6;
    /** The mean square below which nothing is audible: about -54 dB of full scale. */
    private static final long QUIET = 4_000;

    private final Pitch pitch;
    private final int least;

    public TimeScaling(int sampleRate) {
        pitch = new Pitch(sampleRate);
        least = 2 * pitch.longest;
    }

    /** The minimum number of samples it needs. */
    public int least() {
        return least;
    }

    /**
     * Removes one period from {@code count} samples, which must be at least {@link #least}.
     *
     * @return how many samples are left; {@code count} if every cut would be audible
     */
    public int shorten(short[] samples, int count) {
        int lag = cuttable(samples, count);
        if (lag == 0) {
            return count;
        }
        return cut(samples, count, lag);
    }

    /**
     * Removes a part of {@code count} samples if they are silent.
     *
     * @param most to remove; 0 and more
     * @return how many samples are left
     */
    public int shortenSilence(short[] samples, int count, int most) {
        int removed = Math.min(most, count / 2);
        return removed > 0 && isQuiet(samples, count) ? cut(samples, count, removed) : count;
    }

    private static int cut(short[] samples, int count, int lag) {
        // [0, lag) fades into [lag, 2 lag)
        for (int i = 0; i < lag; i++) {
            samples[i] = mix(samples[i], samples[i + lag], i + 1, lag + 1);
        }
        System.arraycopy(samples, 2 * lag, samples, lag, count - 2 * lag);
        return count - lag;
    }

    private static boolean isQuiet(short[] samples, int count) {
        long energy = 0;
        for (int i = 0; i < count; i++) {
            energy += (long) samples[i] * samples[i];
        }
        return energy < QUIET * count;
    }

    /** The most samples that shortening removes or expansion adds at once. */
    public int most() {
        return pitch.longest;
    }

    private int cuttable(short[] samples, int count) {
        if (count < least) {
            return 0;
        }
        if (isQuiet(samples, least)) {
            return pitch.longest;
        }
        int lag = pitch.lag(samples, least, least - pitch.longest);
        return Pitch.likeness(samples, 2 * lag, lag, lag, 1) >= ALIKE ? lag : 0;
    }

    private static short mix(short from, short to, int step, int steps) {
        return (short) (from + (to - from) * step / steps);
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.judge.ear;

/** A {@link Picture}'s levels in some of its bands, step by step; 0 outside of it. */
final class Shades {
    /** 20 dB below loud sounds. Louder sound is audible, even if it never ends. */
    private static final float LOUDEST_NOISE = 0.5f;
    /** 2 dB. */
    private static final float ABOVE_NOISE = 0.05f;

    private final float[] values;
    private final int count;
    private final int bands;

    Shades(float[] values, int count, int bands) {
        this.values = values;
        this.count = count;
        this.bands = bands;
    }

    int count() {
        return count;
    }

    int bands() {
        return bands;
    }

    /** Returns 0 outside of the picture. */
    float value(int step, int band) {
        return step < 0 || step >= count ? 0 : values[step * bands + band];
    }

    /**
     * Returns means over several steps.
     *
     * @param length the number of steps
     * @param apart the distance of their first steps
     */
    Shades means(int length, int apart, Scratch scratch) {
        int number = count < length ? 0 : (count - length) / apart + 1;
        float[] means = scratch.floats(number * bands);
        for (int i = 0; i < number; i++) {
            for (int step = i * apart; step < i * apart + length; step++) {
                for (int band = 0; band < bands; band++) {
                    means[i * bands + band] += values[step * bands + band] / length;
                }
            }
        }
        return new Shades(means, number, bands);
    }

    /**
     * Returns the distance of a step of this from one of another: the mean over the bands, at most
     * {@code most}.
     */
    float distance(int step, Shades other, int otherStep, float most) {
        if (bands == 0) {
            return 0;
        }
        int from = otherStep * bands;
        float sum = 0;
        if (step < 0 || step >= count) {
            for (int band = 0; band < bands; band++) {
                sum += other.values[from + band];
            }
        } else {
            int own = step * bands;
            for (int band = 0; band < bands; band++) {
                sum += Math.abs(values[own + band] - other.values[from + band]);
            }
        }
        return Math.min(most, sum / bands);
    }

    /** Returns the same, where levels below each band's noise count as the noise. */
    float distance(int step, Shades other, int otherStep, float[] noise, float most) {
        float sum = 0;
        for (int band = 0; band < bands; band++) {
            float one = Math.max(noise[band], value(step, band));
            sum += Math.abs(one - Math.max(noise[band], other.value(otherStep, band)));
        }
        return bands == 0 ? 0 : Math.min(most, sum / bands);
    }

    /** Returns for each band the level below which it hardly ever falls. */
    float[] noise(Scratch scratch) {
        float[] noise = scratch.floats(bands);
        float[] ofBand = scratch.floats(count);
        for (int band = 0; band < bands; band++) {
            for (int step = 0; step < count; step++) {
                ofBand[step] = value(step, band);
            }
            noise[band] = Math.min(LOUDEST_NOISE, Ranks.quiet(ofBand, count) + ABOVE_NOISE);
        }
        return noise;
    }

    /** Returns the sum over all bands. */
    float sum(int step) {
        float sum = 0;
        if (step >= 0 && step < count) {
            for (int band = 0; band < bands; band++) {
                sum += values[step * bands + band];
            }
        }
        return sum;
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.sound;

/**
 * Brings speech to a common level, and limits peaks. The level is the mean power of blocks with speech, without
 * those far below it, after the active level of ITU-T P.56 (12/2011) §5. The gain moves by some decibels a second
 * only, so that a word keeps its shape; the limiter (U. Zölzer, DAFX, 2nd ed., §4.2) acts within a block, which is
 * wholly known before it is played. For one thread at a time.
 */
final class LevelControl {
    /** The active level aimed at: -22 dB of full scale. */
    static final double TARGET = 32768 * 0.0794;
    /** Nothing exceeds it: -1 dB of full scale. */
    static final float LIMIT = 32768 * 0.891f;

    private static final double MOST = 8;
    private static final double LEAST = 0.25;
    private static final double DECIBELS_A_NEPER = 8.685889638;
    /** In decibels a second, as is {@link #FALL}. */
    private static final double RISE = 4;

    private static final double FALL = 10;
    /** A level this near to the target is left alone. */
    private static final double NEAR_ENOUGH = 1.19;
    /** Blocks at less than this part of the level are pauses. */
    private static final double PAUSE = 0.03;

    private static final double MEMORY = 2;
    private static final double FIRST_MEMORY = 0.3;

    private final double blockSeconds;
    private final double risePerBlock;
    private final double fallPerBlock;
    private double level;
    private double heard;
    private double gain = 1;
    private float current = 1;
    private float limited = 1;

    LevelControl(double blockSeconds) {
        this.blockSeconds = blockSeconds;
        risePerBlock = Math.exp(RISE * blockSeconds / DECIBELS_A_NEPER);
        fallPerBlock = Math.exp(-FALL * blockSeconds / DECIBELS_A_NEPER);
    }

    /**
     * Controls a block in place.
     *
     * @param speech whether the user speaks in it, and nothing else is loud
     */
    void control(float[] block, boolean speech) {
        float sum = 0;
        float peak = 0;
        for (float sample : block) {
            sum += sample * sample;
            peak = Math.max(peak, Math.abs(sample));
        }
        if (speech) {
            measure(sum / block.length);
            follow();
        }
        limit(block, peak);
    }

    private void measure(double power) {
        if (power < PAUSE * level || power < 100) {
            return;
        }
        heard += blockSeconds;
        double memory = Math.min(MEMORY, Math.max(FIRST_MEMORY, heard));
        level += blockSeconds / memory * (power - level);
    }

    private void follow() {
        if (heard < FIRST_MEMORY) {
            return;
        }
        double wanted = Math.max(LEAST, Math.min(MOST, TARGET / Math.sqrt(level)));
        if (wanted > gain * NEAR_ENOUGH) {
            gain *= risePerBlock;
        } else if (wanted < gain / NEAR_ENOUGH) {
            gain *= fallPerBlock;
        }
    }

    private void limit(float[] block, float peak) {
        float wanted = (float) gain;
        float most = peak * wanted > LIMIT ? LIMIT / peak : wanted;
        // At once down, slowly up again.
        limited = Math.min(most, limited + (float) (blockSeconds * 4) * Math.max(0, wanted - limited));
        if (limited == 1 && current == 1) {
            return;
        }
        float from = current;
        int ramp = limited < from ? block.length / 4 : block.length;
        float step = (limited - from) / ramp;
        for (int i = 0; i < ramp; i++) {
            block[i] *= from + step * i;
        }
        for (int i = ramp; i < block.length; i++) {
            block[i] *= limited;
        }
        for (int i = 0; i < block.length; i++) {
            block[i] = Math.max(-LIMIT, Math.min(LIMIT, block[i]));
        }
        current = limited;
    }

    /** The gain that the level asks for, for tests. */
    double gain() {
        return gain;
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.sound;

/**
 * Raises quiet speech, lowers loud speech, and limits peaks. Speech from {@link #QUIET} to {@link #LOUD} keeps its level.
 * The level is the mean power of blocks with speech, without those far below it, after the active level of ITU-T P.56
 * (12/2011) §5. The pauses' level bounds the gain: it stays below {@link #NOISE}, and sound without pauses, as of a crowd,
 * is no quiet user. The limiter (U. Zölzer, DAFX, 2nd ed., §4.2) acts within a block, which is wholly known before it is
 * played. For one thread at a time.
 */
final class LevelControl {
    /** Quieter speech is raised to it: -26 dB of full scale, the nominal level of ITU-T G.191. */
    static final double QUIET = 32768 * 0.0501;
    /** Louder speech is lowered to it: -14 dB of full scale, where peaks reach full scale. */
    static final double LOUD = 32768 * 0.1995;
    /** Pauses are not raised above it: -60 dB of full scale. */
    static final double NOISE = 32768 * 0.001;
    /** Nothing exceeds it: -1 dB of full scale. */
    static final float LIMIT = 32768 * 0.891f;

    private static final double MOST = 100;
    private static final double LEAST = 0.25;
    private static final double DECIBELS_A_NEPER = 8.685889638;
    /** In decibels a second; a difference of more decibels goes in a second. */
    private static final double RISE = 4;

    private static final double FALL = 5 * RISE;
    /** Blocks at less than this part of the level are pauses. */
    private static final double PAUSE = 0.03;
    /** Such seconds of quieter speech replace the level: as many as it is made of, within these. */
    private static final double QUIETER_LEAST = 2;

    private static final double QUIETER_MOST = 10;
    private static final double MEMORY = 2;
    private static final double FIRST_MEMORY = 0.3;

    /** Pauses are at least as long; shorter gaps are parts of words. In seconds. */
    private static final double PAUSE_LENGTH = 0.1;
    /** One talker pauses in each of so many lengths. */
    private static final int PAUSE_WITHIN = 50;
    /** From so many on, something is known of the pauses. */
    private static final int PAUSE_KNOWN = 10;
    /** The power of one talker's words is more than this above that of the pauses: 16 dB. */
    private static final double ONE_TALKER = 40;

    private final double blockSeconds;
    private double level;
    private double heard;
    private double quieter;
    private final double[] recent = new double[PAUSE_WITHIN];
    private int recentAt;
    private double recentSum;
    private double recentSeconds;
    private double pauses;
    private double gain = 1;
    private float current = 1;
    private float limited = 1;

    LevelControl(double blockSeconds) {
        this.blockSeconds = blockSeconds;
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
        double power = sum / block.length;
        if (power > 0 || recentAt > 0) {
            followPauses(power);
        }
        if (speech) {
            measure(power);
        }
        follow(speech);
        limit(block, peak);
    }

    /** The quietest of the last seconds. */
    private void followPauses(double power) {
        recentSum += power * blockSeconds;
        recentSeconds += blockSeconds;
        if (recentSeconds < PAUSE_LENGTH) {
            return;
        }
        recent[recentAt % PAUSE_WITHIN] = recentSum / recentSeconds;
        recentAt++;
        recentSum = 0;
        recentSeconds = 0;
        pauses = Double.MAX_VALUE;
        for (int i = 0; i < Math.min(recentAt, PAUSE_WITHIN); i++) {
            pauses = Math.min(pauses, recent[i]);
        }
    }

    private void measure(double power) {
        if (power < PAUSE * level) {
            quieter += blockSeconds;
            if (quieter < Math.max(QUIETER_LEAST, Math.min(QUIETER_MOST, heard))) {
                return;
            }
            level = power;
            heard = 0;
            quieter = 0;
        }
        quieter = Math.max(0, quieter - 2 * blockSeconds);
        heard += blockSeconds;
        double memory = Math.min(MEMORY, Math.max(FIRST_MEMORY, heard));
        level += blockSeconds / memory * (power - level);
    }

    private void follow(boolean speech) {
        if (heard < FIRST_MEMORY || recentAt < PAUSE_KNOWN) {
            return;
        }
        double rms = Math.sqrt(level);
        double wanted = Math.max(LEAST, Math.min(1, LOUD / rms));
        if (rms < QUIET) {
            double most = Math.min(NOISE / (Math.sqrt(pauses) + 1e-3), level / (ONE_TALKER * pauses + 1e-3));
            wanted = Math.max(1, Math.min(Math.min(MOST, most), QUIET / rms));
        }
        double decibels = DECIBELS_A_NEPER * Math.log(wanted / gain);
        if (!speech && decibels > 0) {
            return;
        }
        double step = blockSeconds * Math.max(decibels > 0 ? RISE : FALL, Math.abs(decibels));
        gain *= Math.exp(Math.max(-step, Math.min(step, decibels)) / DECIBELS_A_NEPER);
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
}

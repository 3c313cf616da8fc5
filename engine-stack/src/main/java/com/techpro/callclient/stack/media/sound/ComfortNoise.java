// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.sound;

/**
 * Fills what the echo's suppression leaves with noise like the room's, so that a listener does not take the pauses
 * for a dead line. Its level follows the quietest moments: it falls at once and rises slowly, as in WebRTC's AEC3, so
 * that neither the user's speech nor an echo's rest comes back as noise. For one thread at a time; no allocation
 * after construction.
 */
final class ComfortNoise {
    private static final int RANDOM = 256;
    /** In decibels a second. */
    private static final double RISE = 3.25;
    /** How far the minimum may be below the mean of a steady noise: 9 dB. */
    private static final float MINIMUM_BIAS = 8f;
    /** A gain above this leaves nothing to fill. */
    private static final float UNSUPPRESSED = 0.9f;

    private final float rise;
    private final float[] brief;
    private final float[] least;
    private final float[] cosine = new float[RANDOM];
    private final float[] sine = new float[RANDOM];
    private int random = 1;

    ComfortNoise(int bins, double blockSeconds) {
        rise = (float) Math.pow(10, RISE * blockSeconds / 10);
        brief = new float[bins];
        least = new float[bins];
        for (int i = 0; i < RANDOM; i++) {
            cosine[i] = (float) Math.cos(2 * Math.PI * i / RANDOM);
            sine[i] = (float) Math.sin(2 * Math.PI * i / RANDOM);
        }
    }

    /** Takes the power of a block by bin, before gains are applied. */
    void learn(float[] power) {
        for (int k = 0; k < power.length; k++) {
            brief[k] += 0.2f * (power[k] - brief[k]);
            least[k] = Math.min(brief[k], least[k] * rise + 0.01f);
        }
    }

    /**
     * Adds to a spectrum what gains have taken from the noise.
     *
     * @param gains for the echo, by bin
     * @param steady the noise's power by bin, as estimated
     * @param noiseGains by which the noise itself is reduced
     */
    void fill(float[] re, float[] im, float[] gains, float[] steady, float[] noiseGains) {
        for (int k = 1; k < re.length - 1; k++) {
            float gain = gains[k];
            if (gain < UNSUPPRESSED) {
                random ^= random << 13;
                random ^= random >>> 17;
                random ^= random << 5;
                int phase = random & (RANDOM - 1);
                float noise = Math.min(steady[k], MINIMUM_BIAS * least[k]);
                float fill = (float) Math.sqrt((1 - gain * gain) * noise) * noiseGains[k];
                re[k] += fill * cosine[phase];
                im[k] += fill * sine[phase];
            }
        }
    }
}

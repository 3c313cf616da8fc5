// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.sound;

/**
 * Tells whether somebody speaks, by the mean probability of speech in the telephone band (J. Sohn, N. Kim, W. Sung,
 * IEEE Signal Processing Letters 6(1), 1999, in the form that {@link BackgroundNoise} has anyway). For one thread
 * at a time.
 */
final class VoiceActivity {
    private static final double LOWEST = 200;
    private static final double HIGHEST = 3800;
    private static final float BEGINS = 0.35f;
    private static final float ENDS = 0.2f;
    private static final double HANGOVER = 0.2;

    private final int from;
    private final int to;
    private final int hangover;
    private int left;
    private boolean active;

    VoiceActivity(int bins, int coreRate, double blockSeconds) {
        double width = coreRate / 2.0 / (bins - 1);
        from = (int) Math.ceil(LOWEST / width);
        to = (int) Math.min(bins, HIGHEST / width);
        hangover = (int) Math.ceil(HANGOVER / blockSeconds);
    }

    /** Takes the probabilities of a block and returns whether it has speech. */
    boolean speech(float[] probability) {
        float sum = 0;
        for (int k = from; k < to; k++) {
            sum += probability[k];
        }
        float mean = sum / (to - from);
        if (mean > (active ? ENDS : BEGINS)) {
            left = hangover;
            active = true;
        } else if (left > 0) {
            left--;
        } else {
            active = false;
        }
        return active;
    }
}

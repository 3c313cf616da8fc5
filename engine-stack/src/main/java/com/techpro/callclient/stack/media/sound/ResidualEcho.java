// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.sound;

import java.util.Arrays;

/**
 * Suppresses what a linear model leaves of an echo: the room's late reverberation, a loudspeaker's distortion,
 * and all of it while the model learns. How much of the modelled echo is left is a regression of the powers
 * (J.-M. Valin, "On adjusting the learning rate in frequency domain echo cancellation with double-talk", IEEE Trans.
 * ASLP 15(3), 2007): what the user says does not correlate with it. The gain is Wiener's with the
 * decision-directed estimate (Y. Ephraim, D. Malah, IEEE Trans. ASSP 32(6), 1984). For one thread at a time; no
 * allocation after construction.
 */
final class ResidualEcho {
    private static final float FLOOR = 0.004f;
    /** What the reverberation keeps from block to block. */
    private static final float DECAY_A_SECOND = 1e-9f;

    private static final float LEAST_LEFT = 0.001f;
    /** By how much the residual is overestimated while the user speaks... */
    private static final float OVER = 2f;
    /** ...and while only the echo is heard. */
    private static final float OVER_ALONE = 48f;
    /** The user speaks if there is that many times the residual. */
    private static final float SPOKEN = 5f;
    /** The user may speak if there is that many times the residual. */
    private static final float MAYBE_SPOKEN = 2f;
    /** By which power the residual's overestimate falls with what there is between both. */
    private static final double FALL = Math.log(OVER / OVER_ALONE) / Math.log(SPOKEN / MAYBE_SPOKEN);
    /** In how many blocks the user still speaks. */
    private static final int HANGOVER = 6;

    private static final float DIRECTED = 0.9f;

    private final int bins;
    private final int[] edges;
    private final float decay;
    private final float pace;
    private final float[] late;
    private final float[] meanError;
    private final float[] meanEcho;
    /** Products of powers of full-scale sound are too large for a float. */
    private final double[] cross;

    private final double[] square;
    private final float[] alone;
    private final float[] clean;
    private final float[] gains;
    private final float[] residual;
    private final int from;
    private final int to;
    private float dominance;
    private int spoken;
    private float over = OVER;

    ResidualEcho(int bins, double blockSeconds) {
        this.bins = bins;
        from = (int) (250 * 2 * blockSeconds) + 1;
        to = Math.min(bins, (int) (4000 * 2 * blockSeconds));
        edges = edges(bins);
        decay = (float) Math.pow(DECAY_A_SECOND, blockSeconds);
        pace = (float) (blockSeconds / 0.3);
        int bands = edges.length - 1;
        late = new float[bins];
        meanError = new float[bands];
        meanEcho = new float[bands];
        cross = new double[bands];
        square = new double[bands];
        alone = new float[bands];
        clean = new float[bins];
        gains = new float[bins];
        residual = new float[bins];
        Arrays.fill(gains, 1);
    }

    /** Narrow bands below, wider ones above. */
    private static int[] edges(int bins) {
        int[] found = new int[bins];
        int count = 0;
        for (int at = 0; at < bins - 1; at += Math.max(4, at / 6)) {
            found[count++] = at;
        }
        found[count++] = bins;
        return Arrays.copyOf(found, count);
    }

    /**
     * Computes the gains of a block.
     *
     * @param error the power of the microphone without the modelled echo, by bin
     * @param echo the power of the modelled echo
     * @param noise that of the steady noise
     * @param leftAtLeast how much of the modelled echo's power may be left at least, by the model's own state
     * @param unlearnt the power, by bin, that the echo is expected to have beside the modelled one
     * @return the gains, valid until the next call
     */
    float[] gains(float[] error, float[] echo, float[] noise, float leftAtLeast, float[] unlearnt) {
        for (int k = 0; k < bins; k++) {
            late[k] = Math.max(echo[k], decay * late[k]);
        }
        for (int band = 0; band + 1 < edges.length; band++) {
            float share = Math.max(leftAtLeast, remaining(band, error, noise, edges[band], edges[band + 1]));
            for (int k = edges[band]; k < edges[band + 1]; k++) {
                residual[k] = Math.max(share * late[k], unlearnt[k]);
            }
        }
        float over = over(error, noise);
        wiener(error, over);
        for (int k = 0; k < bins; k++) {
            float r = over * residual[k];
            if (r < inaudible(error[k])) {
                gains[k] = 1;
            }
            clean[k] = gains[k] * gains[k] * error[k];
        }
        return gains;
    }

    /** Without a branch, so that the divisions are done for several bins at once. */
    private void wiener(float[] error, float over) {
        float[] from = residual;
        float[] before = clean;
        float[] to = gains;
        for (int k = 0; k < to.length; k++) {
            float perResidual = 1 / Math.max(over * from[k], inaudible(error[k]));
            float prior = DIRECTED * before[k] * perResidual + (1 - DIRECTED) * Math.max(0, error[k] * perResidual - 1);
            to[k] = Math.max(FLOOR, prior / (1 + prior));
        }
    }

    /** A residual below this is not worth a gain. */
    private static float inaudible(float error) {
        return 1e-4f * error + 1e-6f;
    }

    /** How much the residual is overestimated, by how much more than it there is. */
    private float over(float[] error, float[] noise) {
        float heard = 0;
        float expected = 1;
        for (int k = from; k < to; k++) {
            heard += Math.max(0, error[k] - 2 * noise[k]);
            expected += residual[k];
        }
        dominance += 0.5f * (Math.min(heard / expected, 3 * SPOKEN) - dominance);
        if (dominance > SPOKEN) {
            spoken = HANGOVER;
        } else if (spoken > 0) {
            spoken--;
        }
        float aim = OVER_ALONE;
        if (spoken > 0) {
            aim = OVER;
        } else if (dominance > MAYBE_SPOKEN) {
            aim *= (float) Math.pow(dominance / MAYBE_SPOKEN, FALL);
        }
        over = aim < over ? aim : over + 0.3f * (aim - over);
        return over;
    }

    private float remaining(int band, float[] error, float[] noise, int from, int to) {
        float e = 0;
        float y = 0;
        float n = 0;
        for (int k = from; k < to; k++) {
            e += error[k];
            y += late[k];
            n += noise[k];
        }
        meanError[band] += pace * (e - meanError[band]);
        meanEcho[band] += pace * (y - meanEcho[band]);
        double de = e - meanError[band];
        double dy = y - meanEcho[band];
        double weight = pace * Math.min(1, y / (e + 1));
        cross[band] += weight * (de * dy - cross[band]);
        square[band] += weight * (dy * dy - square[band]);
        float correlated = (float) (cross[band] / (square[band] + 1));
        if (spoken == 0 && y > n) {
            // Noise that is as loud as the echo says little about the echo's rest.
            float weightAlone = 0.05f * Math.min(1, y / (4 * n + 1));
            alone[band] += weightAlone * (Math.min(1, (e - n) / y) - alone[band]);
            alone[band] = Math.max(0, alone[band]);
        }
        return Math.min(1, Math.max(LEAST_LEFT, Math.max(alone[band], correlated)));
    }
}

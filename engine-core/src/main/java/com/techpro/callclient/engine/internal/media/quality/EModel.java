// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media.quality;

import com.techpro.callclient.engine.internal.media.codec.Codec;

/**
 * How well a call sounds and converses, estimated from delay, loss and what the codec does by the E-model (ITU-T G.107) with everything else at its
 * default.
 */
public final class EModel {
    /** The rating of a connection with all defaults (G.107 §7.7). */
    private static final double DEFAULT_RATING = 93.2;
    /** Beyond this the delay is felt in conversation. */
    private static final double FELT_DELAY_MILLIS = 177.3;

    private EModel() {}

    /**
     * The transmission rating R.
     *
     * @param delayMillis from mouth to ear
     * @param lossPercent packets not played, whether lost or late
     */
    public static double rating(double delayMillis, double lossPercent, Codec.Impairment codec) {
        double delayed = 0.024 * delayMillis + 0.11 * Math.max(0, delayMillis - FELT_DELAY_MILLIS);
        double damaged =
                codec.equipment() + (95 - codec.equipment()) * lossPercent / (lossPercent + codec.lossRobustness());
        return DEFAULT_RATING - delayed - damaged;
    }

    /** The mean opinion score of a rating (G.107 annex B): 1 to 4.5. */
    public static double mos(double rating) {
        if (rating <= 0) {
            return 1;
        }
        if (rating >= 100) {
            return 4.5;
        }
        // The polynomial dips below 1 for the very lowest ratings.
        return Math.max(1, 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6);
    }
}

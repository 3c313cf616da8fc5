// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.quality;

import com.techpro.callclient.stack.media.codec.Codec;

/**
 * Estimates a call's listening and conversational quality from delay, loss and codec. Narrow-band
 * codecs use the E-model (ITU-T G.107), wideband ones the wideband E-model (ITU-T G.107.1, 06/2019
 * with corrigendum 1); all other parameters are defaults. The two ratings have different scales and
 * cannot be compared: a flawless wideband call has 129, a flawless narrow-band one 93.2, and both
 * have about the highest score.
 */
public final class EModel {
    /** The rating of a connection with all defaults (G.107 §7.7). */
    private static final double DEFAULT_RATING = 93.2;
    /** The default rating of a wideband connection (G.107.1 §7.7). */
    private static final double DEFAULT_WIDEBAND_RATING = 129;
    /**
     * The divisor that turns a wideband rating into the narrow-band scale for the score (G.107.1
     * annex A).
     */
    private static final double WIDEBAND_STRETCH = 1.29;
    /** Above this, delay impairs conversation. */
    private static final double FELT_DELAY_MILLIS = 177.3;
    /** Up to this, delay does not impair in the wideband model (G.107.1 §7.4). */
    private static final double UNFELT_DELAY_MILLIS = 100;

    private EModel() {}

    /**
     * The mean opinion score: 1 to 4.5.
     *
     * @param delayMillis one-way, mouth to ear
     * @param lossPercent packets not played, whether lost or late
     * @param burstRatio how much longer the runs of missing packets are than independent losses
     *     would make them; 1 for independent losses
     */
    public static double mos(double delayMillis, double lossPercent, double burstRatio, Codec.Impairment codec) {
        return mos(narrowbandRating(delayMillis, lossPercent, burstRatio, codec));
    }

    /**
     * The transmission rating R on the scale of the narrow-band model, whatever the codec (G.107.1
     * annex A): up to 100.
     */
    public static double narrowbandRating(
            double delayMillis, double lossPercent, double burstRatio, Codec.Impairment codec) {
        double rating = rating(delayMillis, lossPercent, burstRatio, codec);
        return codec.wideband() ? rating / WIDEBAND_STRETCH : rating;
    }

    /** The transmission rating R, on the scale of the codec's model. */
    static double rating(double delayMillis, double lossPercent, double burstRatio, Codec.Impairment codec) {
        double damaged = damage(lossPercent, burstRatio, codec);
        if (codec.wideband()) {
            return DEFAULT_WIDEBAND_RATING - absoluteDelay(delayMillis) - damaged;
        }
        double delayed = 0.024 * delayMillis + 0.11 * Math.max(0, delayMillis - FELT_DELAY_MILLIS);
        return DEFAULT_RATING - delayed - damaged;
    }

    /**
     * Ie-eff, the impairment by codec and packet loss. Both models use the 95 of the narrow-band one
     * (G.107 §7.5, G.107.1 §7.5). That of G.107.1 has no burst ratio; the one of G.107 is used for
     * both, as bursts harm wideband speech no less.
     */
    private static double damage(double lossPercent, double burstRatio, Codec.Impairment codec) {
        return codec.equipment()
                + (95 - codec.equipment()) * lossPercent / (lossPercent / burstRatio + codec.lossRobustness());
    }

    /** Idd, the impairment by delay without echo (G.107.1 §7.4). */
    private static double absoluteDelay(double millis) {
        if (millis <= UNFELT_DELAY_MILLIS) {
            return 0;
        }
        double x = Math.log(millis / UNFELT_DELAY_MILLIS) / Math.log(2);
        return 25 * (sixth(x) - 3 * sixth(x / 3) + 2);
    }

    private static double sixth(double x) {
        return Math.pow(1 + Math.pow(x, 6), 1.0 / 6);
    }

    /** The mean opinion score of a rating (G.107 annex B): 1 to 4.5. */
    static double mos(double rating) {
        if (rating <= 0) {
            return 1;
        }
        if (rating >= 100) {
            return 4.5;
        }
        // The polynomial falls below 1 for the very lowest ratings.
        return Math.max(1, 1 + 0.035 * rating + rating * (rating - 60) * (100 - rating) * 7e-6);
    }
}

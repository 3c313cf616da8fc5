// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media;

import com.techpro.callclient.engine.internal.media.codec.Encoder;

/**
 * What encoders are told of the network, from the far end's reports: how much loss to expect, smoothed and never more than redundancy helps against; and a bit rate,
 * which gives way where loss looks like congestion, as the loss-based controller of draft-ietf-rmcat-gcc-02 §6 does, to no less than half of the usual. Another encoder is told
 * the same. Lives on the media loop.
 */
final class EncoderHints {
    private static final double MOST_LOSS = 25;
    /** Share of the way to what was reported: loss that begins is answered faster than loss that ends. */
    private static final double RISE = 0.5;

    private static final double FALL = 0.25;
    /** Percent: below, there is room for more; above, there is less than was taken. */
    private static final double HARMLESS_LOSS = 2;

    private static final double CONGESTION_LOSS = 10;
    private static final double STEP_UP = 1.08;
    private static final double LEAST_SHARE = 0.5;

    private Encoder encoder;
    private int usualBitrate;
    private double loss;
    private boolean reported;
    /** Of the usual bit rate. */
    private double share = 1;

    EncoderHints(Encoder encoder) {
        this.encoder = encoder;
        usualBitrate = encoder.bitrate();
    }

    /** Another encoder goes on. */
    void take(Encoder next) {
        encoder = next;
        usualBitrate = next.bitrate();
        if (reported) {
            tell();
        }
    }

    /** The far end has reported so many percent lost of what was sent since its last report. */
    void reported(double percent) {
        double told = Math.max(0, Math.min(100, percent));
        if (reported) {
            loss += (Math.min(MOST_LOSS, told) - loss) * (told > loss ? RISE : FALL);
        } else {
            loss = Math.min(MOST_LOSS, told) * RISE;
        }
        reported = true;
        if (told > CONGESTION_LOSS) {
            share = Math.max(LEAST_SHARE, share * (1 - told / 200));
        } else if (told < HARMLESS_LOSS) {
            share = Math.min(1, share * STEP_UP);
        }
        tell();
    }

    private void tell() {
        encoder.setExpectedLoss((int) Math.round(loss));
        if (usualBitrate > 0) {
            encoder.setBitrate((int) (usualBitrate * share));
        }
    }
}

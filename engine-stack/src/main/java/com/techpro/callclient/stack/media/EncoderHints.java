// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import com.techpro.callclient.stack.media.codec.Encoder;

/**
 * Tells encoders about the network, from the far end's reports: the expected loss and a bit rate;
 * and whether the processor is too slow.
 * The loss is smoothed, and limited to the loss against which redundancy still helps. The bit rate
 * is reduced if loss looks like congestion, as in the loss-based controller of
 * draft-ietf-rmcat-gcc-02 §6, down to half of the usual. A replacement encoder gets the same hints.
 * Belongs to the media loop.
 */
final class EncoderHints {
    private static final double MOST_LOSS = 25;
    /** The step towards the reported loss: rising loss is followed faster than falling loss. */
    private static final double RISE = 0.5;

    private static final double FALL = 0.25;
    /** In percent: below it, the bit rate rises; above {@link #CONGESTION_LOSS}, it falls. */
    private static final double HARMLESS_LOSS = 2;

    private static final double CONGESTION_LOSS = 10;
    private static final double STEP_UP = 1.08;
    private static final double LEAST_SHARE = 0.5;

    private Encoder encoder;
    private int usualBitrate;
    private double loss;
    private boolean reported;
    private boolean reducedEffort;
    /** Whether redundancy is sent outside of the codec. */
    private boolean redundant;
    /** The share of the usual bit rate. */
    private double share = 1;

    EncoderHints(Encoder encoder) {
        this.encoder = encoder;
        usualBitrate = encoder.bitrate();
    }

    /** Passes the hints to a replacement encoder. */
    void take(Encoder next) {
        encoder = next;
        usualBitrate = next.bitrate();
        if (reported) {
            publish();
        }
        if (reducedEffort) {
            encoder.setReducedEffort(true);
        }
    }

    void setReducedEffort(boolean reduced) {
        if (reduced != reducedEffort) {
            reducedEffort = reduced;
            encoder.setReducedEffort(reduced);
        }
    }

    /**
     * Sets whether packets hold those before them (RFC 2198). Then the encoder is told of no loss: its own redundancy
     * would take bits from the speech, and be of no use.
     */
    void setRedundant(boolean outside) {
        if (outside != redundant) {
            redundant = outside;
            if (reported) {
                publish();
            }
        }
    }

    /** The loss to expect, in percent. */
    int expectedLoss() {
        return (int) Math.round(loss);
    }

    boolean hasReducedEffort() {
        return reducedEffort;
    }

    /** The far end reported this loss since its last report. */
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
        publish();
    }

    private void publish() {
        encoder.setExpectedLoss(redundant ? 0 : expectedLoss());
        if (usualBitrate > 0) {
            encoder.setBitrate((int) (usualBitrate * share));
        }
    }
}

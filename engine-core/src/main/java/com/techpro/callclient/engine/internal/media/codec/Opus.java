// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media.codec;

/**
 * Opus (RFC 6716) as RTP carries it (RFC 7587), in one channel and at 48 kHz from end to end: the format counts in that rate, and the library's decoder is wrong at lower ones
 * about frames that SILK and CELT make together. The bandwidth that is coded follows the far end's parameters and the bit rate. Encoder and decoder are Concentus, a port of libopus
 * 1.1.2.
 */
public final class Opus implements Codec {
    public static final Opus INSTANCE = new Opus();

    static final int RATE = 48_000;
    static final int CHANNELS = 1;

    /** The lengths of frames that a single packet of one frame can have, of those that RTP uses. */
    private static final int[] FRAME_MILLIS = {10, 20, 40, 60};

    /**
     * None is published for Opus. These are of AMR-WB at 23.05 kbit/s (G.113 tables IV.1 and IV.4), the best of the codecs there and one that predicts and conceals as SILK does. What
     * redundancy brings back is not lost to the model.
     */
    private static final Impairment IMPAIRMENT = Impairment.wideband(1, 4.6);

    private Opus() {}

    @Override
    public String encodingName() {
        return "opus";
    }

    @Override
    public int clockRate() {
        return RATE;
    }

    @Override
    public int sampleRate() {
        return RATE;
    }

    /** What RFC 7587 §7 wants to be written, whatever is coded. */
    @Override
    public int channels() {
        return 2;
    }

    /** Redundancy is wanted; for the rest the defaults are right: full band, one channel, silence may be sent. */
    @Override
    public String fmtp() {
        return "minptime=" + FRAME_MILLIS[0] + ";useinbandfec=1";
    }

    @Override
    public boolean codesSilence() {
        return true;
    }

    /** The first frame of an encoder refers to none before it, and a decoder can be reset (RFC 6716 §4.5.2). */
    @Override
    public boolean beginsCleanly() {
        return true;
    }

    @Override
    public int packetMillis(int wanted, String fmtp) {
        int least = OpusParameters.parse(fmtp).leastPacketMillis();
        int millis = FRAME_MILLIS[0];
        for (int length : FRAME_MILLIS) {
            if (length <= wanted || millis < least) {
                millis = length;
            }
        }
        return millis;
    }

    @Override
    public Impairment impairment() {
        return IMPAIRMENT;
    }

    @Override
    public Encoder newEncoder(String fmtp) {
        return new ConcentusEncoder(OpusParameters.parse(fmtp));
    }

    @Override
    public Decoder newDecoder() {
        return new ConcentusDecoder();
    }
}

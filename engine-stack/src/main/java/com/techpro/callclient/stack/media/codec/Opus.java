// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.codec;

/**
 * Opus (RFC 6716) over RTP (RFC 7587), mono and at 48 kHz throughout. RTP counts at that rate, and
 * at lower rates the library's decoder mishandles frames that combine SILK and CELT. The coded
 * bandwidth follows the far end's parameters and the bit rate. Encoder and decoder are Concentus, a
 * port of libopus 1.1.2.
 */
public final class Opus implements Codec {
    public static final Opus INSTANCE = new Opus();

    static final int RATE = 48_000;
    static final int CHANNELS = 1;

    /** The RTP frame lengths that fit into a packet with one frame. */
    private static final int[] FRAME_MILLIS = {10, 20, 40, 60};

    /**
     * None is published for Opus. These are of AMR-WB at 23.05 kbit/s (G.113 tables IV.1 and IV.4),
     * the best codec there, which predicts and conceals as SILK does. Sound recovered by redundancy
     * does not count as lost.
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

    /** RFC 7587 §7 requires this value, whatever is coded. */
    @Override
    public int channels() {
        return 2;
    }

    /**
     * Requests redundancy. The defaults suit the rest: full band, one channel, silence may be sent.
     */
    @Override
    public boolean codesRedundancy() {
        return true;
    }

    @Override
    public String fmtp() {
        return "minptime=" + FRAME_MILLIS[0] + ";useinbandfec=1";
    }

    @Override
    public boolean codesSilence() {
        return true;
    }

    /**
     * An encoder's first frame refers to none before it, and a decoder can be reset (RFC 6716
     * §4.5.2).
     */
    @Override
    public boolean beginsCleanly() {
        return true;
    }

    @Override
    public boolean isCostly() {
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

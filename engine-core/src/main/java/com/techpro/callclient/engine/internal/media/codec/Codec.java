// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media.codec;

/**
 * A speech codec as RTP carries it. Two units are kept apart: samples, of which there are {@link #sampleRate} a second, and units of the RTP clock, {@link #clockRate} a
 * second. They differ for G.722 (RFC 3551 §4.5.2). Immutable; state lives in {@link Encoder} and {@link Decoder}.
 */
public interface Codec {
    /** What {@link #staticPayloadType} is if RFC 3551 assigns none. */
    int DYNAMIC = -1;

    /** The encoding name of {@code a=rtpmap}, as RFC 3551 §6 or the payload format's RFC writes it. */
    String encodingName();

    /** RTP clock units a second. */
    int clockRate();

    /** Samples a second of what is encoded and decoded. */
    int sampleRate();

    /** The channels that {@code a=rtpmap} names; what is encoded and decoded is mono in any case. */
    default int channels() {
        return 1;
    }

    /** The payload type that RFC 3551 §6 assigns, or {@link #DYNAMIC}. */
    default int staticPayloadType() {
        return DYNAMIC;
    }

    /** Parameters to write into {@code a=fmtp}; empty if there are none. */
    default String fmtp() {
        return "";
    }

    /** Whether the parameters of the far end's {@code a=fmtp} describe something that this codec speaks. */
    default boolean matches(String fmtp) {
        return true;
    }

    /** Whether it tells the far end by itself what silence sounds like; {@link ComfortNoise} does for one that cannot. */
    default boolean codesSilence() {
        return false;
    }

    /**
     * Whether it predicts from what went before and begins cleanly: where sound was missed, an encoder and a decoder that both begin anew are better than two of which each
     * remembers something else. A codec that takes a while to adapt, as G.722 does, had better go on with what it remembers.
     */
    default boolean beginsCleanly() {
        return false;
    }

    /** How long packets are if nobody says otherwise. */
    default int usualPacketMillis() {
        return 20;
    }

    /**
     * The length of packets nearest to the one wanted that this codec can have and a network carries in one piece.
     *
     * @param fmtp the parameters of the far end; empty if there are none
     */
    default int packetMillis(int wanted, String fmtp) {
        return Math.max(10, Math.min(100, wanted));
    }

    /** What it does to a connection's quality. */
    Impairment impairment();

    /**
     * @param fmtp the parameters of the far end, which bind whoever sends to it; empty if there are none
     */
    Encoder newEncoder(String fmtp);

    Decoder newDecoder();

    /** How many units of the RTP clock so many samples last. */
    default int clockUnits(int samples) {
        return (int) ((long) samples * clockRate() / sampleRate());
    }

    /**
     * The codec's figures in the E-model, by ITU-T G.113: of narrow-band codecs in that of G.107, of wideband ones in that of G.107.1, whose scale is another one.
     *
     * @param equipment Ie, the impairment without loss
     * @param lossRobustness Bpl, how well it bears packet loss
     */
    record Impairment(boolean wideband, double equipment, double lossRobustness) {
        static Impairment narrowband(double equipment, double lossRobustness) {
            return new Impairment(false, equipment, lossRobustness);
        }

        static Impairment wideband(double equipment, double lossRobustness) {
            return new Impairment(true, equipment, lossRobustness);
        }
    }
}

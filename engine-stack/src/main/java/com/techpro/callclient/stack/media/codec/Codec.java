// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.codec;

/**
 * A speech codec as carried by RTP. It distinguishes samples, of which there are
 * {@link #sampleRate} a second, from units of the RTP clock, {@link #clockRate} a second. They
 * differ for G.722 (RFC 3551 §4.5.2). Immutable; {@link Encoder} and {@link Decoder} hold the
 * state.
 */
public interface Codec {
    /** The {@link #staticPayloadType} of a codec to which RFC 3551 assigns none. */
    int DYNAMIC = -1;

    /** The encoding name of {@code a=rtpmap}, as in RFC 3551 §6 or the payload format's RFC. */
    String encodingName();

    /** RTP clock units a second. */
    int clockRate();

    /** Samples a second of the encoded and decoded sound. */
    int sampleRate();

    /** The channels in {@code a=rtpmap}; the encoded and decoded sound is always mono. */
    default int channels() {
        return 1;
    }

    /** The payload type assigned by RFC 3551 §6, or {@link #DYNAMIC}. */
    default int staticPayloadType() {
        return DYNAMIC;
    }

    /** The parameters for {@code a=fmtp}; empty if there are none. */
    default String fmtp() {
        return "";
    }

    /** Whether this codec supports the parameters of the far end's {@code a=fmtp}. */
    default boolean matches(String fmtp) {
        return true;
    }

    /** Whether it encodes silence by itself; for a codec that cannot, {@link ComfortNoise} does. */
    default boolean codesSilence() {
        return false;
    }

    /**
     * Whether its packets can hold the ones before by themselves; for a codec whose packets cannot,
     * redundant audio data (RFC 2198) do.
     */
    default boolean codesRedundancy() {
        return false;
    }

    /**
     * Whether to restart encoder and decoder after missed sound: true for a codec that predicts
     * from earlier sound and starts cleanly. A codec that takes a while to adapt, such as G.722,
     * should keep its state.
     */
    default boolean beginsCleanly() {
        return false;
    }

    /** The default packet length. */
    default int usualPacketMillis() {
        return 20;
    }

    /**
     * Returns the supported packet length nearest to the wanted one that fits into one network
     * packet.
     *
     * @param fmtp the parameters of the far end; empty if there are none
     */
    default int packetMillis(int wanted, String fmtp) {
        return Math.max(10, Math.min(100, wanted));
    }

    /**
     * Whether coding costs so much that a new JVM, which interprets code at first, falls behind. It
     * is then warmed up by {@link CodecWarmUp}.
     */
    default boolean isCostly() {
        return false;
    }

    /** The codec's effect on the connection's quality. */
    Impairment impairment();

    /**
     * @param fmtp the parameters of the far end, which the encoder obeys; empty if there are none
     */
    Encoder newEncoder(String fmtp);

    Decoder newDecoder();

    /** Converts samples to RTP clock units. */
    default int clockUnits(int samples) {
        return (int) ((long) samples * clockRate() / sampleRate());
    }

    /**
     * The codec's figures in the E-model, by ITU-T G.113. Narrow-band codecs use the scale of
     * G.107, wideband codecs the different scale of G.107.1.
     *
     * @param equipment Ie, the impairment without loss
     * @param lossRobustness Bpl, the robustness against packet loss
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

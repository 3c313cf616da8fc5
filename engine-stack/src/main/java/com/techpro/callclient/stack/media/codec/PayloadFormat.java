// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.codec;

/**
 * A codec with the payload type that one side of a call assigned to it. The two sides' numbers for
 * one codec may differ (RFC 3264 §5.1).
 *
 * @param payloadType 0 to 127
 * @param fmtp the parameters of that side's {@code a=fmtp}, empty if there are none
 */
public record PayloadFormat(Codec codec, int payloadType, String fmtp) {
    public PayloadFormat {
        if (payloadType < 0 || payloadType > 127) {
            throw new IllegalArgumentException("a payload type is 0 to 127, not " + payloadType);
        }
    }

    /** Without parameters. */
    public PayloadFormat(Codec codec, int payloadType) {
        this(codec, payloadType, "");
    }

    /** Returns the format with the payload type that RFC 3551 assigns. */
    public static PayloadFormat ofStatic(Codec codec) {
        return new PayloadFormat(codec, codec.staticPayloadType());
    }

    /** {@link Codec#packetMillis} with the far end's parameters. */
    public int packetMillis(int wanted) {
        return codec.packetMillis(wanted, fmtp);
    }

    /** As in {@code a=rtpmap}. */
    public String encodingName() {
        return codec.encodingName();
    }
}

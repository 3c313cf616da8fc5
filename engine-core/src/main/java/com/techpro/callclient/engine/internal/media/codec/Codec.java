// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media.codec;

/**
 * A negotiated codec: which one, and under which payload type it travels.
 *
 * @param law the companding law
 * @param payloadType 0 to 127; RFC 3551 §6 assigns the two laws 0 and 8, an offer may map them elsewhere
 */
public record Codec(G711 law, int payloadType) {
    public static final Codec PCMU = new Codec(G711.ULAW, 0);
    public static final Codec PCMA = new Codec(G711.ALAW, 8);

    /** RTP clock and sampling rate of both laws. */
    public static final int CLOCK_RATE = 8000;

    public Codec {
        if (payloadType < 0 || payloadType > 127) {
            throw new IllegalArgumentException("a payload type is 0 to 127, not " + payloadType);
        }
    }

    /** The encoding name of RFC 3551 §6. */
    public String name() {
        return law == G711.ULAW ? "PCMU" : "PCMA";
    }
}

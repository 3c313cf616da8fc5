// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media.codec;

/** Turns one stream of samples into payloads. Allocates nothing per packet itself; what a library under it does is said there. Belongs to one thread. */
public interface Encoder {
    /**
     * Encodes one packet's samples.
     *
     * @param to room for the payload, from {@code toOffset}
     * @param count a length that {@link Codec#packetMillis} permits; less of it where sound ends, as before a key is pressed
     * @return octets written; 0 if nothing need be sent for these samples (discontinuous transmission)
     */
    int encode(short[] samples, int offset, byte[] to, int toOffset, int count);

    /** The bits a second that it aims at; 0 if its codec has one rate only. */
    default int bitrate() {
        return 0;
    }

    /** Aims at a bit rate. A codec of one rate takes no notice. */
    default void setBitrate(int bitsPerSecond) {}

    /** Prepares for so many lost packets. A codec without redundancy takes no notice. */
    default void setExpectedLoss(int percent) {}

    /** Whether silence may be left out; off at first. A codec without discontinuous transmission takes no notice. */
    default void setDtx(boolean enabled) {}
}

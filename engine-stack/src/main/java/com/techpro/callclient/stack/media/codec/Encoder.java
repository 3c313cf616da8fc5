// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.codec;

/**
 * Turns one stream of samples into payloads. It allocates nothing per packet itself; an
 * implementation says what its library allocates. Belongs to one thread.
 */
public interface Encoder {
    /**
     * Encodes one packet's samples.
     *
     * @param to room for the payload, from {@code toOffset}
     * @param count a length that {@link Codec#packetMillis} permits; or fewer samples where sound
     *     ends, for example before a DTMF digit
     * @return octets written; 0 if nothing need be sent for these samples (discontinuous
     *     transmission)
     */
    int encode(short[] samples, int offset, byte[] to, int toOffset, int count);

    /** The target bit rate, in bits a second; 0 if the codec has only one rate. */
    default int bitrate() {
        return 0;
    }

    /** Sets the target bit rate. A codec with one rate ignores it. */
    default void setBitrate(int bitsPerSecond) {}

    /** Sets the expected packet loss. A codec without redundancy ignores it. */
    default void setExpectedLoss(int percent) {}

    /**
     * Sets whether to save CPU at some cost in quality; off initially. A codec without that choice
     * ignores it.
     */
    default void setReducedEffort(boolean enabled) {}

    /**
     * Sets whether silence may be omitted; off initially. A codec without discontinuous
     * transmission ignores it.
     */
    default void setDtx(boolean enabled) {}
}

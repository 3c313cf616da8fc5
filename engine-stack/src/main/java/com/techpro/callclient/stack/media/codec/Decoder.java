// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.codec;

/**
 * Turns one stream of payloads into samples. It allocates nothing per packet itself, once it has
 * seen the longest. Belongs to one thread.
 */
public interface Decoder {
    Codec codec();

    /**
     * Returns how many samples a payload holds, without decoding it; 0 if it is no payload of this
     * codec.
     */
    int samples(byte[] payload, int offset, int length);

    /**
     * Decodes one packet.
     *
     * @param to room for {@link #samples} from {@code toOffset}
     * @param length octets of the payload
     * @return samples written
     */
    int decode(byte[] payload, int offset, short[] to, int toOffset, int length);

    /**
     * Conceals lost samples by the codec's own method.
     *
     * @return whether it did; a codec without one leaves that to {@link LossConcealment}
     */
    default boolean conceal(short[] to, int toOffset, int count) {
        return false;
    }

    /** Whether a payload carries redundancy for the packet before it. */
    default boolean hasRedundancy(byte[] payload, int offset, int length) {
        return false;
    }

    /**
     * Decodes the lost packet before this one from this one's redundancy (forward error
     * correction). The packet itself is decoded later.
     *
     * @return whether all {@code count} samples were there
     */
    default boolean recover(byte[] next, int offset, int length, short[] to, int toOffset, int count) {
        return false;
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import com.techpro.callclient.stack.media.rtp.RedPayload;

/**
 * The latest payloads that were sent, and redundant audio data made of them (RFC 2198): a packet
 * holds those before it a second time. Allocates nothing once it has seen the longest. Belongs to the
 * media loop.
 */
final class RedundantBlocks {
    /** How many packets before it a packet can hold. */
    static final int MOST = 2;
    /** What passes through any network, and through tunnels, in one piece. */
    static final int LARGEST_PAYLOAD = 1_200;

    private final byte[][] payloads = new byte[MOST][0];
    private final int[] lengths = new int[MOST];
    private final int[] types = new int[MOST];
    private final int[] timestamps = new int[MOST];
    /** How many of them follow one another; the latest is the first. */
    private int count;

    /** What comes next does not follow what came before: after silence, an event, another codec. */
    void forget() {
        count = 0;
    }

    /** Keeps a payload, which follows the one before. */
    void add(byte[] packet, int start, int length, int payloadType, int timestamp) {
        if (length > RedPayload.MOST_LENGTH) {
            forget();
            return;
        }
        byte[] oldest = payloads[MOST - 1];
        for (int i = MOST - 1; i > 0; i--) {
            payloads[i] = payloads[i - 1];
            lengths[i] = lengths[i - 1];
            types[i] = types[i - 1];
            timestamps[i] = timestamps[i - 1];
        }
        payloads[0] = oldest.length < length ? new byte[length] : oldest;
        System.arraycopy(packet, start, payloads[0], 0, length);
        lengths[0] = length;
        types[0] = payloadType;
        timestamps[0] = timestamp;
        count = Math.min(MOST, count + 1);
    }

    /**
     * Puts up to so many of the payloads kept before a payload, as far as they fit.
     *
     * @param packet with room for {@link #LARGEST_PAYLOAD} octets from {@code start}
     * @return the octets of the whole; 0 if there is nothing to put, and the payload is unchanged
     */
    int wrap(byte[] packet, int start, int length, int payloadType, int timestamp, int wanted) {
        int blocks = 0;
        int before = RedPayload.PRIMARY_HEADER;
        while (blocks < Math.min(wanted, count)
                && timestamp - timestamps[blocks] <= RedPayload.MOST_OFFSET
                && before + RedPayload.BLOCK_HEADER + lengths[blocks] + length <= LARGEST_PAYLOAD) {
            before += RedPayload.BLOCK_HEADER + lengths[blocks];
            blocks++;
        }
        if (blocks == 0) {
            return 0;
        }
        System.arraycopy(packet, start, packet, start + before, length);
        int header = start;
        int block = start + blocks * RedPayload.BLOCK_HEADER + RedPayload.PRIMARY_HEADER;
        for (int i = blocks - 1; i >= 0; i--) {
            RedPayload.writeBlockHeader(packet, header, types[i], timestamp - timestamps[i], lengths[i]);
            System.arraycopy(payloads[i], 0, packet, block, lengths[i]);
            header += RedPayload.BLOCK_HEADER;
            block += lengths[i];
        }
        packet[header] = (byte) payloadType;
        return before + length;
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.rtp;

/**
 * A view of the payload of redundant audio data (RFC 2198 §3): earlier blocks of sound a second
 * time, and the primary block, which is new. One view serves many payloads: {@link #wrap} sets it to
 * the next. Accessors read only what {@code wrap} has checked. Allocates nothing.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * |1|  block PT   |     timestamp offset      |   block length    |  for each redundant block
 * |0|  block PT   |                                                  for the primary block
 * </pre>
 */
public final class RedPayload {
    /** The header of a redundant block. */
    public static final int BLOCK_HEADER = 4;
    /** The header of the primary block. */
    public static final int PRIMARY_HEADER = 1;
    /** The largest offset that the header has room for, in units of the RTP clock. */
    public static final int MOST_OFFSET = (1 << 14) - 1;
    /** The most octets of a redundant block that the header has room for. */
    public static final int MOST_LENGTH = (1 << 10) - 1;
    /** More redundant blocks than anybody sends. */
    static final int MOST_BLOCKS = 16;

    private static final int FOLLOWED = 0x80;

    private final int[] headers = new int[MOST_BLOCKS];
    private final int[] starts = new int[MOST_BLOCKS];
    private int blocks;
    private int primaryType;
    private int primaryStart;
    private int primaryLength;

    /** Writes the header of a redundant block. */
    public static void writeBlockHeader(byte[] to, int at, int payloadType, int offset, int length) {
        int header = (FOLLOWED | payloadType) << 24 | offset << 10 | length;
        to[at] = (byte) (header >> 24);
        to[at + 1] = (byte) (header >> 16);
        to[at + 2] = (byte) (header >> 8);
        to[at + 3] = (byte) header;
    }

    /**
     * Checks a payload.
     *
     * @return whether all headers and blocks are within it; if not, the view must not be read
     */
    public boolean wrap(byte[] payload, int from, int length) {
        int end = from + length;
        int at = from;
        int sum = 0;
        blocks = 0;
        while (at < end && (payload[at] & FOLLOWED) != 0) {
            if (end - at < BLOCK_HEADER || blocks == MOST_BLOCKS) {
                return false;
            }
            int header = (payload[at] & 0xFF) << 24
                    | (payload[at + 1] & 0xFF) << 16
                    | (payload[at + 2] & 0xFF) << 8
                    | (payload[at + 3] & 0xFF);
            headers[blocks] = header;
            starts[blocks] = sum;
            sum += header & MOST_LENGTH;
            blocks++;
            at += BLOCK_HEADER;
        }
        if (end - at < PRIMARY_HEADER + sum) {
            return false;
        }
        primaryType = payload[at];
        int first = at + PRIMARY_HEADER;
        for (int i = 0; i < blocks; i++) {
            starts[i] += first;
        }
        primaryStart = first + sum;
        primaryLength = end - primaryStart;
        return true;
    }

    /** The number of redundant blocks. */
    public int blocks() {
        return blocks;
    }

    /** The payload type of a redundant block. */
    public int payloadType(int block) {
        return header(block) >>> 24 & 0x7F;
    }

    /** How much earlier a redundant block is than the primary one, in units of the RTP clock. */
    public int offset(int block) {
        return header(block) >> 10 & MOST_OFFSET;
    }

    /** The octets of a redundant block. */
    public int length(int block) {
        return header(block) & MOST_LENGTH;
    }

    /** The index of a redundant block in the array. */
    public int start(int block) {
        return starts[checked(block)];
    }

    private int header(int block) {
        return headers[checked(block)];
    }

    private int checked(int block) {
        if (block < 0 || block >= blocks) {
            throw new IndexOutOfBoundsException("block " + block + " of " + blocks);
        }
        return block;
    }

    public int primaryType() {
        return primaryType;
    }

    /** The index of the primary block in the array. */
    public int primaryStart() {
        return primaryStart;
    }

    public int primaryLength() {
        return primaryLength;
    }
}

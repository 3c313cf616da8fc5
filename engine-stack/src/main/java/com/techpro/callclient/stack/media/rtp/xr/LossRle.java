// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.rtp.xr;

import java.nio.ByteBuffer;

/**
 * The chunks of a Loss RLE block (RFC 3611 §4.1): runs of packets of one fate, and vectors of
 * fifteen.
 */
final class LossRle {
    private static final int VECTOR = 0x8000;
    private static final int RECEIVED = 0x4000;
    private static final int LONGEST_RUN = 0x3FFF;
    private static final int VECTOR_BITS = 15;
    private static final int CHUNKS = XrPacket.BLOCK_HEADER + 8;

    private LossRle() {}

    /** Says which packets of the interval arrived. */
    interface Arrivals {
        boolean arrived(int offset);
    }

    /**
     * Writes chunks until the interval or the room ends, and fills the last word.
     *
     * @param octets the room, a multiple of 4
     * @return how many packets of the interval the chunks cover
     */
    static int write(ByteBuffer to, int packets, Arrivals arrivals, int octets) {
        int end = to.position() + octets;
        int offset = 0;
        int start = to.position();
        while (offset < packets && to.position() + 2 <= end) {
            int run = run(packets, arrivals, offset);
            if (run >= VECTOR_BITS || run == packets - offset) {
                to.putShort((short) ((arrivals.arrived(offset) ? RECEIVED : 0) | run));
                offset += run;
            } else {
                to.putShort((short) vector(packets, arrivals, offset));
                offset += Math.min(VECTOR_BITS, packets - offset);
            }
        }
        if ((to.position() - start) % 4 != 0) {
            to.putShort((short) 0);
        }
        return offset;
    }

    private static int run(int packets, Arrivals arrivals, int from) {
        boolean fate = arrivals.arrived(from);
        int to = from + 1;
        while (to < packets && to - from < LONGEST_RUN && arrivals.arrived(to) == fate) {
            to++;
        }
        return to - from;
    }

    private static int vector(int packets, Arrivals arrivals, int from) {
        int chunk = VECTOR;
        for (int bit = 0; bit < VECTOR_BITS && from + bit < packets; bit++) {
            if (arrivals.arrived(from + bit)) {
                chunk |= 1 << (VECTOR_BITS - 1 - bit);
            }
        }
        return chunk;
    }

    /** Reads a block. Chunks beyond the interval mean nothing, and an interval that they do not cover ends with them. */
    static void read(ByteBuffer packet, int at, int length, XrPacket.Reader reader) {
        int first = packet.getShort(at + 8) & 0xFFFF;
        int rest = (packet.getShort(at + 10) - first) & 0xFFFF;
        int packets = 0;
        int lost = 0;
        int run = 0;
        int longest = 0;
        for (int chunk = at + CHUNKS; chunk < at + length && rest > 0; chunk += 2) {
            int value = packet.getShort(chunk) & 0xFFFF;
            if (value == 0) {
                break;
            }
            boolean vector = (value & VECTOR) != 0;
            int covered = Math.min(rest, vector ? VECTOR_BITS : value & LONGEST_RUN);
            if (vector) {
                for (int bit = 0; bit < covered; bit++) {
                    boolean missing = (value & 1 << (VECTOR_BITS - 1 - bit)) == 0;
                    run = missing ? run + 1 : 0;
                    lost += missing ? 1 : 0;
                    longest = Math.max(longest, run);
                }
            } else if ((value & RECEIVED) == 0) {
                run += covered;
                lost += covered;
                longest = Math.max(longest, run);
            } else if (covered > 0) {
                run = 0;
            }
            packets += covered;
            rest -= covered;
        }
        reader.lossRle(packet.getInt(at + 4), packets, lost, longest);
    }
}

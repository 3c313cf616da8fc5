// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.srtp;

/** The 48-bit packet index of a 16-bit sequence number (RFC 3711 §3.3.1 and appendix A). */
final class PacketIndex {
    /** One more than the largest index. */
    static final long LIMIT = 1L << 48;

    private PacketIndex() {}

    /**
     * Returns the index nearest to the highest one known.
     *
     * @param highest the highest index accepted, or -1 before the first: then the roll-over counter
     *     is 0
     * @return the index; negative if it lies before the first roll-over, {@link #LIMIT} or more if
     *     after the last
     */
    static long estimate(long highest, int sequence) {
        if (highest < 0) {
            return sequence;
        }
        int last = (int) (highest & 0xFFFF);
        long rollOver = highest >>> 16;
        if (last < 0x8000 && sequence - last > 0x8000) {
            rollOver--;
        } else if (last >= 0x8000 && last - 0x8000 > sequence) {
            rollOver++;
        }
        return (rollOver << 16) + sequence;
    }
}

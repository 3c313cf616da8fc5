// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.rtp;

import java.nio.ByteBuffer;

/**
 * A view of an RTP packet (RFC 3550 §5.1) in an array-backed buffer. One view serves many packets:
 * {@link #wrap} sets it to the next. Accessors read only what {@code wrap} has checked, so none can
 * leave the packet.
 *
 * <pre>
 *  0                   1                   2                   3
 *  0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 * |V=2|P|X|  CC   |M|     PT      |       sequence number         |
 * |                           timestamp                           |
 * |                             SSRC                              |
 * |            CSRC (0 to 15), then the extension if X            |
 * </pre>
 */
public final class RtpPacket {
    /** The header without contributing sources and extension. */
    public static final int FIXED_HEADER = 12;

    private static final int VERSION_2 = 0x80;

    private ByteBuffer buffer = ByteBuffer.allocate(FIXED_HEADER);
    private int start;
    private int payloadStart;
    private int payloadLength;

    /**
     * Returns the length of the header with sources and extension, or -1 if it is no RTP header.
     * Padding is not checked: in SRTP it is encrypted.
     */
    public static int headerLength(ByteBuffer packet) {
        int start = packet.position();
        int length = packet.remaining();
        if (length < FIXED_HEADER || (packet.get(start) & 0xC0) != VERSION_2) {
            return -1;
        }
        int header = FIXED_HEADER + 4 * (packet.get(start) & 0x0F);
        if ((packet.get(start) & 0x10) != 0) {
            if (length < header + 4) {
                return -1;
            }
            header += 4 + 4 * (packet.getShort(start + header + 2) & 0xFFFF);
        }
        return header <= length ? header : -1;
    }

    /**
     * Writes a header without contributing sources, extension and padding at the position, and
     * advances it.
     */
    public static void writeHeader(
            ByteBuffer to, boolean marker, int payloadType, int sequence, int timestamp, int ssrc) {
        to.put((byte) VERSION_2);
        to.put((byte) ((marker ? 0x80 : 0) | payloadType));
        to.putShort((short) sequence);
        to.putInt(timestamp);
        to.putInt(ssrc);
    }

    /**
     * Checks the packet between position and limit.
     *
     * @return whether it is a well-formed RTP packet; if not, the view must not be read
     */
    public boolean wrap(ByteBuffer packet) {
        int header = headerLength(packet);
        if (header < 0) {
            return false;
        }
        start = packet.position();
        payloadStart = start + header;
        payloadLength = packet.remaining() - header;
        if ((packet.get(start) & 0x20) != 0) {
            int padding = payloadLength == 0 ? 0 : packet.get(packet.limit() - 1) & 0xFF;
            if (padding == 0 || padding > payloadLength) {
                return false;
            }
            payloadLength -= padding;
        }
        buffer = packet;
        return true;
    }

    public boolean marker() {
        return buffer.get(start + 1) < 0;
    }

    public int payloadType() {
        return buffer.get(start + 1) & 0x7F;
    }

    /** 0 to 65535. */
    public int sequence() {
        return buffer.getShort(start + 2) & 0xFFFF;
    }

    /** All 32 bits count; compare by difference. */
    public int timestamp() {
        return buffer.getInt(start + 4);
    }

    /** All 32 bits count. */
    public int ssrc() {
        return buffer.getInt(start + 8);
    }

    /** The number of contributing sources. */
    public int csrcCount() {
        return buffer.get(start) & 0x0F;
    }

    public int csrc(int i) {
        if (i < 0 || i >= csrcCount()) {
            throw new IndexOutOfBoundsException("csrc " + i + " of " + csrcCount());
        }
        return buffer.getInt(start + FIXED_HEADER + 4 * i);
    }

    /** The index of the payload in the buffer. */
    public int payloadStart() {
        return payloadStart;
    }

    /** Without padding. */
    public int payloadLength() {
        return payloadLength;
    }

    @Override
    public String toString() {
        return "RtpPacket[" + payloadLength + " bytes]";
    }
}

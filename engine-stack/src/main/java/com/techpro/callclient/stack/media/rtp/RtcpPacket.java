// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.rtp;

import java.nio.ByteBuffer;

/** Reads compound RTCP packets (RFC 3550 §6, checked by §A.2) without allocating. */
public final class RtcpPacket {
    static final int SENDER_REPORT = 200;
    static final int RECEIVER_REPORT = 201;
    static final int SOURCE_DESCRIPTION = 202;
    static final int GOODBYE = 203;
    /** RFC 3611 §2. */
    static final int EXTENDED_REPORT = 207;

    private static final int REPORT_BLOCK = 24;
    private static final int SENDER_INFO = 20;

    private RtcpPacket() {}

    /** Receives the content of a compound packet, in order. */
    public interface Reader {
        /** The reporter of the blocks that follow. */
        void reporter(int ssrc);

        /**
         * @param ntpMiddle the middle 32 bits of the NTP timestamp: the LSR of our next report
         */
        void senderReport(int ssrc, int ntpMiddle, int rtpTimestamp, long packets, long octets);

        /**
         * @param reporter the SSRC of the report's sender
         * @param about the SSRC that the block is about
         * @param fractionLost in 256ths
         * @param cumulativeLost signed
         * @param jitter in units of the timestamps
         * @param lastSenderReport LSR; 0 if none came yet
         * @param delaySince DLSR in 65536ths of a second
         */
        void reportBlock(
                int reporter,
                int about,
                int fractionLost,
                int cumulativeLost,
                long jitter,
                int lastSenderReport,
                int delaySince);

        void goodbye(int ssrc);

        /**
         * An extended report (RFC 3611), whose blocks are not checked.
         *
         * @param from of its header
         * @param end of the packet
         */
        default void extendedReport(ByteBuffer packet, int from, int end) {}
    }

    /**
     * Whether a packet on a shared port is RTCP: RTP must not use payload types 64 to 95 there (RFC
     * 5761 §4).
     */
    public static boolean isRtcp(ByteBuffer packet) {
        if (packet.remaining() < 2) {
            return false;
        }
        int payloadType = packet.get(packet.position() + 1) & 0x7F;
        return payloadType >= 64 && payloadType <= 95;
    }

    /**
     * Checks all of the compound packet between position and limit, then reads it. The position
     * stays.
     *
     * @return whether it was well-formed; if not, the reader was not called
     */
    public static boolean read(ByteBuffer packet, Reader reader) {
        if (!wellFormed(packet)) {
            return false;
        }
        int at = packet.position();
        while (at < packet.limit()) {
            int end = at + length(packet, at);
            switch (packet.get(at + 1) & 0xFF) {
                case SENDER_REPORT -> readSenderReport(packet, at, reader);
                case RECEIVER_REPORT -> {
                    reader.reporter(packet.getInt(at + 4));
                    readBlocks(packet, at, at + 8, reader);
                }
                case GOODBYE -> readGoodbye(packet, at, reader);
                case EXTENDED_REPORT -> reader.extendedReport(packet, at, end);
                // Source descriptions name people; application packets mean nothing to us.
                default -> {}
            }
            at = end;
        }
        return true;
    }

    private static boolean wellFormed(ByteBuffer packet) {
        int at = packet.position();
        int limit = packet.limit();
        if (limit - at < 8) {
            return false;
        }
        int first = packet.get(at + 1) & 0xFF;
        if (first != SENDER_REPORT && first != RECEIVER_REPORT) {
            return false;
        }
        while (at < limit) {
            if (limit - at < 4 || (packet.get(at) & 0xC0) != 0x80) {
                return false;
            }
            int length = length(packet, at);
            boolean padded = (packet.get(at) & 0x20) != 0;
            if (length > limit - at || (padded && at + length < limit) || length < least(packet, at)) {
                return false;
            }
            at += length;
        }
        return true;
    }

    /** Returns the minimum length of a packet of its type and count. */
    private static int least(ByteBuffer packet, int at) {
        int count = packet.get(at) & 0x1F;
        return switch (packet.get(at + 1) & 0xFF) {
            case SENDER_REPORT -> 8 + SENDER_INFO + count * REPORT_BLOCK;
            case RECEIVER_REPORT -> 8 + count * REPORT_BLOCK;
            case GOODBYE -> 4 + 4 * count;
            case EXTENDED_REPORT -> 8;
            default -> 4;
        };
    }

    private static int length(ByteBuffer packet, int at) {
        return 4 * ((packet.getShort(at + 2) & 0xFFFF) + 1);
    }

    private static void readSenderReport(ByteBuffer packet, int at, Reader reader) {
        reader.reporter(packet.getInt(at + 4));
        int ntpMiddle = (packet.getShort(at + 10) << 16) | (packet.getShort(at + 12) & 0xFFFF);
        reader.senderReport(
                packet.getInt(at + 4),
                ntpMiddle,
                packet.getInt(at + 16),
                packet.getInt(at + 20) & 0xFFFFFFFFL,
                packet.getInt(at + 24) & 0xFFFFFFFFL);
        readBlocks(packet, at, at + 8 + SENDER_INFO, reader);
    }

    private static void readBlocks(ByteBuffer packet, int at, int firstBlock, Reader reader) {
        int count = packet.get(at) & 0x1F;
        for (int block = firstBlock; block < firstBlock + count * REPORT_BLOCK; block += REPORT_BLOCK) {
            int loss = packet.getInt(block + 4);
            reader.reportBlock(
                    packet.getInt(at + 4),
                    packet.getInt(block),
                    loss >>> 24,
                    loss << 8 >> 8,
                    packet.getInt(block + 12) & 0xFFFFFFFFL,
                    packet.getInt(block + 16),
                    packet.getInt(block + 20));
        }
    }

    private static void readGoodbye(ByteBuffer packet, int at, Reader reader) {
        int count = packet.get(at) & 0x1F;
        for (int i = 0; i < count; i++) {
            reader.goodbye(packet.getInt(at + 4 + 4 * i));
        }
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.rtp.xr;

import java.nio.ByteBuffer;

/** Reads extended reports (RFC 3611 §2 to §4) without allocating, except for VoIP metrics. */
public final class XrPacket {
    /** The RTCP packet type. */
    public static final int TYPE = 207;

    static final int LOSS_RLE = 1;
    static final int REFERENCE_TIME = 4;
    static final int DELAY_SINCE_REFERENCE = 5;
    static final int SUMMARY = 6;
    static final int VOIP_METRICS = 7;

    static final int HEADER = 8;
    static final int BLOCK_HEADER = 4;
    private static final int DLRR_ENTRY = 12;
    private static final int SUMMARY_LENGTH = 40;
    private static final int VOIP_METRICS_LENGTH = 36;

    static final int LOSS = 0x80;
    static final int DUPLICATES = 0x40;
    static final int JITTER = 0x20;

    private XrPacket() {}

    /** Receives the blocks in order. */
    public interface Reader {
        /**
         * The reporter's time, for a round trip.
         *
         * @param ntpMiddle the middle 32 bits of the NTP timestamp
         */
        void referenceTime(int reporter, int ntpMiddle);

        /**
         * The answer to a reference time.
         *
         * @param to the SSRC that sent the reference time
         * @param lastReference LRR; 0 if none came
         * @param delaySince DLRR in 65536ths of a second
         */
        void delaySinceReference(int to, int lastReference, int delaySince);

        /**
         * Lost packets of an interval.
         *
         * @param packets of the interval
         * @param longestRun the most packets in a row that were lost
         */
        void lossRle(int about, int packets, int lost, int longestRun);

        /**
         * A Statistics Summary. What it does not have is -1.
         *
         * @param meanJitter in units of the RTP clock
         */
        void summary(int about, long lost, long duplicates, long meanJitter);

        void voipMetrics(int about, VoipMetrics metrics);
    }

    /**
     * Reads one packet. Blocks of unknown types are skipped (§3), and those whose length is not the
     * one of their type.
     *
     * @param from of its header
     * @param end of the packet; the header, within these, was checked
     * @return false if a block is longer than the packet; then none was read
     */
    public static boolean read(ByteBuffer packet, int from, int end, Reader reader) {
        for (int at = from + HEADER; at < end; at += length(packet, at)) {
            if (end - at < BLOCK_HEADER || length(packet, at) > end - at) {
                return false;
            }
        }
        int reporter = packet.getInt(from + 4);
        for (int at = from + HEADER; at < end; at += length(packet, at)) {
            block(packet, at, length(packet, at), reporter, reader);
        }
        return true;
    }

    private static int length(ByteBuffer packet, int at) {
        return 4 * ((packet.getShort(at + 2) & 0xFFFF) + 1);
    }

    private static void block(ByteBuffer packet, int at, int length, int reporter, Reader reader) {
        switch (packet.get(at) & 0xFF) {
            case LOSS_RLE -> {
                if (length >= BLOCK_HEADER + 8 && (packet.get(at + 1) & 0x0F) == 0) {
                    LossRle.read(packet, at, length, reader);
                }
            }
            case REFERENCE_TIME -> {
                if (length == BLOCK_HEADER + 8) {
                    int middle = (packet.getShort(at + 6) << 16) | (packet.getShort(at + 8) & 0xFFFF);
                    reader.referenceTime(reporter, middle);
                }
            }
            case DELAY_SINCE_REFERENCE -> {
                for (int entry = at + BLOCK_HEADER; at + length - entry >= DLRR_ENTRY; entry += DLRR_ENTRY) {
                    reader.delaySinceReference(
                            packet.getInt(entry), packet.getInt(entry + 4), packet.getInt(entry + 8));
                }
            }
            case SUMMARY -> {
                if (length == SUMMARY_LENGTH) {
                    summary(packet, at, reader);
                }
            }
            case VOIP_METRICS -> {
                if (length == VOIP_METRICS_LENGTH) {
                    voipMetrics(packet, at, reader);
                }
            }
            default -> {}
        }
    }

    private static void summary(ByteBuffer packet, int at, Reader reader) {
        int flags = packet.get(at + 1);
        reader.summary(
                packet.getInt(at + 4),
                (flags & LOSS) == 0 ? -1 : unsigned(packet, at + 12),
                (flags & DUPLICATES) == 0 ? -1 : unsigned(packet, at + 16),
                (flags & JITTER) == 0 ? -1 : unsigned(packet, at + 28));
    }

    private static void voipMetrics(ByteBuffer packet, int at, Reader reader) {
        int content = at + BLOCK_HEADER;
        reader.voipMetrics(
                packet.getInt(content),
                new VoipMetrics(
                        octet(packet, content + 4),
                        octet(packet, content + 5),
                        octet(packet, content + 6),
                        octet(packet, content + 7),
                        word(packet, content + 8),
                        word(packet, content + 10),
                        word(packet, content + 12),
                        word(packet, content + 14),
                        octet(packet, content + 19),
                        octet(packet, content + 20),
                        octet(packet, content + 22),
                        octet(packet, content + 23),
                        octet(packet, content + 24),
                        word(packet, content + 26),
                        word(packet, content + 28),
                        word(packet, content + 30)));
    }

    private static int octet(ByteBuffer packet, int at) {
        return packet.get(at) & 0xFF;
    }

    private static int word(ByteBuffer packet, int at) {
        return packet.getShort(at) & 0xFFFF;
    }

    private static long unsigned(ByteBuffer packet, int at) {
        return packet.getInt(at) & 0xFFFF_FFFFL;
    }
}

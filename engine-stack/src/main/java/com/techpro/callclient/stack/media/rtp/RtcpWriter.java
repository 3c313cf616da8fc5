// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.rtp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Random;

/**
 * Writes the packets of a compound RTCP packet (RFC 3550 §6.1): a report, the source description
 * with the CNAME, and optionally BYE. Begin with one of the two reports, add blocks, then the rest
 * in order.
 */
public final class RtcpWriter {
    private static final int VERSION_2 = 0x80;
    private static final int CNAME = 1;

    private final ByteBuffer to;
    private int report;

    /** Writes at the position of the buffer. */
    public RtcpWriter(ByteBuffer to) {
        this.to = to;
    }

    /** Returns a CNAME that identifies nobody: 96 random bits (RFC 7022 §4.2). */
    public static byte[] randomCname(Random random) {
        byte[] bits = new byte[12];
        random.nextBytes(bits);
        return Base64.getEncoder().encodeToString(bits).getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * @param ntp seconds since 1900 in the upper half, their fraction in the lower
     */
    public void senderReport(int ssrc, long ntp, int rtpTimestamp, long packets, long octets) {
        begin(RtcpPacket.SENDER_REPORT, 0, ssrc);
        to.putLong(ntp).putInt(rtpTimestamp).putInt((int) packets).putInt((int) octets);
        finish(report);
    }

    public void receiverReport(int ssrc) {
        begin(RtcpPacket.RECEIVER_REPORT, 0, ssrc);
        finish(report);
    }

    /**
     * Adds a block to the last report; the parameters are those of
     * {@link RtcpPacket.Reader#reportBlock}.
     */
    public void reportBlock(
            int about,
            int fractionLost,
            long cumulativeLost,
            int extendedHighestSequence,
            long jitter,
            int lastSenderReport,
            int delaySince) {
        int lost = (int) Math.max(-0x800000, Math.min(0x7FFFFF, cumulativeLost));
        to.putInt(about).putInt((fractionLost << 24) | (lost & 0xFFFFFF)).putInt(extendedHighestSequence);
        to.putInt((int) jitter).putInt(lastSenderReport).putInt(delaySince);
        to.put(report, (byte) (to.get(report) + 1));
        finish(report);
    }

    /**
     * Writes the source description: one chunk with only the CNAME, because every other item
     * identifies a person.
     */
    public void sourceDescription(int ssrc, byte[] cname) {
        int start = to.position();
        begin(RtcpPacket.SOURCE_DESCRIPTION, 1, ssrc);
        to.put((byte) CNAME).put((byte) cname.length).put(cname);
        do {
            to.put((byte) 0);
        } while ((to.position() - start) % 4 != 0);
        finish(start);
    }

    public void goodbye(int ssrc) {
        int start = to.position();
        begin(RtcpPacket.GOODBYE, 1, ssrc);
        finish(start);
    }

    private void begin(int type, int count, int ssrc) {
        report = to.position();
        to.put((byte) (VERSION_2 | count)).put((byte) type).putShort((short) 0).putInt(ssrc);
    }

    private void finish(int start) {
        to.putShort(start + 2, (short) ((to.position() - start) / 4 - 1));
    }
}

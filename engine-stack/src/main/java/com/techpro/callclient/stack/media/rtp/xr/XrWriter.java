// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.rtp.xr;

import com.techpro.callclient.stack.media.quality.ReceptionLog;
import java.nio.Buffer;
import java.nio.ByteBuffer;

/**
 * Writes one extended report packet (RFC 3611 §2). Begin, write blocks, and end; without a block
 * nothing is written.
 */
public final class XrWriter {
    private static final int VERSION_2 = 0x80;
    private static final int WORD = 4;

    private final ByteBuffer to;
    private final int start;

    /** Begins a packet at the position of the buffer. */
    public XrWriter(ByteBuffer to, int ssrc) {
        this.to = to;
        this.start = to.position();
        to.put((byte) VERSION_2).put((byte) XrPacket.TYPE).putShort((short) 0).putInt(ssrc);
    }

    /** This side's time (§4.4). */
    public void referenceTime(long ntp) {
        int block = begin(XrPacket.REFERENCE_TIME, 0);
        to.putLong(ntp);
        finish(block);
    }

    /**
     * The answer to a reference time (§4.5).
     *
     * @param delaySince in 65536ths of a second
     */
    public void delaySinceReference(int reporter, int lastReference, int delaySince) {
        int block = begin(XrPacket.DELAY_SINCE_REFERENCE, 0);
        to.putInt(reporter).putInt(lastReference).putInt(delaySince);
        finish(block);
    }

    /**
     * Which packets of the log's interval arrived (§4.1), from the first on as far as there is
     * room.
     *
     * @param octets the most for the block
     */
    public void lossRle(int about, ReceptionLog log, int octets) {
        int room = (octets - XrPacket.HEADER - WORD) / WORD * WORD;
        if (room <= 0 || log.length() == 0) {
            return;
        }
        int block = begin(XrPacket.LOSS_RLE, 0);
        int first = log.firstSequence();
        to.putInt(about).putShort((short) first);
        int end = to.position();
        to.putShort((short) 0);
        int covered = LossRle.write(to, log.length(), log::arrived, room);
        to.putShort(end, (short) (first + covered));
        finish(block);
    }

    /**
     * A summary of the log's interval (§4.6), with what the formats permit. TTLs are unknown here.
     */
    public void summary(int about, ReceptionLog log, XrFormats permitted) {
        int flags = (permitted.loss() ? XrPacket.LOSS : 0)
                | (permitted.duplicates() ? XrPacket.DUPLICATES : 0)
                | (permitted.jitter() ? XrPacket.JITTER : 0);
        int block = begin(XrPacket.SUMMARY, flags);
        int first = log.firstSequence();
        ReceptionLog.Jitter jitter = permitted.jitter() ? log.jitter() : new ReceptionLog.Jitter(0, 0, 0, 0);
        to.putInt(about).putShort((short) first).putShort((short) (first + log.length()));
        to.putInt(permitted.loss() ? log.lostInInterval() : 0);
        to.putInt(permitted.duplicates() ? (int) log.duplicates() : 0);
        to.putInt((int) jitter.least()).putInt((int) jitter.most());
        to.putInt((int) jitter.mean()).putInt((int) jitter.deviation());
        to.putInt(0);
        finish(block);
    }

    /** The quality since the beginning (§4.7). */
    public void voipMetrics(int about, VoipMetrics metrics) {
        int block = begin(XrPacket.VOIP_METRICS, 0);
        to.putInt(about);
        octet(metrics.lossRate());
        octet(metrics.discardRate());
        octet(metrics.burstDensity());
        octet(metrics.gapDensity());
        word(metrics.burstMillis());
        word(metrics.gapMillis());
        word(metrics.roundTripMillis());
        word(metrics.endSystemMillis());
        // Signal level, noise level and residual echo are not measured here.
        octet(VoipMetrics.UNAVAILABLE);
        octet(VoipMetrics.UNAVAILABLE);
        octet(VoipMetrics.UNAVAILABLE);
        octet(metrics.gmin());
        octet(metrics.rating());
        octet(VoipMetrics.UNAVAILABLE);
        octet(metrics.listeningQuality());
        octet(metrics.conversationalQuality());
        octet(metrics.receiverConfiguration());
        octet(0);
        word(metrics.nominalMillis());
        word(metrics.mostMillis());
        word(metrics.absoluteMostMillis());
        finish(block);
    }

    /** Ends the packet. */
    public void end() {
        int length = to.position() - start;
        if (length == XrPacket.HEADER) {
            ((Buffer) to).position(start);
        } else {
            to.putShort(start + 2, (short) (length / WORD - 1));
        }
    }

    private int begin(int type, int specific) {
        int block = to.position();
        to.put((byte) type).put((byte) specific).putShort((short) 0);
        return block;
    }

    private void finish(int block) {
        to.putShort(block + 2, (short) ((to.position() - block) / WORD - 1));
    }

    private void octet(int value) {
        to.put((byte) Math.max(0, Math.min(0xFF, value)));
    }

    private void word(int value) {
        to.putShort((short) Math.max(0, Math.min(0xFFFF, value)));
    }
}

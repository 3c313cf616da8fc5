// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import com.techpro.callclient.stack.media.rtp.NtpTime;
import com.techpro.callclient.stack.media.rtp.RtcpInterval;
import com.techpro.callclient.stack.media.rtp.RtcpPacket;
import com.techpro.callclient.stack.media.rtp.RtcpWriter;
import com.techpro.callclient.stack.media.rtp.SequenceNumbers;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Random;

/**
 * The RTCP of one session (RFC 3550 §6): writes reports when they are due, and reads the far end's.
 * Belongs to the media loop.
 */
final class RtcpSession implements RtcpPacket.Reader {
    /** G.711 with its headers. */
    private static final int SESSION_BANDWIDTH = 80_000;

    private final AudioSender sender;
    private final AudioReceiver receiver;
    private final RtcpInterval interval;
    private final byte[] cname;
    private final DropCounters drops;
    private final RoundTrips roundTrips = new RoundTrips();
    private final ExtendedReports extended;
    private final Instant opened;
    private final long openedTime;
    private long now;
    /**
     * The source of {@link #lastSenderReport}; a source that has taken over since has sent none.
     */
    private int lastSenderReportSource;

    private int lastSenderReport;
    private long lastSenderReportTime;
    private long packetsAtLastReport;
    private boolean sentAny;
    private boolean remoteLossKnown;
    private double remoteLossPercent;
    private long remoteJitter;
    private boolean collision;

    /**
     * @param opened the wall clock now; later times follow the monotonic clock, so that a clock
     *     change does not distort round trips
     */
    RtcpSession(
            AudioSender sender, AudioReceiver receiver, Random random, Instant opened, long now, DropCounters drops) {
        this.drops = drops;
        this.extended = new ExtendedReports(sender, receiver, roundTrips);
        this.opened = opened;
        this.openedTime = now;
        this.sender = sender;
        this.receiver = receiver;
        this.interval = new RtcpInterval(random, SESSION_BANDWIDTH, now);
        this.cname = RtcpWriter.randomCname(random);
    }

    boolean due(long time) {
        return interval.due(time, members(), senders(), weSend());
    }

    /** Writes the next report, with BYE if it is the last. */
    void write(ByteBuffer to, long time, boolean goodbye) {
        var writer = new RtcpWriter(to);
        int ssrc = sender.outgoing().ssrc();
        if (weSend()) {
            writer.senderReport(
                    ssrc,
                    ntp(time),
                    sender.timestampAt(time),
                    sender.outgoing().packets(),
                    sender.outgoing().octets());
        } else {
            writer.receiverReport(ssrc);
        }
        if (receiver.sources().hasSource()) {
            SequenceNumbers numbers = receiver.sources().numbers();
            int last = lastSenderReportSource == receiver.sources().source() ? lastSenderReport : 0;
            writer.reportBlock(
                    receiver.sources().source(),
                    numbers.fractionLost(),
                    numbers.lost(),
                    numbers.extendedHighest(),
                    receiver.depacketizer().jitter(),
                    last,
                    last == 0 ? 0 : NtpTime.units(time - lastSenderReportTime));
        }
        writer.sourceDescription(ssrc, cname);
        extended.write(to, time, ntp(time), weSend());
        if (goodbye) {
            writer.goodbye(ssrc);
        }
    }

    /** The report was sent with this length. */
    void sent(long time, int octets) {
        packetsAtLastReport = sender.outgoing().packets();
        sentAny = true;
        interval.sent(time, octets, members(), senders(), weSend());
    }

    /** Whether anything was ever sent; if not, no BYE is sent (RFC 3550 §6.3.7). */
    boolean everHeard() {
        return sentAny || sender.outgoing().packets() > 0;
    }

    /**
     * Reads a compound packet.
     *
     * @return whether it was well-formed
     */
    boolean read(ByteBuffer packet, long time) {
        now = time;
        roundTrips.arrived(NtpTime.middle(ntp(time)));
        if (!RtcpPacket.read(packet, this)) {
            return false;
        }
        interval.sized(packet.remaining());
        return true;
    }

    @Override
    public void reporter(int ssrc) {
        collision |= ssrc == sender.outgoing().ssrc();
    }

    @Override
    public void senderReport(int ssrc, int ntpMiddle, int rtpTimestamp, long packets, long octets) {
        if (receiver.sources().is(ssrc)) {
            lastSenderReportSource = ssrc;
            lastSenderReport = ntpMiddle;
            lastSenderReportTime = now;
        }
    }

    @Override
    public void reportBlock(
            int reporter,
            int about,
            int fractionLost,
            int cumulativeLost,
            long jitter,
            int lastReport,
            int delaySince) {
        if (about != sender.outgoing().ssrc()) {
            return;
        }
        remoteLossKnown = true;
        remoteLossPercent = fractionLost * 100.0 / 256;
        sender.lossReported(remoteLossPercent);
        remoteJitter = jitter;
        roundTrips.answered(lastReport, delaySince);
    }

    @Override
    public void extendedReport(ByteBuffer packet, int from, int end) {
        if (!extended.read(packet, from, end, now)) {
            drops.malformed++;
        }
    }

    @Override
    public void goodbye(int ssrc) {
        // Only the signalling ends calls; after a BYE, another source may take over.
        receiver.sources().goodbye(ssrc);
    }

    /** Whether the far end has used our SSRC; the call resets it. */
    boolean takeCollision() {
        boolean seen = collision;
        collision = false;
        return seen;
    }

    /** Negative until the first is known. */
    long roundTripNanos() {
        return roundTrips.nanos();
    }

    ExtendedReports extended() {
        return extended;
    }

    boolean remoteLossKnown() {
        return remoteLossKnown;
    }

    double remoteLossPercent() {
        return remoteLossPercent;
    }

    /** The jitter of our packets that the far end reports, in RTP clock units. */
    long remoteJitter() {
        return remoteJitter;
    }

    private boolean weSend() {
        return sender.outgoing().packets() != packetsAtLastReport;
    }

    private long ntp(long time) {
        return NtpTime.of(opened.plusNanos(time - openedTime));
    }

    private int members() {
        return receiver.sources().hasSource() ? 2 : 1;
    }

    private int senders() {
        return (weSend() ? 1 : 0) + (receiver.sources().hasSource() ? 1 : 0);
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import com.techpro.callclient.stack.media.codec.Codec;
import com.techpro.callclient.stack.media.quality.BurstMetrics;
import com.techpro.callclient.stack.media.quality.EModel;
import com.techpro.callclient.stack.media.quality.ReceptionLog;
import com.techpro.callclient.stack.media.rtp.NtpTime;
import com.techpro.callclient.stack.media.rtp.xr.VoipMetrics;
import com.techpro.callclient.stack.media.rtp.xr.XrFormats;
import com.techpro.callclient.stack.media.rtp.xr.XrPacket;
import com.techpro.callclient.stack.media.rtp.xr.XrWriter;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * The extended reports of one session (RFC 3611): writes the blocks that the far end permits, and
 * reads its own. Belongs to the media loop.
 */
final class ExtendedReports implements XrPacket.Reader {
    private static final double NANOS_PER_MILLI = 1e6;
    private static final int IN_256THS = 256;
    /** How long the jitter buffer waits for uneven packets at most. */
    private static final int MOST_JITTER_MILLIS = 160;

    private final AudioSender sender;
    private final AudioReceiver receiver;
    private final RoundTrips roundTrips;
    private XrFormats permitted = XrFormats.NONE;
    private long now;
    /** The last reference time of the far end, and its SSRC; 0 until one came. */
    private int reference;

    private int referenceReporter;
    private long referenceTime;
    private @Nullable VoipMetrics remote;
    private @Nullable RemoteLosses remoteLosses;

    /** The far end's losses of the last interval that it reported by a Loss RLE block. */
    record RemoteLosses(int packets, int lost, int longestRun) {}

    ExtendedReports(AudioSender sender, AudioReceiver receiver, RoundTrips roundTrips) {
        this.sender = sender;
        this.receiver = receiver;
        this.roundTrips = roundTrips;
    }

    /** The far end permits these reports from now on. */
    void permit(XrFormats formats) {
        permitted = formats;
    }

    /**
     * Writes a packet with what there is to report; none if nothing is permitted.
     *
     * @param ntp the time now
     * @param weSend whether this side sends media
     */
    void write(ByteBuffer to, long time, long ntp, boolean weSend) {
        if (permitted.equals(XrFormats.NONE)) {
            return;
        }
        var writer = new XrWriter(to, sender.outgoing().ssrc());
        XrFormats.RoundTrip mode = permitted.roundTrip();
        if (mode != XrFormats.RoundTrip.NONE) {
            writer.referenceTime(ntp);
        }
        if (reference != 0 && (mode == XrFormats.RoundTrip.ALL || (mode == XrFormats.RoundTrip.SENDER && weSend))) {
            writer.delaySinceReference(referenceReporter, reference, NtpTime.units(time - referenceTime));
        }
        if (receiver.sources().hasSource()) {
            ReceptionLog log = receiver.reception();
            if (permitted.lossRle() > 0) {
                writer.lossRle(receiver.sources().source(), log, Math.min(permitted.lossRle(), XrFormats.LARGEST_RLE));
            }
            if (permitted.summary() && log.length() > 0) {
                writer.summary(receiver.sources().source(), log, permitted);
            }
            if (permitted.voipMetrics()) {
                writer.voipMetrics(receiver.sources().source(), voipMetrics());
            }
            log.reported();
        }
        writer.end();
    }

    /** What this side has measured since the beginning, as VoIP metrics. */
    VoipMetrics voipMetrics() {
        BurstMetrics bursts = receiver.reception().metrics();
        double packetMillis = receiver.depacketizer().packetNanos() / NANOS_PER_MILLI;
        // A late packet that is still played is not discarded (RFC 3611 §4.7.1), but its time was made up.
        double missing = 100 * Math.max(bursts.lossRate() + bursts.discardRate(), receiver.concealedShare());
        Codec.Impairment codec = receiver.depacketizer().impairment();
        double delay = delayMillis();
        int buffered = (int) Math.round(receiver.delayNanos() / NANOS_PER_MILLI);
        return new VoipMetrics(
                in256ths(bursts.lossRate()),
                in256ths(bursts.discardRate()),
                in256ths(bursts.burstDensity()),
                in256ths(bursts.gapDensity()),
                (int) Math.round(bursts.burstLength() * packetMillis),
                (int) Math.round(bursts.gapLength() * packetMillis),
                (int) Math.round(Math.max(0, roundTrips.nanos()) / NANOS_PER_MILLI),
                (int) Math.round(endSystemMillis()),
                BurstMetrics.GMIN,
                (int) Math.round(Math.max(
                        0, Math.min(100, EModel.narrowbandRating(delay, missing, bursts.burstRatio(), codec)))),
                tenths(EModel.mos(0, missing, bursts.burstRatio(), codec)),
                tenths(EModel.mos(delay, missing, bursts.burstRatio(), codec)),
                VoipMetrics.STANDARD_ADAPTIVE,
                buffered,
                Math.max(buffered, MOST_JITTER_MILLIS),
                Math.max(buffered, MOST_JITTER_MILLIS));
    }

    /**
     * The delay from mouth to ear, in milliseconds. If the far end tells its part, it is half of the
     * whole circle (RFC 3611 §4.7.3); if not, the far end is taken to need a packet's time.
     */
    double delayMillis() {
        double network = Math.max(0, roundTrips.nanos()) / NANOS_PER_MILLI;
        VoipMetrics theirs = remote;
        if (theirs == null || theirs.endSystemMillis() == 0) {
            return endSystemMillis() + network / 2;
        }
        return (network + endSystemMillis() + theirs.endSystemMillis()) / 2;
    }

    /**
     * What this end adds: the time to fill a packet, and the wait in jitter buffer and speaker's
     * ring. How long the device itself takes, no audio port tells.
     */
    private double endSystemMillis() {
        return (receiver.depacketizer().packetNanos() + receiver.delayNanos()) / NANOS_PER_MILLI;
    }

    private static int in256ths(double share) {
        return (int) Math.min(IN_256THS - 1, Math.floor(share * IN_256THS));
    }

    private static int tenths(double mos) {
        return (int) Math.round(mos * 10);
    }

    /** @return false if a block is longer than the packet */
    boolean read(ByteBuffer packet, int from, int end, long time) {
        now = time;
        return XrPacket.read(packet, from, end, this);
    }

    @Override
    public void referenceTime(int reporter, int ntpMiddle) {
        reference = ntpMiddle;
        referenceReporter = reporter;
        referenceTime = now;
    }

    @Override
    public void delaySinceReference(int to, int lastReference, int delaySince) {
        if (to == sender.outgoing().ssrc()) {
            roundTrips.answered(lastReference, delaySince);
        }
    }

    @Override
    public void lossRle(int about, int packets, int lost, int longestRun) {
        if (about == sender.outgoing().ssrc()) {
            remoteLosses = new RemoteLosses(packets, lost, longestRun);
        }
    }

    @Override
    public void summary(int about, long lost, long duplicates, long meanJitter) {
        // The report block of the same packet has the losses and the jitter.
    }

    @Override
    public void voipMetrics(int about, VoipMetrics metrics) {
        if (about == sender.outgoing().ssrc()) {
            remote = metrics;
        }
    }

    /** What the far end last reported of this side's media; null until then. */
    @Nullable
    VoipMetrics remote() {
        return remote;
    }

    /** Null until the far end sent a Loss RLE block. */
    @Nullable
    RemoteLosses remoteLosses() {
        return remoteLosses;
    }
}

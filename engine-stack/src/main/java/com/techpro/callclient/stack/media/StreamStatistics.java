// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import com.techpro.callclient.stack.media.playout.Playout;
import com.techpro.callclient.stack.media.quality.EModel;
import com.techpro.callclient.stack.media.quality.QualityHistory;
import com.techpro.callclient.stack.media.quality.ReceptionLog;
import com.techpro.callclient.stack.media.rtp.RtpClock;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes a snapshot of a stream's counters once a second. Shares cover the last five seconds. */
final class StreamStatistics {
    private static final int SECONDS = 5;
    private final AudioSender sender;
    private final AudioReceiver receiver;
    private final RtcpSession rtcp;
    private final DropCounters drops;
    private final long[] expected = new long[SECONDS];
    private final long[] lost = new long[SECONDS];
    private final long[] spoken = new long[SECONDS];
    private final long[] unheard = new long[SECONDS];
    private final long[] settled = new long[SECONDS];
    private final long[] missing = new long[SECONDS];
    private final long[] runs = new long[SECONDS];
    private QualityHistory history = QualityHistory.EMPTY;
    private long expectedBefore;
    private long spokenNanos;
    private int second;

    StreamStatistics(AudioSender sender, AudioReceiver receiver, RtcpSession rtcp, DropCounters drops) {
        this.sender = sender;
        this.receiver = receiver;
        this.rtcp = rtcp;
        this.drops = drops;
    }

    /**
     * Called once a second.
     *
     * @param silent whether the far end has been missing long enough that the listener was told
     * @param now by the wall clock
     */
    MediaStatistics measure(boolean silent, @Nullable Duration interruption, Instant now) {
        Playout playout = receiver.playout();
        long concealed = receiver.concealedNanos();
        long expectedNow = receiver.sources().expected();
        // Concealment is measured in time, expected sound in packets of the far end's chosen
        // length.
        spokenNanos += Math.max(0, expectedNow - expectedBefore)
                * receiver.depacketizer().packetNanos();
        expectedBefore = expectedNow;
        long lostNow = receiver.sources().lost();
        long expectedLately = expectedNow - expected[second];
        double lossPercent = percent(lostNow - lost[second], expectedLately);
        double unheardPercent = percent(concealed - unheard[second], spokenNanos - spoken[second]);
        expected[second] = expectedNow;
        lost[second] = lostNow;
        spoken[second] = spokenNanos;
        unheard[second] = concealed;
        double burstRatio = burstRatio();
        second = (second + 1) % SECONDS;

        long trip = rtcp.roundTripNanos();
        Duration roundTrip = trip < 0 ? null : Duration.ofNanos(trip);
        Duration jitter = millis(receiver.depacketizer().jitter()
                * 1000.0
                / receiver.depacketizer().clockRate());
        Duration buffered = Duration.ofNanos(receiver.delayNanos());
        double mos = silent
                ? 1
                : EModel.mos(
                        rtcp.extended().delayMillis(),
                        unheardPercent,
                        burstRatio,
                        receiver.depacketizer().impairment());
        Instant measured = receiver.packets() > 0 || silent ? now : null;
        if (measured != null) {
            history = history.with(new QualityHistory.Second(now, mos, lossPercent, jitter, roundTrip, buffered));
        }
        return new MediaStatistics(
                sender.outgoing().totalPackets(),
                sender.outgoing().totalOctets(),
                receiver.packets(),
                receiver.octets(),
                lostNow,
                playout.buffer().late(),
                playout.buffer().duplicate(),
                Math.max(0, receiver.reordered()),
                concealed / MediaLoop.FRAME_NANOS,
                playout.recovered(),
                receiver.lateNanos() / MediaLoop.FRAME_NANOS,
                lossPercent,
                jitter,
                roundTrip,
                buffered,
                rtcp.remoteLossKnown() ? rtcp.remoteLossPercent() : null,
                mos,
                interruption,
                sender.hasReducedEffort(),
                drops.snapshot(),
                measured,
                receiver.reception().metrics(),
                receiver.played(),
                Duration.ofNanos(receiver.depacketizer().packetNanos()),
                remote(),
                history,
                rtcp.extended().voipMetrics(),
                sender.outgoing().ssrc(),
                receiver.sources().hasSource() ? receiver.sources().source() : null);
    }

    /** How the packets of the last seconds went missing. */
    private double burstRatio() {
        ReceptionLog log = receiver.reception();
        double ratio = ReceptionLog.burstRatio(
                log.missing() - missing[second], log.runs() - runs[second], log.packets() - settled[second]);
        missing[second] = log.missing();
        runs[second] = log.runs();
        settled[second] = log.packets();
        return ratio;
    }

    private MediaStatistics.@Nullable Remote remote() {
        if (!rtcp.remoteLossKnown()) {
            return null;
        }
        ExtendedReports.RemoteLosses losses = rtcp.extended().remoteLosses();
        return new MediaStatistics.Remote(
                rtcp.remoteLossPercent(),
                Duration.ofNanos(RtpClock.nanos(rtcp.remoteJitter(), sender.clockRate())),
                losses == null ? null : losses.longestRun(),
                rtcp.extended().remote());
    }

    private static double percent(long part, long whole) {
        return whole <= 0 || part <= 0 ? 0 : Math.min(100, 100.0 * part / whole);
    }

    private static Duration millis(double millis) {
        return Duration.ofNanos((long) (millis * 1e6));
    }
}

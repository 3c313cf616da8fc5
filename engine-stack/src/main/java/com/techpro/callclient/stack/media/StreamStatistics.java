// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import com.techpro.callclient.stack.media.playout.Playout;
import com.techpro.callclient.stack.media.quality.EModel;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes a snapshot of a stream's counters once a second. Shares cover the last five seconds. */
final class StreamStatistics {
    private static final int SECONDS = 5;
    private static final double NANOS_PER_MILLI = 1e6;
    private final AudioSender sender;
    private final AudioReceiver receiver;
    private final RtcpSession rtcp;
    private final DropCounters drops;
    private final long[] expected = new long[SECONDS];
    private final long[] lost = new long[SECONDS];
    private final long[] spoken = new long[SECONDS];
    private final long[] unheard = new long[SECONDS];
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
        long expectedNow = receiver.expected();
        // Concealment is measured in time, expected sound in packets of the far end's chosen
        // length.
        spokenNanos += Math.max(0, expectedNow - expectedBefore) * receiver.packetNanos();
        expectedBefore = expectedNow;
        long lostNow = receiver.lost();
        long expectedLately = expectedNow - expected[second];
        double lossPercent = percent(lostNow - lost[second], expectedLately);
        double unheardPercent = percent(concealed - unheard[second], spokenNanos - spoken[second]);
        expected[second] = expectedNow;
        lost[second] = lostNow;
        spoken[second] = spokenNanos;
        unheard[second] = concealed;
        second = (second + 1) % SECONDS;

        long trip = rtcp.roundTripNanos();
        double buffered = receiver.delayNanos() / NANOS_PER_MILLI;
        // Both ends need a packet's time to fill and empty it.
        double delay = buffered + receiver.packetNanos() / NANOS_PER_MILLI + Math.max(0, trip) / 2e6;
        return new MediaStatistics(
                sender.totalPackets(),
                sender.totalOctets(),
                receiver.packets(),
                receiver.octets(),
                lostNow,
                playout.late(),
                playout.duplicate(),
                Math.max(0, receiver.reordered()),
                concealed / MediaLoop.FRAME_NANOS,
                receiver.lateNanos() / MediaLoop.FRAME_NANOS,
                lossPercent,
                millis(receiver.jitter() * 1000.0 / receiver.clockRate()),
                trip < 0 ? null : Duration.ofNanos(trip),
                millis(buffered),
                rtcp.remoteLossKnown() ? rtcp.remoteLossPercent() : null,
                silent ? 1 : EModel.mos(delay, unheardPercent, receiver.impairment()),
                interruption,
                sender.hasReducedEffort(),
                drops.snapshot(),
                receiver.packets() > 0 || silent ? now : null);
    }

    private static double percent(long part, long whole) {
        return whole <= 0 || part <= 0 ? 0 : Math.min(100, 100.0 * part / whole);
    }

    private static Duration millis(double millis) {
        return Duration.ofNanos((long) (millis * 1e6));
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media;

import com.techpro.callclient.stack.media.quality.BurstMetrics;
import com.techpro.callclient.stack.media.quality.QualityHistory;
import com.techpro.callclient.stack.media.rtp.xr.VoipMetrics;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A snapshot of a session in figures. Counters count from the opening of the session.
 *
 * @param packetsSent RTP packets sent
 * @param octetsSent their payload
 * @param packetsReceived RTP packets of the validated source, duplicates included
 * @param octetsReceived their payload
 * @param lost packets that never arrived (RFC 3550 §A.3)
 * @param late packets that arrived after their playout time
 * @param duplicate packets that had arrived before
 * @param reordered packets overtaken by a later one
 * @param concealed frames concealed because the true ones were lost or late; an underrun is
 *     attributed, and counted, when it ends
 * @param recovered lost packets that were played all the same, out of later ones (RFC 2198, Opus)
 * @param framesLate the concealed frames that were not lost: they came too late, or the machine did
 *     not process them in time
 * @param lossPercent share of packets not received, in the last reporting interval
 * @param jitter interarrival jitter (RFC 3550 §6.4.1)
 * @param roundTrip from the far end's reports; null until the first
 * @param bufferDelay how long a packet waits in the jitter buffer now
 * @param remoteLossPercent the loss of our packets that the far end reports; null until the first
 *     report
 * @param mos E-model estimate of the listening and talking quality, 1 to 4.5, by G.107 or, for
 *     wideband codecs, by G.107.1; 1 while the far end is missing
 *     ({@link MediaListener#rtpTimeout})
 * @param interruption the longest time without sound from the far end around the last change of
 *     this device's address, including pauses of a far end that sends nothing while silent; null if
 *     the address never changed
 * @param reducedEffort whether this end encodes with less effort, because the processor is too slow
 * @param drops packets dropped unheard
 * @param measured when; null as long as it is not known whether the far end's sound arrives
 * @param bursts how packets of the far end went missing
 * @param played how sound was played
 * @param packetLength the sound in the latest packet
 * @param remote what the far end reports of our media; null until the first report
 * @param history of the last five minutes, a sample a second
 * @param overall the figures since the beginning, as this end reports them
 * @param ssrc of our media
 * @param remoteSsrc of the far end's; null as long as none was heard
 */
public record MediaStatistics(
        long packetsSent,
        long octetsSent,
        long packetsReceived,
        long octetsReceived,
        long lost,
        long late,
        long duplicate,
        long reordered,
        long concealed,
        long recovered,
        long framesLate,
        double lossPercent,
        Duration jitter,
        @Nullable Duration roundTrip,
        Duration bufferDelay,
        @Nullable Double remoteLossPercent,
        double mos,
        @Nullable Duration interruption,
        boolean reducedEffort,
        Drops drops,
        @Nullable Instant measured,
        BurstMetrics bursts,
        Played played,
        Duration packetLength,
        @Nullable Remote remote,
        QualityHistory history,
        @Nullable VoipMetrics overall,
        int ssrc,
        @Nullable Integer remoteSsrc) {

    /** The statistics of a session that has just opened. */
    public static final MediaStatistics NONE = new MediaStatistics(
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            0,
            Duration.ZERO,
            null,
            Duration.ZERO,
            null,
            4.4,
            null,
            false,
            Drops.NONE,
            null,
            BurstMetrics.NONE,
            Played.NOTHING,
            Duration.ZERO,
            null,
            QualityHistory.EMPTY,
            null,
            0,
            null);

    /**
     * What became of the far end's sound.
     *
     * @param sound made for the speaker
     * @param concealed of it, without what the speaker's side made up
     * @param concealments how often
     * @param inserted by expanding
     * @param removed by accelerating
     * @param meanDelay between a packet's coming and its playing
     * @param missed made up by the speaker's side, as the loop was late
     * @param underruns how often
     */
    public record Played(
            Duration sound,
            Duration concealed,
            long concealments,
            Duration inserted,
            Duration removed,
            Duration meanDelay,
            Duration missed,
            long underruns) {
        static final Played NOTHING = new Played(
                Duration.ZERO, Duration.ZERO, 0, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, 0);
    }

    /**
     * What the far end last reported of our media.
     *
     * @param lossPercent lost in its last interval
     * @param jitter interarrival jitter
     * @param longestLoss the most packets in a row lost in an interval; null if it does not say
     *     (RFC 3611 §4.1)
     * @param voip null if it sends none (RFC 3611 §4.7)
     */
    public record Remote(
            double lossPercent,
            Duration jitter,
            @Nullable Integer longestLoss,
            @Nullable VoipMetrics voip) {}

    /**
     * Dropped packets, by reason.
     *
     * @param malformed not RTP or RTCP
     * @param clearText not encrypted although the session is
     * @param notAuthentic failed authentication
     * @param replayed seen before, or too old to tell
     * @param unknownPayload of a payload type that was not agreed
     * @param unknownSource of a source on probation, one too many, or from a foreign address
     * @param unwanted arrived while the direction does not receive, or before anything was agreed
     * @param beforeKeys arrived before the keys of a handshake, in excess of the packets kept
     * @param faults packets and frames cut short by an exception
     */
    public record Drops(
            long malformed,
            long clearText,
            long notAuthentic,
            long replayed,
            long unknownPayload,
            long unknownSource,
            long unwanted,
            long beforeKeys,
            long faults) {
        public static final Drops NONE = new Drops(0, 0, 0, 0, 0, 0, 0, 0, 0);

        /** Returns the sum of both. */
        public Drops plus(Drops other) {
            return new Drops(
                    malformed + other.malformed,
                    clearText + other.clearText,
                    notAuthentic + other.notAuthentic,
                    replayed + other.replayed,
                    unknownPayload + other.unknownPayload,
                    unknownSource + other.unknownSource,
                    unwanted + other.unwanted,
                    beforeKeys + other.beforeKeys,
                    faults + other.faults);
        }
    }
}

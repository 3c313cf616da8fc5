// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * One moment of a session, in figures. Counters grow from the opening of the session.
 *
 * @param packetsSent RTP packets that went out
 * @param octetsSent their payload
 * @param packetsReceived RTP packets of the validated source, duplicates included
 * @param octetsReceived their payload
 * @param lost packets that never came (RFC 3550 §A.3)
 * @param late packets that came after their turn to be played
 * @param duplicate packets that had come before
 * @param reordered packets overtaken by a later one
 * @param concealed frames made up, as the true ones were lost or not there in time; what an empty buffer was about is known, and counted, when it ends
 * @param framesLate those of the frames made up that were not lost: they came too late, or the machine did not get round to them in time
 * @param lossPercent share of packets not received, of the last reporting interval
 * @param jitter interarrival jitter (RFC 3550 §6.4.1)
 * @param roundTrip from the far end's reports; null until the first
 * @param bufferDelay how long a packet waits in the jitter buffer now
 * @param remoteLossPercent what the far end reports of our packets; null until the first report
 * @param mos E-model estimate of the listening and talking quality, 1 to 4.5, by G.107 or, of wideband codecs, by G.107.1; 1 while the far end is missing ({@link MediaListener#rtpTimeout})
 * @param interruption the longest time without sound from the far end about the last change of this device's address, pauses of a far end that
 *     does not send its silence included; null if it never changed
 * @param drops packets thrown away unheard
 * @param measured when; null as long as nothing of the far end's sound is known, neither that it came nor that it is missing
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
        long framesLate,
        double lossPercent,
        Duration jitter,
        @Nullable Duration roundTrip,
        Duration bufferDelay,
        @Nullable Double remoteLossPercent,
        double mos,
        @Nullable Duration interruption,
        Drops drops,
        @Nullable Instant measured) {

    /** Of a session that has just opened. */
    public static final MediaStatistics NONE = new MediaStatistics(
            0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, Duration.ZERO, null, Duration.ZERO, null, 4.4, null, Drops.NONE, null);

    /**
     * Packets thrown away, by reason.
     *
     * @param malformed not RTP or RTCP
     * @param clearText not encrypted although the session is
     * @param notAuthentic failed authentication
     * @param replayed seen before, or too old to tell
     * @param unknownPayload of a payload type that was not agreed
     * @param unknownSource of a source still on probation, or one too many, or from a foreign address
     * @param unwanted arrived while the direction lets nothing in, or before anything was agreed
     * @param beforeKeys came before the keys that a handshake gives, more than are kept until then
     * @param faults packets and frames that an exception cut short
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

        /** Both together. */
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

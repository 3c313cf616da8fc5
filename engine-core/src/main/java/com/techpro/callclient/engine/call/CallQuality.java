// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sound quality of a call, measured at this end. There is none before sound has arrived, or has been missing for
 * long enough to say so.
 *
 * @param codec the RTP encoding name, such as {@code PCMU}
 * @param suite the cipher, or null for a lab's cleartext
 * @param lossPercent packets that did not arrive in time to be played, of those expected
 * @param jitter interarrival jitter (RFC 3550 §6.4.1)
 * @param roundTrip from RTCP, or null before it was measured
 * @param bufferDelay what the jitter buffer adds
 * @param mos estimated mean opinion score, 1.0 to 4.5, by ITU-T G.107 or, for wideband codecs, by G.107.1. The two
 *     scales differ: a wideband call with a slightly lower score than a narrow-band one may well sound better
 * @param packetsLate packets that arrived after their turn
 * @param packetsLost packets that never arrived
 * @param framesConcealed frames of 20 ms that were concealed, since the true ones were lost or late; after 60 ms
 *     concealment is noise like the background between the words
 * @param framesLate the concealed frames that were not lost: they arrived too late, or the machine was too slow to play
 *     them
 * @param interruption the longest time without sound from the far end around the last change of this device's address,
 *     including pauses of a far end that does not send its silence; null if the address never changed
 * @param reducedEffort whether this end encodes at lower quality, because its processor is too slow for more
 * @param measured when, by this device's clock; figures are updated once a second, and the last ones stay with an ended
 *     call
 * @param bursts how packets went missing since the call began; null if not measured
 * @param playout how its sound was played since the call began; null if not measured
 * @param remote what the far end reports of this side's sound; null before its first report
 * @param history a sample for each second of the last five minutes, the oldest first; unmodifiable
 */
public record CallQuality(
        String codec,
        @Nullable SrtpSuite suite,
        double lossPercent,
        Duration jitter,
        @Nullable Duration roundTrip,
        Duration bufferDelay,
        double mos,
        long packetsSent,
        long packetsReceived,
        long packetsLate,
        long packetsLost,
        long framesConcealed,
        long framesLate,
        @Nullable Duration interruption,
        boolean reducedEffort,
        Instant measured,
        @Nullable LossBursts bursts,
        @Nullable PlayoutQuality playout,
        @Nullable RemoteQuality remote,
        List<QualitySample> history) {

    /** Quality without bursts, playout, the far end's figures and a history. */
    public CallQuality(
            String codec,
            @Nullable SrtpSuite suite,
            double lossPercent,
            Duration jitter,
            @Nullable Duration roundTrip,
            Duration bufferDelay,
            double mos,
            long packetsSent,
            long packetsReceived,
            long packetsLate,
            long packetsLost,
            long framesConcealed,
            long framesLate,
            @Nullable Duration interruption,
            boolean reducedEffort,
            Instant measured) {
        this(
                codec,
                suite,
                lossPercent,
                jitter,
                roundTrip,
                bufferDelay,
                mos,
                packetsSent,
                packetsReceived,
                packetsLate,
                packetsLost,
                framesConcealed,
                framesLate,
                interruption,
                reducedEffort,
                measured,
                null,
                null,
                null,
                List.of());
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

import com.techpro.callclient.ports.phonesystem.SrtpSuite;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The sound quality of a call, measured at this end. There is none before sound has arrived, or has been missing for
 * long enough to say so.
 *
 * @param codec the RTP encoding name, such as {@code PCMU}
 * @param suite the cipher, or null for a lab's cleartext
 * @param latest the figures of the last second; the last ones stay with an ended call
 * @param sending what this end has sent since the call began
 * @param receiving what this end has received since the call began
 * @param playout how the far end's sound was played since the call began; null if not measured
 * @param remote what the far end reports of this side's sound; null before its first report
 * @param history a sample for each second of the last five minutes, the oldest first; unmodifiable
 */
public record CallQuality(
        String codec,
        @Nullable SrtpSuite suite,
        QualitySample latest,
        Sending sending,
        Receiving receiving,
        @Nullable PlayoutQuality playout,
        @Nullable RemoteQuality remote,
        List<QualitySample> history) {

    /**
     * What this end sends.
     *
     * @param packets RTP packets sent
     * @param reducedEffort whether this end encodes at lower quality, because its processor is too slow for more
     */
    public record Sending(long packets, boolean reducedEffort) {}

    /**
     * What this end receives.
     *
     * @param packets RTP packets received
     * @param late packets that arrived after their turn
     * @param lost packets that never arrived
     * @param framesConcealed frames of 20 ms that were concealed, since the true ones were lost or late; after 60 ms
     *     concealment is noise like the background between the words
     * @param framesLate the concealed frames that were not lost: they arrived too late, or the machine was too slow to
     *     play them
     * @param interruption the longest time without sound from the far end around the last change of this device's
     *     address, including pauses of a far end that does not send its silence; null if the address never changed
     * @param bursts how packets went missing; null if not measured
     */
    public record Receiving(
            long packets,
            long late,
            long lost,
            long framesConcealed,
            long framesLate,
            @Nullable Duration interruption,
            @Nullable LossBursts bursts) {}
}

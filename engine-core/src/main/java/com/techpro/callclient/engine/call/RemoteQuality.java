// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What the far end, or the phone system in between, last reported of the sound that this side sends. It may be wrong,
 * as nothing checks it.
 *
 * @param lossPercent packets that never arrived, in its last interval (RFC 3550 §6.4.1)
 * @param jitter interarrival jitter (RFC 3550 §6.4.1)
 * @param longestLoss the most packets in a row that were lost in its last interval; null if it does not say (RFC 3611
 *     §4.1)
 * @param voip more figures; null if it sends none
 */
public record RemoteQuality(
        double lossPercent,
        Duration jitter,
        @Nullable Integer longestLoss,
        @Nullable VoipMetrics voip) {

    /**
     * The far end's VoIP metrics since the call began (RFC 3611 §4.7).
     *
     * @param lossPercent packets that never arrived
     * @param discardPercent packets that came too late
     * @param bursts how they went missing; its ratio is 1, as the report has none
     * @param endSystemDelay what the far end adds to the delay, both ways together; null if it does not say
     * @param bufferDelay the nominal delay of its jitter buffer
     * @param mosListening its estimate for listening, 1 to 5; null if it has none
     * @param mosConversational its estimate for talking, which includes delay; null if it has none
     */
    public record VoipMetrics(
            double lossPercent,
            double discardPercent,
            LossBursts bursts,
            @Nullable Duration endSystemDelay,
            Duration bufferDelay,
            @Nullable Double mosListening,
            @Nullable Double mosConversational) {}
}

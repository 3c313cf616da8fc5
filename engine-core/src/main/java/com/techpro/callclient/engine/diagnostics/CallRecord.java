// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.diagnostics;

import com.techpro.callclient.engine.call.CallDirection;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An ended call, without the identity of the other side.
 *
 * @param call its id within the client
 * @param ending the {@link com.techpro.callclient.engine.call.CallEnding#code}
 * @param rang the time until it was answered or ended
 * @param spoke the time from the answer to the end; null if it was not answered
 * @param encrypted whether signalling and media were encrypted at the end
 * @param codec the RTP encoding name; null if nothing was measured
 * @param mos the last MOS estimate of the sound received here, 1.0 to 4.5, or null
 * @param lossPercent the last packet loss figure, or null
 * @param mosHistory the lowest MOS estimate of each ten seconds of its last five minutes, the oldest first; empty if
 *     nothing was measured; unmodifiable
 */
public record CallRecord(
        Instant time,
        String call,
        CallDirection direction,
        String ending,
        Duration rang,
        @Nullable Duration spoke,
        boolean encrypted,
        @Nullable String codec,
        @Nullable Double mos,
        @Nullable Double lossPercent,
        List<Double> mosHistory) {

    public CallRecord {
        mosHistory = List.copyOf(mosHistory);
    }
}

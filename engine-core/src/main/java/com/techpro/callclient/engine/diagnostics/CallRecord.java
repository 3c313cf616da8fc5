// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.diagnostics;

import com.techpro.callclient.engine.call.CallDirection;
import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A call that is over, without who it was with.
 *
 * @param call its id within the client
 * @param ending the {@link com.techpro.callclient.engine.call.CallEnding#code}
 * @param rang until it was answered or over
 * @param spoke from the answer to the end; null if nobody answered
 * @param encrypted whether signalling and media were, at the end
 * @param codec the RTP encoding name; null if nothing was ever measured
 * @param mos the last estimate of how it sounded here, 1.0 to 4.5, or null
 * @param lossPercent the last figure, or null
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
        @Nullable Double lossPercent) {}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The quality of one second of a call; see {@link CallQuality#history}.
 *
 * @param measured the end of the second, by this device's clock
 * @param mos as in {@link CallQuality}
 * @param lossPercent packets that did not arrive, of those expected in the last five seconds
 * @param jitter interarrival jitter (RFC 3550 §6.4.1)
 * @param roundTrip from RTCP, or null before it was measured
 * @param bufferDelay what the jitter buffer added
 */
public record QualitySample(
        Instant measured,
        double mos,
        double lossPercent,
        Duration jitter,
        @Nullable Duration roundTrip,
        Duration bufferDelay) {}

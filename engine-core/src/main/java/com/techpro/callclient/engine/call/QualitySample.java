// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The quality of one second of a call; see {@link CallQuality}.
 *
 * @param measured the end of the second, by this device's clock
 * @param mos estimated mean opinion score, 1.0 to 4.5, by ITU-T G.107 or, for wideband codecs, by G.107.1. The two
 *     scales differ: a wideband call with a slightly lower score than a narrow-band one may well sound better
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

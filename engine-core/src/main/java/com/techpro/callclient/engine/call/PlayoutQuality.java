// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.call;

import java.time.Duration;

/**
 * How the far end's sound was played since the call began, in the terms of the W3C's webrtc-stats, whose names are
 * given. Sound is measured in time; multiplied by the sample rate it is samples.
 *
 * @param played sound made for the speaker, concealment included ({@code totalSamplesDuration})
 * @param concealed of it made up, because packets were lost or late ({@code concealedSamples})
 * @param concealments how often ({@code concealmentEvents}); one lasts until a packet is played again
 * @param inserted added by playing slower, until the buffer was fuller ({@code insertedSamplesForDeceleration})
 * @param removed cut by playing faster, most of it silence ({@code removedSamplesForAcceleration})
 * @param bufferDelay how long packets waited on average ({@code jitterBufferDelay / jitterBufferEmittedCount})
 * @param packetsRecovered lost packets that were played all the same, out of later ones (RFC 2198, Opus)
 * @param synthesized made up by the speaker's side, as this device was too slow ({@code synthesizedSamplesDuration})
 * @param underruns how often ({@code synthesizedSamplesEvents})
 */
public record PlayoutQuality(
        Duration played,
        Duration concealed,
        long concealments,
        Duration inserted,
        Duration removed,
        Duration bufferDelay,
        long packetsRecovered,
        Duration synthesized,
        long underruns) {}

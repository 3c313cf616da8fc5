// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.media.rtp;

/** Moments and spans of time in units of an RTP clock, which are 32 bits wide and wrap (RFC 3550 §5.1). */
public final class RtpClock {
    private static final long SECOND = 1_000_000_000;

    private RtpClock() {}

    /** The unit that a moment, or a span, falls into. */
    public static int units(long nanos, int clockRate) {
        return (int) (Math.floorDiv(nanos, SECOND) * clockRate + Math.floorMod(nanos, SECOND) * clockRate / SECOND);
    }

    /** How long so many units last. */
    public static long nanos(long units, int clockRate) {
        return units / clockRate * SECOND + units % clockRate * SECOND / clockRate;
    }
}

// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.media.rtp;

/**
 * Converts times and durations to units of an RTP clock, which are 32 bits wide and wrap (RFC 3550
 * §5.1).
 */
public final class RtpClock {
    private static final long SECOND = 1_000_000_000;

    private RtpClock() {}

    /** Returns the unit of a time or duration, rounded down. */
    public static int units(long nanos, int clockRate) {
        return (int) (Math.floorDiv(nanos, SECOND) * clockRate + Math.floorMod(nanos, SECOND) * clockRate / SECOND);
    }

    /** Returns the duration of RTP clock units. */
    public static long nanos(long units, int clockRate) {
        return units / clockRate * SECOND + units % clockRate * SECOND / clockRate;
    }
}
